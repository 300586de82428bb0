// Whatever a scanner types: read, or refused with a message; never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "exchange/scan/scan.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto scan = exchange::scan::ReadScan({reinterpret_cast<const char*>(data), size});
  if (!scan.ok() && scan.error().message.empty()) std::abort();
  return 0;
}
