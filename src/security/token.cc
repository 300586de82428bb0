#include "security/token.h"

#include <algorithm>

#include "base/text.h"
#include "security/digest.h"

namespace security {
namespace {

constexpr size_t kTokenBytes = 32;
constexpr size_t kTokenCharacters = 43;

}  // namespace

std::string MakeToken(base::Random& random) { return base::ToBase64Url(random.Bytes(kTokenBytes)); }

std::string TokenDigest(std::string_view token) { return base::ToHex(Sha256(token)); }

bool LooksLikeToken(std::string_view text) {
  return text.size() == kTokenCharacters && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
         });
}

}  // namespace security
