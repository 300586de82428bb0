#include "exchange/payment_qr/purpose.h"

namespace exchange::payment_qr {
namespace {

constexpr std::string_view kPrefix = "TYT";
constexpr size_t kCodeLength = 8;

bool IsCodeCharacter(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); }

}  // namespace

base::Result<std::string> MakePurpose(std::string_view code) {
  bool plain = code.size() == kCodeLength;
  for (const char c : code) plain = plain && IsCodeCharacter(c);
  if (!plain) return base::Invalid("Mã phiếu thu phải có 8 chữ hoa hoặc số.", "purpose");
  return std::string(kPrefix) + std::string(code);
}

std::optional<std::string> FindPurpose(std::string_view content) {
  std::string compact;
  for (const char c : content) {
    if (c == ' ') continue;
    compact += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  for (size_t at = compact.find(kPrefix); at != std::string::npos;
       at = compact.find(kPrefix, at + 1)) {
    const std::string found = compact.substr(at, kPrefix.size() + kCodeLength);
    if (found.size() != kPrefix.size() + kCodeLength) return std::nullopt;
    bool plain = true;
    for (const char c : found) plain = plain && IsCodeCharacter(c);
    if (plain) return found;
  }
  return std::nullopt;
}

}  // namespace exchange::payment_qr
