#include "security/password_hasher.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace security {
namespace {

constexpr PasswordCost kCheap{.memory_kib = 64, .passes = 1};

TEST(PasswordHasher, WritesTheCostOfTheIssueIntoThePhcString) {
  base::SeededRandom random(1);
  PasswordHasher hasher(random);
  const auto hash = hasher.Hash("một câu khó đoán 7");
  ASSERT_TRUE(hash.ok());
  EXPECT_EQ(hash->substr(0, 30), "$argon2id$v=19$m=19456,t=2,p=1");
  EXPECT_TRUE(*hasher.Verify("một câu khó đoán 7", *hash));
  EXPECT_FALSE(*hasher.Verify("một câu khó đoán 8", *hash));
  EXPECT_FALSE(hasher.IsOutdated(*hash));
}

TEST(PasswordHasher, ReadsAStringMadeAtAnotherCost) {
  base::SeededRandom random(1);
  PasswordHasher hasher(random, kCheap);
  const std::string older = *hasher.Hash("password");
  PasswordHasher other(random, {.memory_kib = 128, .passes = 2});
  EXPECT_TRUE(*other.Verify("password", older));
  EXPECT_TRUE(other.IsOutdated(older));
}

TEST(PasswordHasher, SaltsSoThatTwoPeopleWithOnePasswordDiffer) {
  base::SeededRandom random(1);
  PasswordHasher hasher(random, kCheap);
  EXPECT_NE(*hasher.Hash("same"), *hasher.Hash("same"));
}

TEST(PasswordHasher, TreatsComposedAndDecomposedLettersAlike) {
  base::SeededRandom random(1);
  PasswordHasher hasher(random, kCheap);
  const std::string composed = "m\xE1\xBA\xADt";         // ậ in one code point
  const std::string decomposed = "ma\xCC\xA3\xCC\x82t";  // a + dot below + circumflex
  EXPECT_TRUE(*hasher.Verify(decomposed, *hasher.Hash(composed)));
}

TEST(PasswordHasher, LetsNobodyInWithoutAHash) {
  base::SeededRandom random(1);
  PasswordHasher hasher(random, kCheap);
  for (const char* hash : {"", "plain", "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAA", "!"}) {
    const auto answer = hasher.Verify("", hash);
    ASSERT_TRUE(answer.ok());
    EXPECT_FALSE(*answer) << hash;
  }
}

TEST(PasswordHasher, ManyAtOnceAllGetTheirTurn) {
  base::SystemRandom random;
  PasswordHasher hasher(random, kCheap, 2);
  const std::string hash = *hasher.Hash("x");
  std::atomic<int> right = 0;
  std::vector<std::thread> people;
  for (int i = 0; i < 16; ++i) {
    people.emplace_back([&] {
      const auto answer = hasher.Verify("x", hash);
      if (answer.ok() && *answer) ++right;
    });
  }
  for (auto& person : people) person.join();
  EXPECT_EQ(right, 16);
}

}  // namespace
}  // namespace security
