#include "security/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/check.h"

namespace security {
namespace {

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string Hmac(const EVP_MD* algorithm, std::string_view key, std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  // An empty key is legal for HMAC, yet OpenSSL reads a null pointer as "reuse the last key".
  const char* key_data = key.empty() ? "" : key.data();
  CHECK(HMAC(algorithm, key_data, static_cast<int>(key.size()), Bytes(bytes), bytes.size(), digest,
             &length) != nullptr);
  return {reinterpret_cast<const char*>(digest), length};
}

}  // namespace

std::string Sha256(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  CHECK(EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr) == 1);
  return {reinterpret_cast<const char*>(digest), length};
}

std::string HmacSha256(std::string_view key, std::string_view bytes) {
  return Hmac(EVP_sha256(), key, bytes);
}

std::string HmacSha1(std::string_view key, std::string_view bytes) {
  return Hmac(EVP_sha1(), key, bytes);
}

std::string HmacSha512(std::string_view key, std::string_view bytes) {
  return Hmac(EVP_sha512(), key, bytes);
}

bool ConstantTimeEqual(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace security
