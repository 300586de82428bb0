// Rules of diagnosis codes: QĐ 4750 (count, main code) and columns 24 to 29 of TT 06/2026. The
// edition is that of the visit's end.
#include <set>

#include "care/insurance/check_steps.h"

namespace care::insurance {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Traditional-medicine codes: U, two digits, point, three digits ("U54.471").
bool IsTraditional(std::string_view code) {
  return code.size() == 7 && code[0] == 'U' && IsDigit(code[1]) && IsDigit(code[2]) &&
         code[3] == '.' && IsDigit(code[4]) && IsDigit(code[5]) && IsDigit(code[6]);
}

void CheckFlags(const DiagnosisFlags& flags, std::string_view field, const Visit& visit,
                Report& report) {
  const bool main = field == "MA_BENH_CHINH";
  const auto add = [&](std::string_view rule) { report.Add(rule, "XML1", 1, field); };
  if (main && flags.not_main) add("diagnosis.not_main");
  if (main && flags.discouraged_main) add("diagnosis.discouraged");
  if (flags.finer_code_exists) add("diagnosis.finer_code");
  const std::string& outcome = visit.summary->Get("KET_QUA_DTRI");
  if (flags.death_only && outcome != "5" && outcome != "8") add("diagnosis.death_only");
  const std::string& sex = visit.summary->Get("GIOI_TINH");
  if (flags.female_only && sex == "1") add("diagnosis.female");
  if (flags.male_only && sex == "2") add("diagnosis.male");
}

void CheckInCatalogue(std::string_view code, std::string_view field, const Visit& visit,
                      const ClaimCatalogue& catalogue, Report& report) {
  switch (catalogue.Contains(CodeList::kDiagnosis, code, visit.ended_on)) {
    case Listed::kNoList: return;
    case Listed::kNo: report.Add("diagnosis.unknown", "XML1", 1, field); return;
    case Listed::kYes:
      CheckFlags(catalogue.Diagnosis(code, visit.ended_on), field, visit, report);
      return;
  }
}

}  // namespace

void CheckDiagnoses(const Visit& visit, const ClaimCatalogue* catalogue, Report& report) {
  const std::string& main = visit.summary->Get("MA_BENH_CHINH");
  if (IsTraditional(main)) {
    report.Add("diagnosis.traditional", "XML1", 1, "MA_BENH_CHINH");
  } else if (!main.empty()) {
    if (main.starts_with("Z00") || main.starts_with("R53"))
      report.Add("diagnosis.vague", "XML1", 1, "MA_BENH_CHINH");
    if (catalogue != nullptr) CheckInCatalogue(main, "MA_BENH_CHINH", visit, *catalogue, report);
  }
  const auto others = ListOf(visit.summary->Get("MA_BENH_KT"));
  if (others.size() > 12) report.Add("diagnosis.too_many", "XML1", 1, "MA_BENH_KT");
  std::set<std::string_view> seen{main};
  bool repeated = false;
  for (const auto code : others) {
    repeated = !seen.insert(code).second || repeated;
    if (catalogue != nullptr && !code.empty())
      CheckInCatalogue(code, "MA_BENH_KT", visit, *catalogue, report);
  }
  if (repeated) report.Add("diagnosis.comorbid_main", "XML1", 1, "MA_BENH_KT");
}

}  // namespace care::insurance
