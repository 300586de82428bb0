// AES-256-GCM and HKDF-SHA-256 through OpenSSL, as the recovery key and backups need them.
// https://www.rfc-editor.org/rfc/rfc5869 (HKDF), NIST SP 800-38D (GCM)
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace storage::sqlite {

inline constexpr size_t kNonceBytes = 12;
inline constexpr size_t kTagBytes = 16;

// 32 bytes.
std::string DeriveKey(std::string_view secret, std::string_view salt, std::string_view purpose);
// Ciphertext followed by the tag. A nonce is used once per key.
std::string Seal(std::string_view key, std::string_view nonce, std::string_view plain,
                 std::string_view associated);
// nullopt when it was not sealed so.
std::optional<std::string> Unseal(std::string_view key, std::string_view nonce,
                                  std::string_view sealed, std::string_view associated);

}  // namespace storage::sqlite
