// Requests from strangers: the reader must never crash, never ask for bytes it has, and never use
// more than it was given. The bytes come in two halves, so that every split is tried too.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/request_reader.h"

namespace {

void Read(std::string_view first, std::string_view second) {
  std::string pending(first);
  bool second_given = false;
  for (int requests = 0; requests < 8; ++requests) {
    http::RequestReader reader;
    while (true) {
      const size_t used = reader.Feed(pending);
      if (used > pending.size()) __builtin_trap();
      pending.erase(0, used);
      if (reader.state() == http::RequestReader::State::kHeadReady) {
        reader.AllowBody(10'000);
        continue;
      }
      if (reader.state() == http::RequestReader::State::kDone) {
        if (reader.request().body.size() > 10'000) __builtin_trap();
        break;
      }
      if (reader.state() == http::RequestReader::State::kRefused) {
        if (reader.refused_status() < 400) __builtin_trap();
        return;
      }
      if (used > 0) continue;
      if (second_given) return;
      second_given = true;
      pending += second;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const size_t split = bytes.empty() ? 0 : data[0] * bytes.size() / 256;
  Read(bytes.substr(0, split), bytes.substr(split));
  return 0;
}
