#include "care/billing/benefit.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "care/billing/table_file_for_test.h"

namespace care::billing {
namespace {

std::optional<int> MaybeInt(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return std::atoi(std::string(text).c_str());
}

std::string_view ReasonName(BenefitReason reason) {
  switch (reason) {
    case BenefitReason::kNotInsured: return "not_insured";
    case BenefitReason::kStation: return "station";
    case BenefitReason::kCopaymentWaived: return "waived";
    case BenefitReason::kLowCost: return "low_cost";
    case BenefitReason::kCardLevel: return "card_level";
    case BenefitReason::kOutOfRoute: return "out_of_route";
  }
  return "";
}

TEST(DecideBenefit, FollowsEveryRowOfTheTable) {
  const auto rows = ReadTableFile("benefit_percent.csv");
  ASSERT_GT(rows.size(), 20U);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 14U) << row[0];
    SCOPED_TRACE(row[13]);
    BenefitQuestion question;
    question.eligibility = {row[0], MaybeInt(row[1]), MaybeInt(row[2]), row[3] == "1"};
    question.setting = row[4] == "in" ? Setting::kInpatient : Setting::kOutpatient;
    question.card_level = MaybeInt(row[5]);
    question.copayment_waived = row[6] == "1";
    question.dispensed_for_upper_level = row[7] == "1";
    question.case_rate = MaybeInt(row[8]);
    question.insured_total = *base::Decimal::Parse(row[10]);
    const BenefitParameters parameters{.base_salary = *base::Decimal::Parse(row[9]),
                                       .low_cost_percent = 15,
                                       .level_percent = {100, 100, 95, 80, 100},
                                       .supply_ceiling_months = 45};
    const auto benefit = DecideBenefit(question, parameters);
    if (row[11] == "error") {
      EXPECT_FALSE(benefit.ok());
      continue;
    }
    ASSERT_TRUE(benefit.ok()) << benefit.error().message;
    EXPECT_EQ(benefit->percent.ToString(), row[11]);
    EXPECT_EQ(ReasonName(benefit->reason), row[12]);
    EXPECT_FALSE(benefit->why.empty());
  }
}

TEST(SupplyCeiling, IsFortyFiveMonthsOfBaseSalary) {
  EXPECT_EQ(SupplyCeiling({.base_salary = 2'530'000, .supply_ceiling_months = 45}).ToString(),
            "113850000");
  EXPECT_EQ(SupplyCeiling({.base_salary = 2'340'000, .supply_ceiling_months = 45}).ToString(),
            "105300000");
}

}  // namespace
}  // namespace care::billing
