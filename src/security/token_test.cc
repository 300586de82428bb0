#include "security/token.h"

#include <gtest/gtest.h>

#include <set>

namespace security {
namespace {

TEST(Token, Carries256BitsAndNeverRepeats) {
  base::SystemRandom random;
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string token = MakeToken(random);
    EXPECT_EQ(token.size(), 43u);
    EXPECT_TRUE(LooksLikeToken(token));
    EXPECT_TRUE(seen.insert(token).second);
  }
}

TEST(Token, IsNotFoundInItsDigest) {
  base::SeededRandom random(7);
  const std::string token = MakeToken(random);
  EXPECT_EQ(TokenDigest(token).size(), 64u);
  EXPECT_EQ(TokenDigest(token), TokenDigest(token));
  EXPECT_EQ(TokenDigest(token).find(token), std::string::npos);
}

TEST(Token, RefusesWhatCannotBeOne) {
  EXPECT_FALSE(LooksLikeToken(""));
  EXPECT_FALSE(LooksLikeToken(std::string(42, 'a')));
  EXPECT_FALSE(LooksLikeToken(std::string(44, 'a')));
  EXPECT_FALSE(LooksLikeToken(std::string(42, 'a') + "'"));
  EXPECT_FALSE(LooksLikeToken(std::string(42, 'a') + std::string(1, '\0')));
}

}  // namespace
}  // namespace security
