// SHA-256, HMAC and comparison in constant time: the few primitives everything secret is built on.
#pragma once

#include <string>
#include <string_view>

namespace security {

// 32 raw bytes.
std::string Sha256(std::string_view bytes);
std::string HmacSha256(std::string_view key, std::string_view bytes);
// 20 raw bytes; only for TOTP, whose authenticators all speak SHA-1 (RFC 6238).
std::string HmacSha1(std::string_view key, std::string_view bytes);
// 64 raw bytes; for providers that sign webhooks with it.
std::string HmacSha512(std::string_view key, std::string_view bytes);

// Takes as long for the first differing byte as for the last. Lengths are not secret.
bool ConstantTimeEqual(std::string_view left, std::string_view right);

}  // namespace security
