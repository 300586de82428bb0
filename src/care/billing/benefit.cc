#include "care/billing/benefit.h"

namespace care::billing {
namespace {

// Codes of QĐ 3276/2025 that carry no benefit at all (vietnam.md §4.2).
constexpr std::string_view kWithdrawn = "8";
constexpr std::string_view kNotInsuredCode = "9";

base::Result<int> RouteRate(const BenefitQuestion& question) {
  const auto& rule = question.eligibility;
  const auto& rate =
      question.setting == Setting::kInpatient ? rule.rate_inpatient : rule.rate_outpatient;
  const auto chosen = rate ? rate : question.case_rate;
  if (!chosen) {
    return base::Unprocessable(
        "Đối tượng " + rule.code +
            " hưởng theo từng trường hợp. Hãy nhập tỷ lệ hưởng theo giấy tờ.",
        "eligibility");
  }
  if (*chosen < 0 || *chosen > 100)
    return base::Invalid("Tỷ lệ hưởng phải từ 0 đến 100.", "eligibility");
  return *chosen;
}

base::Result<int> CardRate(const BenefitQuestion& question, const BenefitParameters& parameters) {
  if (!question.card_level) {
    return base::Unprocessable("Chưa biết mức hưởng của thẻ. Hãy tra cứu thẻ trên cổng BHXH.",
                               "insurance.level");
  }
  if (*question.card_level < 1 || *question.card_level > 5)
    return base::Invalid("Mức hưởng của thẻ phải từ 1 đến 5.", "insurance.level");
  return parameters.level_percent[*question.card_level - 1];
}

// Strictly below: "chi phí cho một lần khám bệnh, chữa bệnh thấp hơn 15 % mức lương cơ sở".
bool IsLowCost(const BenefitQuestion& question, const BenefitParameters& parameters) {
  return question.insured_total <
         parameters.base_salary.MulDiv(parameters.low_cost_percent, 100, 2);
}

Benefit Full(BenefitReason reason, std::string why) { return {100, reason, std::move(why)}; }

}  // namespace

// Law on BHYT Art. 22 (consolidated with Law 51/2024) and QĐ 4750/QĐ-BYT MUC_HUONG, vietnam.md
// §3.4, §4.2, §5.1-5.2. In this order:
//  1. not insured: nothing;
//  2. primary-level facility (code 1.2): 100 % whatever the card, except drugs dispensed for an
//     upper level, which get the card's rate unless the visit is below 15 % of base salary;
//  3. out of route (rate below 100): card rate x route rate, no waiver, no low-cost rule;
//  4. co-payment waived: 100 %;  5. in route and below 15 %: 100 %;  6. the card's rate.
base::Result<Benefit> DecideBenefit(const BenefitQuestion& question,
                                    const BenefitParameters& parameters) {
  const std::string& code = question.eligibility.code;
  if (code == kNotInsuredCode)
    return Benefit{0, BenefitReason::kNotInsured, "Không khám bằng BHYT: người bệnh tự trả."};
  if (code == kWithdrawn) {
    return base::Unprocessable("Mã đối tượng 8 chỉ dùng để thu hồi hồ sơ đã gửi.", "eligibility");
  }
  if (question.insured_total.IsNegative())
    return base::Invalid("Tổng chi phí không được âm.", "insured_total");
  if (question.eligibility.whatever_the_card && !question.dispensed_for_upper_level)
    return Full(BenefitReason::kStation, "Trạm y tế: quỹ BHYT trả 100 %.");

  TRY_ASSIGN(const int route, RouteRate(question));
  if (route < 100) {
    TRY_ASSIGN(const int card, CardRate(question, parameters));
    return Benefit{
        base::Decimal(card).MulDiv(route, 100, 2), BenefitReason::kOutOfRoute,
        "Trái tuyến: mức thẻ " + std::to_string(card) + " % × " + std::to_string(route) + " %."};
  }
  if (question.copayment_waived)
    return Full(BenefitReason::kCopaymentWaived, "Đã được miễn cùng chi trả trong năm.");
  if (IsLowCost(question, parameters)) {
    return Full(BenefitReason::kLowCost, "Chi phí thấp hơn " +
                                             std::to_string(parameters.low_cost_percent) +
                                             " % lương cơ sở: quỹ BHYT trả 100 %.");
  }
  TRY_ASSIGN(const int card, CardRate(question, parameters));
  return Benefit{card, BenefitReason::kCardLevel,
                 "Mức hưởng của thẻ: " + std::to_string(card) + " %."};
}

base::Decimal SupplyCeiling(const BenefitParameters& parameters) {
  return parameters.base_salary * base::Decimal(parameters.supply_ceiling_months);
}

}  // namespace care::billing
