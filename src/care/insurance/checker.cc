#include "care/insurance/checker.h"

#include <algorithm>

#include "base/text.h"
#include "care/insurance/check_steps.h"

namespace care::insurance {
namespace {

int DaysInMonth(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

int Number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

int TableOrder(std::string_view table) { return table.empty() ? -1 : Number(table.substr(3)); }

}  // namespace

void Report::Add(std::string_view rule, std::string_view table, int row, std::string_view field,
                 std::string_view detail) {
  const Rule* found = FindRule(rule);
  CHECK(found != nullptr);
  Finding finding;
  finding.rule = rule;
  finding.severity = found->severity;
  finding.table = table;
  finding.row = row;
  finding.field = field;
  finding.message = found->message;
  if (!detail.empty()) finding.message += " (" + std::string(detail) + ")";
  finding.remedy = found->remedy;
  findings_.push_back(std::move(finding));
}

bool IsDate(std::string_view text, UnknownParts unknown) {
  if (text.size() != 8 || !base::IsDigits(text)) return false;
  const int year = Number(text.substr(0, 4));
  const int month = Number(text.substr(4, 2));
  const int day = Number(text.substr(6, 2));
  if (year < 1850) return false;
  if (unknown == UnknownParts::kAllowed && day == 0 && month <= 12) return true;
  return month >= 1 && month <= 12 && day >= 1 && day <= DaysInMonth(year, month);
}

bool IsMoment(std::string_view text, UnknownParts unknown) {
  return text.size() == 12 && base::IsDigits(text) && IsDate(text.substr(0, 8), unknown) &&
         Number(text.substr(8, 2)) <= 23 && Number(text.substr(10, 2)) <= 59;
}

base::Date DateOf(std::string_view text) {
  return {Number(text.substr(0, 4)), std::max(1, Number(text.substr(4, 2))),
          std::max(1, Number(text.substr(6, 2)))};
}

int64_t MinutesOf(std::string_view moment) {
  return DateOf(moment).ToDays() * 1440 + Number(moment.substr(8, 2)) * 60 +
         Number(moment.substr(10, 2));
}

std::optional<base::Decimal> NumberOf(const Row& row, std::string_view field) {
  const auto number = base::Decimal::Parse(row.Get(field));
  if (!number.ok()) return std::nullopt;
  return *number;
}

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> set) {
  return std::find(set.begin(), set.end(), text) != set.end();
}

std::vector<std::string_view> ListOf(std::string_view text) {
  if (base::Trim(text).empty()) return {};
  auto parts = base::Split(text, ';');
  for (auto& part : parts) part = base::Trim(part);
  return parts;
}

Visit ReadVisit(const Row& summary) {
  Visit visit;
  visit.summary = &summary;
  visit.type = summary.Get("MA_LOAI_KCB");
  visit.eligibility = summary.Get("MA_DOITUONG_KCB");
  if (IsMoment(summary.Get("NGAY_VAO"))) visit.arrival = summary.Get("NGAY_VAO");
  if (IsMoment(summary.Get("NGAY_RA"))) visit.end = summary.Get("NGAY_RA");
  if (!visit.end.empty()) {
    visit.ended_on = DateOf(visit.end);
  } else if (!visit.arrival.empty()) {
    visit.ended_on = DateOf(visit.arrival);
  }
  visit.insured = visit.eligibility != "9";
  return visit;
}

std::vector<Finding> CheckDossier(const Dossier& dossier, const ClaimCatalogue* catalogue) {
  Report report;
  const Row* summary = dossier.Summary();
  if (summary == nullptr || dossier.Rows("XML1").size() != 1) {
    // A check-in is sent alone, before there is anything to sum up.
    const bool check_in = dossier.parts.size() == 1 && dossier.Find("XML0") != nullptr;
    if (!check_in || summary != nullptr) {
      report.Add("dossier.summary", "XML1", 0, "");
      return std::move(report.findings());
    }
  }
  const Row nothing(*exchange::insurance::FindTable("XML1"));
  const Visit visit = ReadVisit(summary != nullptr ? *summary : nothing);
  CheckFields(dossier, visit, report);
  if (summary != nullptr) {
    CheckLinks(dossier, visit, report);
    CheckSummary(visit, report);
    CheckTimes(dossier, visit, report);
    CheckDiagnoses(visit, catalogue, report);
    CheckLines(dossier, visit, report);
    CheckMoney(dossier, visit, report);
    CheckBenefit(dossier, visit, catalogue, report);
    if (catalogue != nullptr) CheckCatalogues(dossier, visit, *catalogue, report);
  }
  CheckPapers(dossier, visit, report);
  std::stable_sort(report.findings().begin(), report.findings().end(),
                   [](const Finding& left, const Finding& right) {
                     return std::pair(TableOrder(left.table), left.row) <
                            std::pair(TableOrder(right.table), right.row);
                   });
  return std::move(report.findings());
}

std::vector<Finding> CheckClaimFile(const exchange::insurance::ClaimFile& file,
                                    const ClaimCatalogue* catalogue) {
  Report report;
  if (file.has_byte_order_mark) report.Add("file.byte_order_mark", "", 0, "");
  if (!IsDate(file.created_on)) report.Add("file.created_on", "", 0, "NGAYLAP");
  if (file.dossier_count != std::to_string(file.dossiers.size()))
    report.Add("file.count", "", 0, "SOLUONGHOSO");
  std::vector<Finding> all = std::move(report.findings());
  for (size_t i = 0; i < file.dossiers.size(); ++i) {
    Report envelope;
    const Row* summary = file.dossiers[i].Summary();
    if (summary != nullptr && summary->Get("MA_CSKCB") != file.facility)
      envelope.Add("file.facility", "XML1", 1, "MA_CSKCB");
    std::vector<Finding> findings = CheckDossier(file.dossiers[i], catalogue);
    findings.insert(findings.begin(), envelope.findings().begin(), envelope.findings().end());
    for (Finding& finding : findings) {
      finding.dossier = static_cast<int>(i) + 1;
      all.push_back(std::move(finding));
    }
  }
  return all;
}

}  // namespace care::insurance
