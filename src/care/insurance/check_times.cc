// Rules of time (vietnam.md §3.5). Moments of one length compare as text.
#include "care/insurance/check_steps.h"

namespace care::insurance {
namespace {

void CheckSummaryTimes(const Visit& visit, Report& report) {
  const Row& row = *visit.summary;
  if (!visit.arrival.empty() && !visit.end.empty() && visit.end < visit.arrival)
    report.Add("time.end_before_arrival", "XML1", 1, "NGAY_RA");
  const std::string& admission = row.Get("NGAY_VAO_NOI_TRU");
  if (IsMoment(admission) && !visit.arrival.empty() &&
      (admission < visit.arrival || (!visit.end.empty() && admission > visit.end)))
    report.Add("time.admission", "XML1", 1, "NGAY_VAO_NOI_TRU");
  for (const auto day : ListOf(row.Get("NGAY_TAI_KHAM"))) {
    if (IsDate(day) && !visit.end.empty() && day <= std::string_view(visit.end).substr(0, 8))
      report.Add("time.appointment", "XML1", 1, "NGAY_TAI_KHAM");
  }
}

// Born before arriving, compared as far as the birth is known; babies up to 28 days carry all of
// it.
void CheckBirth(const Visit& visit, Report& report) {
  const std::string& birth = visit.summary->Get("NGAY_SINH");
  if (!IsMoment(birth, UnknownParts::kAllowed) || visit.arrival.empty()) return;
  const bool day_known = birth.substr(6, 2) != "00";
  const bool time_known = birth.substr(8) != "0000";
  const size_t known = birth.substr(4, 2) == "00" ? 4 : !day_known ? 6 : !time_known ? 8 : 12;
  if (birth.substr(0, known) > visit.arrival.substr(0, known)) {
    report.Add("time.birth", "XML1", 1, "NGAY_SINH");
    return;
  }
  if (day_known && !time_known && DateOf(visit.arrival).ToDays() - DateOf(birth).ToDays() <= 28)
    report.Add("time.newborn", "XML1", 1, "NGAY_SINH");
}

struct TimedField {
  std::string_view table;
  std::string_view field;
};
constexpr TimedField kInsideVisit[] = {
    {"XML2", "NGAY_YL"}, {"XML2", "NGAY_TH_YL"}, {"XML3", "NGAY_YL"},       {"XML3", "NGAY_TH_YL"},
    {"XML3", "NGAY_KQ"}, {"XML4", "NGAY_KQ"},    {"XML5", "THOI_DIEM_DBLS"}};

void CheckInsideVisit(const Dossier& dossier, const Visit& visit, Report& report) {
  if (visit.arrival.empty() || visit.end.empty() || visit.end < visit.arrival) return;
  for (const TimedField& timed : kInsideVisit) {
    int number = 0;
    for (const Row& row : dossier.Rows(timed.table)) {
      ++number;
      const std::string& moment = row.Get(timed.field);
      if (IsMoment(moment) && (moment < visit.arrival || moment > visit.end))
        report.Add("time.outside_visit", timed.table, number, timed.field);
    }
  }
}

void CheckOrderOfWork(const Dossier& dossier, Report& report) {
  for (const std::string_view table : {"XML2", "XML3"}) {
    int number = 0;
    for (const Row& row : dossier.Rows(table)) {
      ++number;
      const std::string& ordered = row.Get("NGAY_YL");
      if (!IsMoment(ordered)) continue;
      const std::string& done = row.Get("NGAY_TH_YL");
      if (IsMoment(done) && done < ordered)
        report.Add("time.done_before_order", table, number, "NGAY_TH_YL");
      const std::string& result = row.Get("NGAY_KQ");  // "" in XML2, which has no such field
      if (IsMoment(result) && result < ordered)
        report.Add("time.result_before_order", table, number, "NGAY_KQ");
    }
  }
}

}  // namespace

void CheckTimes(const Dossier& dossier, const Visit& visit, Report& report) {
  CheckSummaryTimes(visit, report);
  CheckBirth(visit, report);
  CheckInsideVisit(dossier, visit, report);
  CheckOrderOfWork(dossier, report);
  for (const Row& row : dossier.Rows("XML14")) {
    const std::string& appointment = row.Get("NGAY_HEN_KL");
    if (IsMoment(appointment) && !visit.end.empty() && appointment <= visit.end)
      report.Add("time.appointment", "XML14", 1, "NGAY_HEN_KL");
  }
}

}  // namespace care::insurance
