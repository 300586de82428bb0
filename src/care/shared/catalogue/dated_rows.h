// DatedRows: the rows of one list, found by code and day of the event. Row has `code` and
// `validity`.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "care/shared/catalogue/validity.h"

namespace care::shared {

template <class Row>
class DatedRows {
 public:
  DatedRows() = default;
  explicit DatedRows(std::vector<Row> rows) : rows_(std::move(rows)) {
    for (size_t i = 0; i < rows_.size(); ++i) by_code_[rows_[i].code].push_back(i);
  }

  // The row valid on that day; where several are, the one that began last. Null when none.
  const Row* Find(std::string_view code, base::Date at) const {
    const auto found = by_code_.find(code);
    if (found == by_code_.end()) return nullptr;
    const Row* best = nullptr;
    for (size_t i : found->second) {
      const Row& row = rows_[i];
      if (row.validity.Covers(at) && (best == nullptr || best->validity.from < row.validity.from))
        best = &row;
    }
    return best;
  }

  // Whether the code was ever in the list: to tell "unknown" from "not valid on that day".
  bool Knows(std::string_view code) const { return by_code_.contains(code); }

  std::vector<const Row*> ValidAt(base::Date at) const {
    std::vector<const Row*> out;
    for (const Row& row : rows_) {
      if (row.validity.Covers(at)) out.push_back(&row);
    }
    return out;
  }

  const std::vector<Row>& rows() const { return rows_; }

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::vector<Row> rows_;
  std::unordered_map<std::string, std::vector<size_t>, Hash, std::equal_to<>> by_code_;
};

}  // namespace care::shared
