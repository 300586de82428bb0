// Which cipher encrypts the pages of a data folder, and the key they are encrypted with.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace storage::sqlite {

// Both authenticate every page. AEGIS-256 is the faster where the processor has AES instructions,
// ChaCha20-Poly1305 where it has not (measured: robustness notes in docs/adr/0005).
enum class Cipher { kAegis256, kChaCha20Poly1305 };

std::string_view Name(Cipher cipher);  // "aegis-256", "chacha20-poly1305": as in the file `cipher`
base::Result<Cipher> ParseCipher(std::string_view name);
Cipher BestCipherOfThisProcessor();

inline constexpr size_t kKeyBytes = 32;

struct PageKey {
  Cipher cipher = Cipher::kAegis256;
  std::string bytes = {};  // kKeyBytes of them
};

}  // namespace storage::sqlite
