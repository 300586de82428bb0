// VietQR: what parses can be written, and reads back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "exchange/payment_qr/crc16.h"
#include "exchange/payment_qr/payment_qr.h"

namespace {

void Check(std::string_view text) {
  const auto qr = exchange::payment_qr::Parse(text);
  if (!qr.ok()) return;
  const auto again = exchange::payment_qr::Encode(*qr);
  if (!again.ok()) return;  // readable, yet longer than what we write
  const auto twice = exchange::payment_qr::Parse(*again);
  if (!twice.ok() || twice->account != qr->account || twice->amount != qr->amount ||
      twice->purpose != qr->purpose)
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Check(text);
  // A fuzzer does not guess checksums: give it the right one.
  std::string whole = std::string(text) + "6304";
  constexpr char kHex[] = "0123456789ABCDEF";
  const uint16_t crc = exchange::payment_qr::Crc16(whole);
  for (int shift = 12; shift >= 0; shift -= 4) whole += kHex[(crc >> shift) & 15];
  Check(whole);
  return 0;
}
