#include "security/totp.h"

#include "security/digest.h"

namespace security {
namespace {

constexpr int64_t kStepMillis = 30'000;

}  // namespace

std::string MakeTotpSecret(base::Random& random) { return random.Bytes(20); }

std::string ToBase32(std::string_view bytes) {
  static constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  unsigned int buffer = 0;
  int bits = 0;
  for (const char c : bytes) {
    buffer = (buffer << 8) | static_cast<unsigned char>(c);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += kAlphabet[(buffer >> bits) & 31];
    }
  }
  if (bits > 0) text += kAlphabet[(buffer << (5 - bits)) & 31];
  return text;
}

std::string TotpUri(std::string_view secret, std::string_view issuer, std::string_view account) {
  std::string uri = "otpauth://totp/";
  uri.append(issuer).append(":").append(account).append("?secret=").append(ToBase32(secret));
  uri.append("&issuer=").append(issuer);
  return uri;
}

std::string TotpCode(std::string_view secret, int64_t step, int digits) {
  std::string counter(8, '\0');
  for (int i = 0; i < 8; ++i) {
    counter[static_cast<size_t>(i)] =
        static_cast<char>(static_cast<uint64_t>(step) >> (56 - 8 * i));
  }
  const std::string mac = HmacSha1(secret, counter);
  // RFC 4226 §5.3, dynamic truncation.
  const auto byte = [&](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(mac[i]));
  };
  const size_t offset = byte(19) & 15;
  uint32_t value = ((byte(offset) & 0x7F) << 24) | (byte(offset + 1) << 16) |
                   (byte(offset + 2) << 8) | byte(offset + 3);
  std::string code(static_cast<size_t>(digits), '0');
  for (auto place = code.rbegin(); place != code.rend(); ++place, value /= 10) {
    *place = static_cast<char>('0' + value % 10);
  }
  return code;
}

std::optional<int64_t> CheckTotp(std::string_view secret, std::string_view code, base::Instant now,
                                 int64_t last_used) {
  const int64_t current = now.millis / kStepMillis;
  std::optional<int64_t> found;
  for (int64_t step = current - 1; step <= current + 1; ++step) {
    // Every step is computed, so that time tells nothing.
    if (ConstantTimeEqual(TotpCode(secret, step), code) && step > last_used) found = step;
  }
  return found;
}

}  // namespace security
