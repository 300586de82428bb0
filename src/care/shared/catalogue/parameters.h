// Parameters: dated amounts and limits of the law (base salary, thresholds, days of supply).
#pragma once

#include <optional>
#include <string_view>

#include "base/decimal.h"
#include "care/shared/catalogue/dated_rows.h"
#include "care/shared/catalogue/table.h"

namespace care::shared {

// Keys of parameters.csv that code relies on; the starter list has every one of them.
namespace parameter {
inline constexpr std::string_view kBaseSalary = "base_salary";
inline constexpr std::string_view kLowCostPercent = "low_cost_percent";
inline constexpr std::string_view kYearlyCopayCapMonths = "yearly_copay_cap_months";
inline constexpr std::string_view kSupplyCeilingMonths = "supply_ceiling_months";
inline constexpr std::string_view kStationBenefit = "station_benefit";
inline constexpr std::string_view kBenefitLevelPrefix = "benefit_level_";  // + "1" to "5"
inline constexpr std::string_view kExamRatioFirst = "exam_ratio_first";
inline constexpr std::string_view kExamRatioSecondToFourth = "exam_ratio_second_to_fourth";
inline constexpr std::string_view kExamRatioFifth = "exam_ratio_fifth";
inline constexpr std::string_view kExamRatioFurther = "exam_ratio_further";
inline constexpr std::string_view kPrescriptionValidDays = "prescription_valid_days";
inline constexpr std::string_view kPrescriptionMaxDays = "prescription_max_days";
inline constexpr std::string_view kPrescriptionMaxDaysChronic = "prescription_max_days_chronic";
inline constexpr std::string_view kPrescriptionMaxDaysNarcotic = "prescription_max_days_narcotic";
inline constexpr std::string_view kPrescriptionMaxDaysPsychotropicAcute =
    "prescription_max_days_psychotropic_acute";
inline constexpr std::string_view kPrescriptionMaxDaysDecoction = "prescription_max_days_decoction";
}  // namespace parameter

class Parameters {
 public:
  Parameters() = default;
  explicit Parameters(const Table& table);

  std::optional<base::Decimal> Get(std::string_view key, base::Date at) const;
  // Law on BHYT Art. 22: a visit below this share of the base salary is paid whole.
  std::optional<base::Decimal> LowCostThreshold(base::Date at) const;

 private:
  struct Row {
    std::string code;
    base::Decimal value;
    Validity validity;
  };
  DatedRows<Row> rows_;
};

}  // namespace care::shared
