#include "care/visit/vital_sign_limits.h"

#include <gtest/gtest.h>

namespace care::visit {
namespace {

using base::Decimal;

Decimal D(std::string_view text) { return *Decimal::Parse(text); }

struct Row {
  VitalSign sign;
  int age_months;
  const char* value;
  bool possible, probable, calm;
};

TEST(VitalSignLimits, JudgeTypingErrorsByAge) {
  const Row table[] = {
      {VitalSign::kTemperature, 400, "36.5", true, true, true},
      {VitalSign::kTemperature, 400, "365", false, false, false},
      {VitalSign::kTemperature, 400, "39.8", true, true, false},
      {VitalSign::kPulse, 400, "75", true, true, true},
      {VitalSign::kPulse, 2, "140", true, true, true},
      {VitalSign::kPulse, 400, "170", true, false, false},
      {VitalSign::kSystolic, 400, "120", true, true, true},
      {VitalSign::kSystolic, 400, "12", false, false, false},
      {VitalSign::kWeight, 400, "60", true, true, true},
      {VitalSign::kWeight, 400, "600", false, false, true},
      {VitalSign::kWeight, 1, "3.4", true, true, true},
      {VitalSign::kWeight, 400, "3.4", false, false, true},
      {VitalSign::kSpo2, 400, "101", false, false, false},
      {VitalSign::kSpo2, 400, "89", true, true, false},
  };
  for (const Row& row : table) {
    const VitalSignLimits limits = LimitsFor(row.sign, row.age_months);
    EXPECT_EQ(limits.possible.Holds(D(row.value)), row.possible) << row.value << " " << row.age_months;
    EXPECT_EQ(limits.probable.Holds(D(row.value)), row.probable) << row.value << " " << row.age_months;
    EXPECT_EQ(limits.critical.Holds(D(row.value)), row.calm) << row.value << " " << row.age_months;
  }
}

TEST(VitalSignLimits, AcceptABabyWhenTheAgeIsUnknown) {
  EXPECT_TRUE(LimitsFor(VitalSign::kWeight, -1).possible.Holds(D("3.4")));
  EXPECT_TRUE(LimitsFor(VitalSign::kWeight, -1).possible.Holds(D("90")));
}

TEST(BodyMassIndex, NeedsBothAndRoundsToOneDigit) {
  EXPECT_EQ(BodyMassIndex(D("60"), D("165"))->ToString(), "22");
  EXPECT_EQ(BodyMassIndex(D("81.4"), D("170.5"))->ToString(), "28");
  EXPECT_EQ(BodyMassIndex(D("70"), D("175"))->ToString(), "22.9");
  EXPECT_FALSE(BodyMassIndex(D("60"), std::nullopt).has_value());
  EXPECT_FALSE(BodyMassIndex(D("60"), D("0")).has_value());
}

}  // namespace
}  // namespace care::visit
