#include "care/shared/person.h"

#include <gtest/gtest.h>

#include "care/shared/resource.h"
#include "care/shared/systems.h"

namespace care::shared {
namespace {

using base::Json;

TEST(AgeText, CountsMonthsBelowSixYears) {
  const base::Date today{2026, 11, 21};
  EXPECT_EQ(AgeText("1990-11-21", today), "36 tuổi");
  EXPECT_EQ(AgeText("2025-09-20", today), "14 tháng");
  EXPECT_EQ(AgeText("2020-11-22", today), "71 tháng");
  EXPECT_EQ(AgeText("2020-11-21", today), "6 tuổi");
  EXPECT_EQ(AgeText("2026-11-18", today), "3 ngày");
  EXPECT_EQ(AgeText("1948", today), "78 tuổi");
  EXPECT_EQ(AgeText("", today), "");
}

TEST(PublicName, ShowsOnlyTheFamilyNameInFull) {
  EXPECT_EQ(PublicName("Nguyễn Văn An"), "Nguyễn V. A.");
  EXPECT_EQ(PublicName("Lê  Đức  Ánh"), "Lê Đ. Á.");
  EXPECT_EQ(PublicName("Madonna"), "Madonna");
}

TEST(PersonOf, ReadsIdentifiersAndWarnsOfATemporaryIdentity) {
  Json patient = Json::Obj({{"resourceType", "Patient"}, {"id", "p"}, {"birthDate", "1990-02-01"}});
  patient.Slot("name").Push(Json::Obj({{"text", "Nguyễn Văn A"}}));
  SetIdentifier(patient, sid::kTemporary, "TAM-1");
  const Person person = PersonOf(patient, {2026, 11, 21});
  EXPECT_EQ(person.name, "Nguyễn Văn A");
  EXPECT_TRUE(person.temporary);
  EXPECT_EQ(person.warnings.size(), 1U);
}

TEST(InsuranceOf, KnowsTheDayACardEnds) {
  const Json coverage = *Json::Parse(R"({"period":{"start":"2026-01-01","end":"2026-11-20"}})");
  EXPECT_EQ(InsuranceOf(coverage, {2026, 11, 20}).state, InsuranceCard::State::kValid);
  EXPECT_EQ(InsuranceOf(coverage, {2026, 11, 21}).state, InsuranceCard::State::kExpired);
  EXPECT_EQ(InsuranceOf(coverage, {2025, 12, 31}).state, InsuranceCard::State::kNotYet);
}

}  // namespace
}  // namespace care::shared
