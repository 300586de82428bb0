// LazyIndex: a word index built by the first search, because a start-up that searches nothing
// should not pay for folding 16,000 names. Safe to use from many threads.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "care/shared/catalogue/word_index.h"

namespace care::shared {

class LazyIndex {
 public:
  // `entries` is called once, at the first use.
  template <class MakeEntries>
  const WordIndex& Get(MakeEntries entries) const {
    std::call_once(state_->once, [&] { state_->index = std::make_unique<WordIndex>(entries()); });
    return *state_->index;
  }

 private:
  struct State {
    std::once_flag once;
    std::unique_ptr<WordIndex> index;
  };
  std::unique_ptr<State> state_ = std::make_unique<State>();  // a pointer, so that lists can move
};

}  // namespace care::shared
