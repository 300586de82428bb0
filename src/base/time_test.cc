#include "base/time.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Date, AcceptsOnlyRealDays) {
  EXPECT_TRUE(Date::FromParts(2024, 2, 29).ok());
  EXPECT_FALSE(Date::FromParts(2026, 2, 29).ok());
  EXPECT_FALSE(Date::ParseIso("2026-13-01").ok());
  EXPECT_FALSE(Date::ParseIso("2026-1-1").ok());
}

TEST(Date, CountsDaysBothWays) {
  for (int64_t days : {-719162L, -1L, 0L, 59L, 20'778L, 2'932'896L}) EXPECT_EQ(Date::FromDays(days).ToDays(), days);
  EXPECT_EQ((Date{2026, 11, 21}.AddDays(40).ToIso()), "2026-12-31");
}

TEST(Instant, ReadsOffsetsAndWritesBothZones) {
  const Instant instant = *Instant::Parse("2026-11-21T07:05:09.120+07:00");
  EXPECT_EQ(instant.ToUtc(), "2026-11-21T00:05:09.120Z");
  EXPECT_EQ(instant.ToLocal(), "2026-11-21T07:05:09.120+07:00");
  EXPECT_EQ(instant.LocalMinuteOfDay(), 7 * 60 + 5);
}

TEST(Instant, KnowsThatMidnightInHanoiIsYesterdayInUtc) {
  EXPECT_EQ(Instant::Parse("2026-11-20T17:00:00Z")->LocalDate(), (Date{2026, 11, 21}));
  EXPECT_EQ(LocalMidnight({2026, 11, 21}).ToUtc(), "2026-11-20T17:00:00.000Z");
}

TEST(Instant, RefusesHalfMoments) {
  for (const char* text : {"2026-11-21", "2026-11-21T07:05", "2026-11-21T07:05:09", "2026-11-21T25:05:09Z", "x"}) {
    EXPECT_FALSE(Instant::Parse(text).ok()) << text;
  }
}

TEST(Age, CountsABirthdayFromTheDayItself) {
  EXPECT_EQ(AgeInYears({1990, 11, 21}, {2026, 11, 21}), 36);
  EXPECT_EQ(AgeInYears({1990, 11, 22}, {2026, 11, 21}), 35);
  EXPECT_EQ(AgeInMonths({2026, 8, 31}, {2026, 11, 30}), 2);
}

}  // namespace
}  // namespace base
