#include "fhir/path/ucum.h"

#include <gtest/gtest.h>

namespace fhir::path {
namespace {

double Convert(double value, std::string_view from, std::string_view to) {
  const auto a = ParseUcum(from);
  const auto b = ParseUcum(to);
  EXPECT_TRUE(a && b) << from << " " << to;
  if (!a || !b) return 0;
  const auto converted = ConvertUcum(value, *a, *b);
  EXPECT_TRUE(converted) << from << " " << to;
  return converted.value_or(0);
}

TEST(Ucum, ConvertsTheUnitsOfTheClinic) {
  EXPECT_NEAR(Convert(1, "kg", "g"), 1000, 1e-9);
  EXPECT_NEAR(Convert(37, "Cel", "[degF]"), 98.6, 1e-9);
  EXPECT_NEAR(Convert(120, "mm[Hg]", "kPa"), 15.99868, 1e-4);
  EXPECT_NEAR(Convert(1, "g/dL", "g/L"), 10, 1e-9);
  EXPECT_NEAR(Convert(4.5, "10*6/uL", "10*12/L"), 4.5, 1e-9);
  EXPECT_NEAR(Convert(1, "[in_i]", "cm"), 2.54, 1e-12);
  EXPECT_NEAR(Convert(1, "[lb_av]", "kg"), 0.45359237, 1e-12);
  EXPECT_NEAR(Convert(72, "/min", "Hz"), 1.2, 1e-12);
  EXPECT_NEAR(Convert(2, "mL/min/{1.73_m2}", "mL/min"), 2, 1e-12);
  EXPECT_NEAR(Convert(25, "kg/m2", "g/cm2"), 2.5, 1e-12);
  EXPECT_NEAR(Convert(1, "mmol/L", "umol/mL"), 1, 1e-12);
  EXPECT_NEAR(Convert(40, "U/L", "mU/mL"), 40, 1e-9);
  EXPECT_NEAR(Convert(1, "{score}", "1"), 1, 0);
  EXPECT_NEAR(Convert(50, "%", "1"), 0.5, 1e-12);
}

TEST(Ucum, RefusesWhatItDoesNotKnow) {
  for (const char* code : {"", "foo", "kg/", "/", "(kg", "kg)", "{a", "m99", "m-", "[foo]", "kkg", "[pH]", "viên", "kg m"}) {
    EXPECT_FALSE(ParseUcum(code)) << code;
  }
  EXPECT_FALSE(ConvertUcum(1, *ParseUcum("kg"), *ParseUcum("m")));
  EXPECT_FALSE(ParseUcum(std::string(150, '(') + "m" + std::string(40, ')')));
}

TEST(Ucum, KnowsCalendarWords) {
  EXPECT_EQ(CalendarToUcum("days"), "d");
  EXPECT_EQ(CalendarToUcum("month"), "mo");
  EXPECT_EQ(CalendarToUcum("d"), "");
  EXPECT_EQ(CalendarSingular("milliseconds"), "millisecond");
}

}  // namespace
}  // namespace fhir::path
