// Rules between tables: the same visit, the same person, rows counted, every table that is due.
#include <set>

#include "care/insurance/check_steps.h"

namespace care::insurance {
namespace {

void CheckRows(const Dossier& dossier, const Visit& visit, Report& report) {
  for (const auto& part : dossier.parts) {
    const auto table = part.table->name;
    std::set<std::string> numbers;
    for (size_t i = 0; i < part.rows.size(); ++i) {
      const Row& row = part.rows[i];
      const int number = static_cast<int>(i) + 1;
      if (part.table->IndexOf("MA_LK") >= 0 && !row.Get("MA_LK").empty() &&
          row.Get("MA_LK") != visit.summary->Get("MA_LK"))
        report.Add("link.episode", table, number, "MA_LK");
      if (!part.table->IsRepeated() || part.table->IndexOf("STT") < 0) continue;
      const auto written = NumberOf(row, "STT");
      if (!written) continue;
      const bool in_range = *written >= base::Decimal(1) &&
                            *written <= base::Decimal(static_cast<int64_t>(part.rows.size()));
      if (!in_range || !numbers.insert(written->ToString()).second)
        report.Add("link.row_number", table, number, "STT");
    }
  }
}

void CheckEqual(const Row& row, int number, const Visit& visit, std::string_view field,
                std::string_view rule, Report& report) {
  if (row.table().IndexOf(field) < 0 || visit.summary->table().IndexOf(field) < 0) return;
  if (!row.Get(field).empty() && row.Get(field) != visit.summary->Get(field))
    report.Add(rule, row.table().name, number, field);
}

// Which tables go with which visit (vietnam.md §3.3, notes of QĐ 4750).
void CheckTables(const Dossier& dossier, const Visit& visit, Report& report) {
  const auto need = [&](std::string_view table) {
    if (dossier.Rows(table).empty()) report.Add("table.missing", table, 0, "");
  };
  const std::string& leaving = visit.summary->Get("MA_LOAI_RV");
  if (IsOneOf(visit.type, {"02", "03", "04", "05", "06", "08", "09"})) need("XML5");
  if (IsOneOf(visit.type, {"03", "04", "09"}) && leaving != "3") need("XML7");
  // Visits without insurance are sent too, with their summary (QĐ 31/2026 Art. 5; CV 4395).
  if (IsOneOf(visit.type, {"03", "04", "06"}) || !visit.insured) need("XML8");
  const bool referred = leaving == "2" || leaving == "5";
  if (referred) need("XML13");
  if (!referred && !dossier.Rows("XML13").empty()) report.Add("table.unexpected", "XML13", 0, "");
  // Medical assessment is typed on the portal, never sent by a station.
  if (!dossier.Rows("XML12").empty()) report.Add("table.unexpected", "XML12", 0, "");
}

}  // namespace

void CheckLinks(const Dossier& dossier, const Visit& visit, Report& report) {
  CheckRows(dossier, visit, report);
  for (const std::string_view table : {"XML6", "XML13", "XML14", "XML15"}) {
    int number = 0;
    for (const Row& row : dossier.Rows(table)) {
      ++number;
      for (const std::string_view field : {"HO_TEN", "SO_CCCD", "NGAY_SINH", "GIOI_TINH", "MA_BN",
                                           "MA_QUOCTICH", "MA_DANTOC", "MA_THE_BHYT"})
        CheckEqual(row, number, visit, field, "link.identity", report);
    }
  }
  for (const std::string_view table : {"XML7", "XML8", "XML13", "XML14"}) {
    int number = 0;
    for (const Row& row : dossier.Rows(table)) {
      ++number;
      for (const std::string_view field : {"NGAY_VAO", "NGAY_RA", "KET_QUA_DTRI", "MA_LOAI_RV"})
        CheckEqual(row, number, visit, field, "link.period", report);
    }
  }
  bool before_summary = false;
  for (const auto& part : dossier.parts) {
    if (part.table->name == "XML1") break;
    before_summary = before_summary || part.table->name != "XML0";
  }
  if (before_summary) report.Add("dossier.order", "XML1", 0, "");
  CheckTables(dossier, visit, report);
}

}  // namespace care::insurance
