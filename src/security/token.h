// Tokens: 256 random bits that stand for a session or a program. Only their digest is ever kept.
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"

namespace security {

// 43 characters of base64url.
std::string MakeToken(base::Random& random);

// What is stored in a token's place: hex SHA-256. Without salt or stretching, because nobody can
// guess 256 bits.
std::string TokenDigest(std::string_view token);

// Right length and alphabet; anything else never reaches a look-up.
bool LooksLikeToken(std::string_view text);

}  // namespace security
