#include "fhir/path/number.h"

#include <gtest/gtest.h>

namespace fhir::path {
namespace {

Number N(std::string_view text) { return Number::Parse(text).value(); }

TEST(Number, KeepsThePrecisionItWasWrittenWith) {
  for (const char* text : {"0", "-1", "1.50", "0.001", "-0.10", "1234567890987654321.0"}) {
    EXPECT_EQ(N(text).ToString(), text);
  }
  EXPECT_EQ(N("1.5e3").ToString(), "1500");
  EXPECT_EQ(N("15e-3").ToString(), "0.015");
}

TEST(Number, RefusesWhatIsNone) {
  for (const char* text : {"", "-", ".5", "5.", "1e", "1,5", "0x1", " 1", "1e99", "99999999999999999999999999999999999999999"}) {
    EXPECT_FALSE(Number::Parse(text)) << text;
  }
}

TEST(Number, ComparesByValue) {
  EXPECT_EQ(N("1.0"), N("1"));
  EXPECT_LT(N("-0.5"), N("0"));
  EXPECT_LT(N("0.000000000000000000000000000001"), N("1000000000000000000000000000000000000"));
}

TEST(Number, CalculatesExactly) {
  EXPECT_EQ(Number::Add(N("0.1"), N("0.2"))->ToString(), "0.3");
  EXPECT_EQ(Number::Multiply(N("1.5"), N("1.5"))->ToString(), "2.25");
  EXPECT_EQ(Number::Divide(N("1"), N("8"))->ToString(), "0.125");
  EXPECT_EQ(Number::Modulo(N("5.5"), N("2"))->ToString(), "1.5");
  EXPECT_FALSE(Number::Divide(N("1"), N("0")));
}

TEST(Number, RoundsHalfAwayFromZero) {
  EXPECT_EQ(N("2.5").Round(0).ToString(), "3");
  EXPECT_EQ(N("-2.5").Round(0).ToString(), "-3");
  EXPECT_EQ(N("2.449").Round(1).ToString(), "2.4");
  EXPECT_EQ(N("-1.5").Floor().ToString(), "-2");
  EXPECT_EQ(N("-1.5").Ceiling().ToString(), "-1");
}

}  // namespace
}  // namespace fhir::path
