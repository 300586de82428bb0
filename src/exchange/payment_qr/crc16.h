// CRC-16/CCITT-FALSE, the checksum at the end of an EMV payment QR code.
#pragma once

#include <cstdint>
#include <string_view>

namespace exchange::payment_qr {

// Polynomial 0x1021, initial value 0xFFFF, no reflection, no final xor; "123456789" gives 0x29B1.
constexpr uint16_t Crc16(std::string_view bytes) {
  uint16_t crc = 0xFFFF;
  for (const char c : bytes) {
    crc = static_cast<uint16_t>(crc ^ (static_cast<unsigned char>(c) << 8));
    for (int bit = 0; bit < 8; ++bit)
      crc = static_cast<uint16_t>((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
  }
  return crc;
}

}  // namespace exchange::payment_qr
