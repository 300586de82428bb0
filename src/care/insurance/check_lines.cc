// Rules of the drug and service lines that are not about money (vietnam.md §3.5).
#include <algorithm>
#include <set>

#include "care/insurance/check_steps.h"

namespace care::insurance {
namespace {

// Oxygen and nitric oxide have neither tender nor registration number.
bool IsMedicalGas(const Row& row) {
  return row.Get("MA_THUOC") == "40.17" || row.Get("MA_THUOC") == "40.573";
}

void CheckDrugs(const Dossier& dossier, Report& report) {
  int number = 0;
  for (const Row& row : dossier.Rows("XML2")) {
    ++number;
    const bool blood = IsOneOf(row.Get("MA_NHOM"), {"7", "17"});
    // Outside the fund's list the station buys as it likes; in-house drugs carry no registration.
    const bool outside = row.Get("PHAM_VI") == "2" || !IsOneOf(row.Get("NGUON_CTRA"), {"", "1"});
    if (blood || IsMedicalGas(row) || outside) continue;
    const bool in_house = !row.Get("MA_PP_CHEBIEN").empty();
    if (row.Get("TT_THAU").empty() && !in_house)
      report.Add("drug.tender", "XML2", number, "TT_THAU");
    if (row.Get("SO_DANG_KY").empty() && !in_house)
      report.Add("drug.registration", "XML2", number, "SO_DANG_KY");
  }
}

bool HasConclusion(const Dossier& dossier, const std::string& service) {
  for (const Row& row : dossier.Rows("XML4")) {
    if (row.Get("MA_DICH_VU") == service && !row.Get("KET_LUAN").empty()) return true;
  }
  return false;
}

bool HasResult(const Dossier& dossier, const std::string& service) {
  for (const Row& row : dossier.Rows("XML4")) {
    if (row.Get("MA_DICH_VU") == service) return true;
  }
  return false;
}

void CheckParaclinical(const Row& row, int number, const Dossier& dossier, Report& report) {
  const std::string& service = row.Get("MA_DICH_VU");
  if (row.Get("MA_MAY").empty()) report.Add("service.machine", "XML3", number, "MA_MAY");
  if (service.empty()) return;
  if (!HasResult(dossier, service)) {
    report.Add("result.missing", "XML3", number, "MA_DICH_VU");
  } else if (row.Get("MA_NHOM") == "2" && !HasConclusion(dossier, service)) {
    report.Add("imaging.conclusion", "XML3", number, "MA_DICH_VU");
  }
}

void CheckService(const Row& row, int number, const Dossier& dossier, Report& report) {
  const std::string& group = row.Get("MA_NHOM");
  const auto add = [&](std::string_view rule, std::string_view field) {
    report.Add(rule, "XML3", number, field);
  };
  if (row.Get("MA_DICH_VU").empty() && row.Get("MA_VAT_TU").empty())
    add("service.code", "MA_DICH_VU");
  if (IsOneOf(group, {"1", "2", "3", "8", "18"}) &&
      (row.Get("NGUOI_THUC_HIEN").empty() || row.Get("NGAY_TH_YL").empty()))
    add("service.performer", row.Get("NGUOI_THUC_HIEN").empty() ? "NGUOI_THUC_HIEN" : "NGAY_TH_YL");
  if (IsOneOf(group, {"1", "2", "3"})) CheckParaclinical(row, number, dossier, report);
  if (group == "8" && row.Get("PP_VO_CAM").empty()) add("service.anaesthesia", "PP_VO_CAM");
  if (group == "10" && row.Get("TT_THAU").empty()) add("supply.tender", "TT_THAU");
  if (group == "12" && row.Get("MA_XANG_DAU").empty()) add("transport.fuel", "MA_XANG_DAU");
  if (group == "13" && !IsOneOf(row.Get("TYLE_TT_DV"), {"", "100", "30", "10", "0"}))
    add("ratio.examination", "TYLE_TT_DV");
}

// Bed fees: none for types 01 and 02 nor stays under 4 h; at most 1 day for 4 to 24 h; at most 1
// per line.
void CheckBeds(const Dossier& dossier, const Visit& visit, Report& report) {
  const int64_t minutes = visit.arrival.empty() || visit.end.empty()
                              ? -1
                              : MinutesOf(visit.end) - MinutesOf(visit.arrival);
  base::Decimal days;
  int last = 0;
  int number = 0;
  for (const Row& row : dossier.Rows("XML3")) {
    ++number;
    if (!IsOneOf(row.Get("MA_NHOM"), {"14", "15", "16"})) continue;
    last = number;
    if (IsOneOf(visit.type, {"01", "02"}) || (minutes >= 0 && minutes < 4 * 60))
      report.Add("bed.not_due", "XML3", number, "MA_DICH_VU");
    if (!IsOneOf(row.Get("TYLE_TT_DV"), {"", "100", "50", "33"}))
      report.Add("ratio.bed", "XML3", number, "TYLE_TT_DV");
    const auto quantity = NumberOf(row, "SO_LUONG");
    if (!quantity) continue;
    if (*quantity > base::Decimal(1)) {
      report.Add("bed.quantity", "XML3", number, "SO_LUONG");
    } else {
      days += *quantity;
    }
  }
  if (minutes >= 4 * 60 && minutes <= 24 * 60 && days > base::Decimal(1))
    report.Add("bed.days", "XML3", last, "SO_LUONG");
}

void CheckExaminations(const Dossier& dossier, const Visit& visit, Report& report) {
  if (!IsOneOf(visit.type, {"03", "04", "09"})) return;
  int number = 0;
  int found = 0;
  for (const Row& row : dossier.Rows("XML3")) {
    ++number;
    if (row.Get("MA_NHOM") == "13" && ++found > 1)
      report.Add("exam.repeated", "XML3", number, "MA_DICH_VU");
  }
}

void CheckProcedureTimes(const Dossier& dossier, Report& report) {
  std::set<std::string> moments;
  int number = 0;
  for (const Row& row : dossier.Rows("XML3")) {
    ++number;
    if (IsOneOf(row.Get("MA_NHOM"), {"8", "18"}) && IsMoment(row.Get("NGAY_YL")) &&
        !moments.insert(row.Get("NGAY_YL")).second)
      report.Add("procedure.same_time", "XML3", number, "NGAY_YL");
  }
}

}  // namespace

void CheckLines(const Dossier& dossier, const Visit& visit, Report& report) {
  CheckDrugs(dossier, report);
  int number = 0;
  for (const Row& row : dossier.Rows("XML3")) CheckService(row, ++number, dossier, report);
  CheckBeds(dossier, visit, report);
  CheckExaminations(dossier, visit, report);
  CheckProcedureTimes(dossier, report);
}

}  // namespace care::insurance
