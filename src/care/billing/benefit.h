// What part of an insured visit the fund pays (MUC_HUONG): decided once per visit, by the rules
// valid at its end.
#pragma once

#include <optional>
#include <string>

#include "base/decimal.h"
#include "base/result.h"

namespace care::billing {

enum class Setting { kOutpatient, kInpatient };

// The row of the eligibility list (MA_DOITUONG_KCB) valid at the end of the visit.
struct EligibilityRule {
  std::string code;                    // "1.2"
  std::optional<int> rate_outpatient;  // percent of the card's rate; none = decided by case
  std::optional<int> rate_inpatient;
  bool whatever_the_card = false;  // 1.2: commune station, 100 % for every card
};

// The dated parameters (data/catalogue/parameters.csv) valid at the end of the visit.
struct BenefitParameters {
  base::Decimal base_salary;      // đồng a month
  int low_cost_percent = 0;       // of base salary; a visit below it is paid in full
  int level_percent[5] = {};      // card levels 1 to 5
  int supply_ceiling_months = 0;  // of base salary, per supply package
};

struct BenefitQuestion {
  EligibilityRule eligibility;
  Setting setting = Setting::kOutpatient;
  std::optional<int> card_level;  // 1 to 5; unknown until the portal answers
  bool copayment_waived = false;  // 5 years and over 6 salaries this year (NGAY_MIEN_CCT)
  // Chronic patient prescribed at an upper level, dispensed here: the card's rate, not 100 %.
  bool dispensed_for_upper_level = false;
  std::optional<int> case_rate;  // for eligibility decided by case
  base::Decimal insured_total;   // Σ THANH_TIEN_BH of the visit
};

enum class BenefitReason {
  kNotInsured,
  kStation,
  kCopaymentWaived,
  kLowCost,
  kCardLevel,
  kOutOfRoute,
};

struct Benefit {
  base::Decimal percent;  // 47.5 is possible: 95 x 50 %
  BenefitReason reason = BenefitReason::kNotInsured;
  std::string why;  // one Vietnamese sentence for patient and cashier
};

base::Result<Benefit> DecideBenefit(const BenefitQuestion& question,
                                    const BenefitParameters& parameters);

// T_TRANTT: what the fund pays at most for one supply package (GOI_VTYT).
base::Decimal SupplyCeiling(const BenefitParameters& parameters);

}  // namespace care::billing
