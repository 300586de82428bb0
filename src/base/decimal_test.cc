#include "base/decimal.h"

#include <gtest/gtest.h>

namespace base {
namespace {

Decimal D(std::string_view text) { return *Decimal::Parse(text); }

TEST(Decimal, ReadsAndWritesExactly) {
  for (const char* text : {"0", "12", "0.5", "-0.5", "1234567.891", "999999999999999999"}) {
    EXPECT_EQ(D(text).ToString(), text);
  }
  EXPECT_EQ(D("1.500").ToString(), "1.5");
  EXPECT_EQ(D("12.5").ToFixed(2), "12.50");
}

TEST(Decimal, RefusesWhatIsNotAPlainNumber) {
  for (const char* text : {"", "-", ".5", "5.", "1e3", "1,5", " 1", "+1", "1.2345678", "1234567890123456789", "NaN"}) {
    EXPECT_FALSE(Decimal::Parse(text).ok()) << text;
  }
}

TEST(Decimal, RoundsHalfAwayFromZero) {
  EXPECT_EQ(D("2.345").Round(2), D("2.35"));
  EXPECT_EQ(D("2.344999").Round(2), D("2.34"));
  EXPECT_EQ(D("-2.345").Round(2), D("-2.35"));
  EXPECT_EQ(D("0.5").Round(0), D("1"));
}

TEST(Decimal, AddsWhatBinaryFloatingPointCannot) {
  EXPECT_EQ(D("0.1") + D("0.2"), D("0.3"));
  EXPECT_EQ(D("1.005") * D("100"), D("100.5"));
}

TEST(Decimal, TakesAPercentageInOneRounding) {
  EXPECT_EQ(D("100.05").MulDiv(80, 100, 2), D("80.04"));
  EXPECT_EQ(D("33.335").MulDiv(1, 1, 2), D("33.34"));
  EXPECT_EQ(D("10").MulDiv(1, 3, 2), D("3.33"));
}

TEST(Decimal, ComparesAcrossScales) {
  EXPECT_LT(D("1.99"), D("2"));
  EXPECT_EQ(D("2.00"), D("2"));
  EXPECT_EQ(*D("379500.00").ToInteger(), 379500);
  EXPECT_FALSE(D("0.5").ToInteger().ok());
}

}  // namespace
}  // namespace base
