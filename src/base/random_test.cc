#include "base/random.h"

#include <gtest/gtest.h>

#include <set>

namespace base {
namespace {

TEST(Uuid7, SortsByTimeAndCarriesItsVersion) {
  SystemRandom random;
  const std::string early = MakeUuid7({1'000}, random);
  const std::string late = MakeUuid7({2'000}, random);
  EXPECT_LT(early, late);
  EXPECT_EQ(early.size(), 36U);
  EXPECT_EQ(early[14], '7');
}

TEST(SeededRandom, RepeatsItself) {
  SeededRandom a(42);
  SeededRandom b(42);
  EXPECT_EQ(a.Bytes(20), b.Bytes(20));
}

TEST(RandomBelow, StaysBelow) {
  SeededRandom random(1);
  std::set<uint64_t> seen;
  for (int i = 0; i < 500; ++i) seen.insert(random.Below(7));
  EXPECT_EQ(seen.size(), 7U);
  EXPECT_EQ(*seen.rbegin(), 6U);
}

}  // namespace
}  // namespace base
