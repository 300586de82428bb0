// Rules of the papers that travel with a dossier (XML0, XML7 to XML14; vietnam.md §3.5).
#include "base/text.h"
#include "care/insurance/check_steps.h"

namespace care::insurance {
namespace {

bool IsPositiveWhole(const Row& row, std::string_view field) {
  const auto number = NumberOf(row, field);
  return number && number->ToInteger().ok() && *number >= base::Decimal(1);
}

void CheckTermination(const Row& row, int number, Report& report) {
  if (row.Get("MA_DINH_CHI_THAI") != "1") return;
  for (const std::string_view field : {"NGUYENNHAN_DINHCHI", "THOIGIAN_DINHCHI", "TUOI_THAI"}) {
    if (row.table().IndexOf(field) >= 0 && row.Get(field).empty()) {
      report.Add("pregnancy.termination", row.table().name, number, field);
      return;
    }
  }
}

void CheckDischarge(const Row& row, Report& report) {
  const bool days = !row.Get("SO_NGAY_NGHI").empty();
  const bool from = !row.Get("NGOAITRU_TUNGAY").empty();
  const bool to = !row.Get("NGOAITRU_DENNGAY").empty();
  if (days != from || from != to) report.Add("leave.partial", "XML7", 1, "SO_NGAY_NGHI");
  CheckTermination(row, 1, report);
}

void CheckLeave(const Row& row, std::string_view days, const Visit& visit, Report& report) {
  const auto table = row.table().name;
  if (!row.Get(days).empty() && !IsPositiveWhole(row, days))
    report.Add("leave.days", table, 1, days);
  const std::string& from = row.Get("TU_NGAY");
  const std::string& to = row.Get("DEN_NGAY");
  if (!IsDate(from)) return;
  if (IsDate(to) && to < from) report.Add("leave.end_before_start", table, 1, "DEN_NGAY");
  if (table == "XML11" && !visit.end.empty() && from > visit.end.substr(0, 8))
    report.Add("leave.starts_late", table, 1, "TU_NGAY");
}

}  // namespace

void CheckPapers(const Dossier& dossier, const Visit& visit, Report& report) {
  for (const Row& row : dossier.Rows("XML0")) {
    if (row.Get("MA_DICH_VU").empty() && row.Get("MA_THUOC").empty() &&
        row.Get("MA_VAT_TU").empty())
      report.Add("checkin.item", "XML0", 1, "MA_DICH_VU");
  }
  for (const Row& row : dossier.Rows("XML7")) CheckDischarge(row, report);
  for (const Row& row : dossier.Rows("XML8")) {
    if (base::CodePointCount(row.Get("TOMTAT_KQ")) > 4000)
      report.Add("summary.text_length", "XML8", 1, "TOMTAT_KQ");
  }
  for (const Row& row : dossier.Rows("XML10")) {
    CheckLeave(row, "SO_NGAY", visit, report);
    const auto days = NumberOf(row, "SO_NGAY");
    if (days && *days > base::Decimal(180)) report.Add("rest.too_long", "XML10", 1, "SO_NGAY");
  }
  for (const Row& row : dossier.Rows("XML11")) {
    CheckLeave(row, "SO_NGAY_NGHI", visit, report);
    CheckTermination(row, 1, report);
  }
  for (const Row& row : dossier.Rows("XML13")) {
    for (const std::string_view field : {"SO_HOSO", "SO_CHUYENTUYEN", "GIAY_CHUYEN_TUYEN"}) {
      const size_t length = base::CodePointCount(row.Get(field));
      if (length > 50 && length <= 100) report.Add("referral.slip_length", "XML13", 1, field);
    }
  }
}

}  // namespace care::insurance
