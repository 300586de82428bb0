// Rules of MUC_HUONG (vietnam.md §3.4, §4.2, §5.2): what can be judged without the card's level.
#include "care/insurance/check_steps.h"

namespace care::insurance {
namespace {

using base::Decimal;

// In-route codes whose rate is 100 % both outpatient and inpatient (QĐ 3276/2025).
bool IsInRoute(std::string_view eligibility) {
  return IsOneOf(eligibility, {"1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.11", "1.12",
                               "1.15", "1.16", "1.17", "2", "3.2", "3.3", "3.6", "7"});
}

constexpr int kLowCostPercent = 15;  // Law on BHYT Art. 22

// The rule every insured line of the visit must obey, or "" when the card's level decides.
std::string_view FullBenefitRule(const Visit& visit, const ClaimCatalogue* catalogue) {
  // Drugs handed out for an upper level (type 07) get the card's rate even at a station.
  if (visit.eligibility == "1.2" && visit.type != "07") return "benefit.station";
  if (catalogue == nullptr || !IsInRoute(visit.eligibility)) return "";
  const auto salary = catalogue->BaseSalary(visit.ended_on);
  const auto total = NumberOf(*visit.summary, "T_TONGCHI_BH");
  if (salary && total && *total < salary->MulDiv(kLowCostPercent, 100, 2))
    return "benefit.low_cost";
  return "";
}

void CheckLine(const Row& row, int number, const Visit& visit, std::string_view full_rule,
               Report& report) {
  const auto table = row.table().name;
  const auto percent = NumberOf(row, "MUC_HUONG");
  const auto fund = NumberOf(row, "T_BHTT");
  if (!visit.insured) {
    if ((fund && !fund->IsZero()) || (percent && !percent->IsZero()))
      report.Add("benefit.uninsured", table, number, "T_BHTT");
    return;
  }
  if (!percent) return;
  if (*percent > Decimal(100)) {
    report.Add("benefit.range", table, number, "MUC_HUONG");
    return;
  }
  const auto insured = NumberOf(row, "THANH_TIEN_BH");
  if (!full_rule.empty() && insured && !insured->IsZero() && *percent != Decimal(100))
    report.Add(full_rule, table, number, "MUC_HUONG");
}

}  // namespace

void CheckBenefit(const Dossier& dossier, const Visit& visit, const ClaimCatalogue* catalogue,
                  Report& report) {
  const std::string_view full_rule = FullBenefitRule(visit, catalogue);
  for (const std::string_view table : {"XML2", "XML3"}) {
    int number = 0;
    for (const Row& row : dossier.Rows(table)) CheckLine(row, ++number, visit, full_rule, report);
  }
}

}  // namespace care::insurance
