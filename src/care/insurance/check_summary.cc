// Rules of XML1 itself: card, treatment days, settlement month, weight, admission.
#include <algorithm>

#include "care/insurance/check_steps.h"

namespace care::insurance {
namespace {

void CheckCard(const Visit& visit, Report& report) {
  const Row& row = *visit.summary;
  const auto cards = ListOf(row.Get("MA_THE_BHYT"));
  if (!visit.insured) {
    if (!cards.empty()) report.Add("card.for_uninsured", "XML1", 1, "MA_THE_BHYT");
    return;
  }
  // A newborn may have no card yet; its dossier carries a temporary one in the papers.
  if (cards.empty()) {
    if (visit.eligibility != "1.7") report.Add("card.missing", "XML1", 1, "MA_THE_BHYT");
    return;
  }
  const auto ends = ListOf(row.Get("GT_THE_DEN"));
  const auto starts = ListOf(row.Get("GT_THE_TU"));
  // New cards have no last day: an empty GT_THE_DEN is as good as an aligned one.
  if (ListOf(row.Get("MA_DKBD")).size() != cards.size() || starts.size() != cards.size() ||
      (!ends.empty() && ends.size() != cards.size())) {
    report.Add("card.alignment", "XML1", 1, "MA_THE_BHYT");
    return;
  }
  if (visit.arrival.empty()) return;
  const std::string_view arrival_day = std::string_view(visit.arrival).substr(0, 8);
  const std::string_view last_day =
      visit.end.empty() ? arrival_day : std::string_view(visit.end).substr(0, 8);
  bool valid = false;
  for (size_t i = 0; i < cards.size(); ++i) {
    const std::string_view end = i < ends.size() ? ends[i] : std::string_view();
    if (!IsDate(starts[i]) || (!end.empty() && !IsDate(end))) return;  // said by field.date
    // Expiring during treatment: the fund pays on for 15 days; a card that begins during the visit
    // counts.
    valid = valid || (starts[i] <= last_day && (end.empty() || end >= arrival_day));
  }
  if (!valid) report.Add("card.expired", "XML1", 1, "GT_THE_DEN");
}

// XML1.SO_NGAY_DTRI: types 01, 07, 09: 0; 02, 03, 04, 06: date(NGAY_RA) - date(NGAY_VAO) + 1; the
// days of 05 and 08 depend on drugs and services and are left to people.
void CheckTreatmentDays(const Visit& visit, Report& report) {
  const auto days = NumberOf(*visit.summary, "SO_NGAY_DTRI");
  if (!days || visit.arrival.empty() || visit.end.empty() || visit.end < visit.arrival) return;
  int64_t expected = 0;
  if (IsOneOf(visit.type, {"02", "03", "04", "06"})) {
    expected = DateOf(visit.end).ToDays() - DateOf(visit.arrival).ToDays() + 1;
  } else if (!IsOneOf(visit.type, {"01", "07", "09"})) {
    return;
  }
  if (*days != base::Decimal(expected))
    report.Add("summary.treatment_days", "XML1", 1, "SO_NGAY_DTRI",
               "cần " + std::to_string(expected));
}

void CheckSettlement(const Visit& visit, Report& report) {
  const auto year = NumberOf(*visit.summary, "NAM_QT");
  const auto month = NumberOf(*visit.summary, "THANG_QT");
  if (!month || !year) return;
  const bool valid_month = *month >= base::Decimal(1) && *month <= base::Decimal(12);
  const bool valid_year = *year >= base::Decimal(2000) && *year <= base::Decimal(9999);
  // The visit's month or later; two years cover every late settlement.
  const base::Decimal ended(visit.ended_on.year * 12 + visit.ended_on.month);
  const base::Decimal settled =
      valid_month && valid_year ? *year * base::Decimal(12) + *month : base::Decimal();
  if (settled < ended || settled > ended + base::Decimal(24))
    report.Add("summary.settlement", "XML1", 1, valid_month ? "NAM_QT" : "THANG_QT");
}

void CheckWeight(const Visit& visit, Report& report) {
  if (visit.summary->Get("CAN_NANG").empty()) return;  // said by field.required
  const auto weight = NumberOf(*visit.summary, "CAN_NANG");
  if (!weight || weight->Round(2) != *weight || *weight < base::Decimal::FromUnscaled(3, 1) ||
      *weight > base::Decimal(400))
    report.Add("summary.weight", "XML1", 1, "CAN_NANG");
}

}  // namespace

void CheckSummary(const Visit& visit, Report& report) {
  CheckCard(visit, report);
  CheckTreatmentDays(visit, report);
  CheckSettlement(visit, report);
  CheckWeight(visit, report);
  if (!visit.summary->Get("LY_DO_VNT").empty() && visit.summary->Get("NGAY_VAO_NOI_TRU").empty())
    report.Add("admission.reason", "XML1", 1, "LY_DO_VNT");
}

}  // namespace care::insurance
