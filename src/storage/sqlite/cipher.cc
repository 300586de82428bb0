#include "storage/sqlite/cipher.h"

namespace storage::sqlite {

std::string_view Name(Cipher cipher) {
  switch (cipher) {
    case Cipher::kAegis256: return "aegis-256";
    case Cipher::kChaCha20Poly1305: return "chacha20-poly1305";
  }
  return "";
}

base::Result<Cipher> ParseCipher(std::string_view name) {
  for (const Cipher cipher : {Cipher::kAegis256, Cipher::kChaCha20Poly1305}) {
    if (Name(cipher) == name) return cipher;
  }
  return base::Unprocessable("Tệp cipher trong thư mục dữ liệu không hợp lệ.");
}

Cipher BestCipherOfThisProcessor() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("aes") != 0 ? Cipher::kAegis256 : Cipher::kChaCha20Poly1305;
#else
  return Cipher::kChaCha20Poly1305;
#endif
}

}  // namespace storage::sqlite
