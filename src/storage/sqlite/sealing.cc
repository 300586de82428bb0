#include "storage/sqlite/sealing.h"

#include <memory>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include "base/check.h"

namespace storage::sqlite {
namespace {

struct Free {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
  void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

OSSL_PARAM Octets(const char* name, std::string_view bytes) {
  return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(bytes.data()), bytes.size());
}

}  // namespace

std::string DeriveKey(std::string_view secret, std::string_view salt, std::string_view purpose) {
  const std::unique_ptr<EVP_KDF, Free> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  const std::unique_ptr<EVP_KDF_CTX, Free> context(EVP_KDF_CTX_new(kdf.get()));
  char digest[] = "SHA256";
  const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
                               Octets(OSSL_KDF_PARAM_KEY, secret),
                               Octets(OSSL_KDF_PARAM_SALT, salt),
                               Octets(OSSL_KDF_PARAM_INFO, purpose), OSSL_PARAM_construct_end()};
  std::string key(32, '\0');
  CHECK(context != nullptr && EVP_KDF_derive(context.get(), Bytes(key), key.size(), params) == 1);
  return key;
}

std::string Seal(std::string_view key, std::string_view nonce, std::string_view plain,
                 std::string_view associated) {
  CHECK(key.size() == 32 && nonce.size() == kNonceBytes);
  const CipherContext context(EVP_CIPHER_CTX_new());
  std::string sealed(plain.size() + kTagBytes, '\0');
  int size = 0;
  int last = 0;
  CHECK(EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, Bytes(key), Bytes(nonce)) ==
        1);
  CHECK(EVP_EncryptUpdate(context.get(), nullptr, &size, Bytes(associated),
                          static_cast<int>(associated.size())) == 1);
  CHECK(EVP_EncryptUpdate(context.get(), Bytes(sealed), &size, Bytes(plain),
                          static_cast<int>(plain.size())) == 1);
  CHECK(EVP_EncryptFinal_ex(context.get(), Bytes(sealed) + size, &last) == 1);
  CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes,
                            Bytes(sealed) + plain.size()) == 1);
  return sealed;
}

std::optional<std::string> Unseal(std::string_view key, std::string_view nonce,
                                  std::string_view sealed, std::string_view associated) {
  if (key.size() != 32 || nonce.size() != kNonceBytes || sealed.size() < kTagBytes) {
    return std::nullopt;
  }
  const CipherContext context(EVP_CIPHER_CTX_new());
  const std::string_view cipher = sealed.substr(0, sealed.size() - kTagBytes);
  std::string tag(sealed.substr(cipher.size()));
  std::string plain(cipher.size(), '\0');
  int size = 0;
  int last = 0;
  const bool ok =
      EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, Bytes(key), Bytes(nonce)) ==
          1 &&
      EVP_DecryptUpdate(context.get(), nullptr, &size, Bytes(associated),
                        static_cast<int>(associated.size())) == 1 &&
      EVP_DecryptUpdate(context.get(), Bytes(plain), &size, Bytes(cipher),
                        static_cast<int>(cipher.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, Bytes(tag)) == 1 &&
      EVP_DecryptFinal_ex(context.get(), Bytes(plain) + size, &last) == 1;
  if (!ok) return std::nullopt;
  return plain;
}

}  // namespace storage::sqlite
