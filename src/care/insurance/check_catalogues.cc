// Rules that need catalogues: facilities, communes, departments, machines, people, approved drugs
// and prices (vietnam.md §3.5).
#include "base/text.h"
#include "care/insurance/check_steps.h"

namespace care::insurance {
namespace {

class Lookup {
 public:
  Lookup(const Visit& visit, const ClaimCatalogue& catalogue, Report& report)
      : visit_(visit), catalogue_(catalogue), report_(report) {}

  void Codes(const Row& row, int number, std::string_view field, CodeList list,
             std::string_view rule) {
    for (const auto code : ListOf(row.Get(field))) {
      if (code.empty()) continue;
      if (catalogue_.Contains(list, code, visit_.ended_on) == Listed::kNo) {
        report_.Add(rule, row.table().name, number, field);
        return;
      }
    }
  }

  // A station without a licensed doctor writes the staff code in parentheses; supervised staff
  // "licence(code)", mobilised "licence.C.XXXXX" (vietnam.md §4.4): the licence alone is looked up.
  void Practitioners(const Row& row, int number, std::string_view field) {
    for (auto code : ListOf(row.Get(field))) {
      if (code.empty() || code.front() == '(') continue;
      code = code.substr(0, code.find('('));
      code = code.substr(0, code.find(".C."));
      if (catalogue_.Contains(CodeList::kPractitioner, code, visit_.ended_on) == Listed::kNo) {
        report_.Add("catalogue.practitioner", row.table().name, number, field);
        return;
      }
    }
  }

  void Drug(const Row& row, int number) {
    const base::Date on = OrderDay(row);
    if (catalogue_.Contains(CodeList::kDrug, row.Get("MA_THUOC"), on) == Listed::kNoList) return;
    if (row.Get("PHAM_VI") == "2") return;
    const auto approved = catalogue_.Drug(row.Get("MA_THUOC"), row.Get("SO_DANG_KY"), on);
    if (!approved || approved->name != row.Get("TEN_THUOC") ||
        approved->strength != row.Get("HAM_LUONG") ||
        approved->registration_number != row.Get("SO_DANG_KY")) {
      report_.Add("catalogue.drug", "XML2", number, "TEN_THUOC");
      return;
    }
    const auto price = NumberOf(row, "DON_GIA");
    if (price && *price > approved->price)
      report_.Add("catalogue.price", "XML2", number, "DON_GIA");
  }

  void ServicePrice(const Row& row, int number) {
    if (row.Get("MA_DICH_VU").empty()) return;
    const auto approved = catalogue_.ServicePrice(row.Get("MA_DICH_VU"), OrderDay(row));
    const auto price = NumberOf(row, "DON_GIA_BH");
    if (approved && price && *price > *approved)
      report_.Add("catalogue.price", "XML3", number, "DON_GIA_BH");
  }

 private:
  base::Date OrderDay(const Row& row) const {
    return IsMoment(row.Get("NGAY_YL")) ? DateOf(row.Get("NGAY_YL")) : visit_.ended_on;
  }

  const Visit& visit_;
  const ClaimCatalogue& catalogue_;
  Report& report_;
};

}  // namespace

void CheckCatalogues(const Dossier& dossier, const Visit& visit, const ClaimCatalogue& catalogue,
                     Report& report) {
  Lookup lookup(visit, catalogue, report);
  const Row& summary = *visit.summary;
  for (const std::string_view field : {"MA_CSKCB", "MA_DKBD", "MA_NOI_DI", "MA_NOI_DEN"})
    lookup.Codes(summary, 1, field, CodeList::kFacility, "catalogue.facility");
  lookup.Codes(summary, 1, "MAXA_CU_TRU", CodeList::kCommune, "catalogue.commune");
  lookup.Codes(summary, 1, "MA_KHOA", CodeList::kDepartment, "catalogue.department");
  int number = 0;
  for (const Row& row : dossier.Rows("XML2")) {
    ++number;
    lookup.Codes(row, number, "MA_KHOA", CodeList::kDepartment, "catalogue.department");
    lookup.Practitioners(row, number, "MA_BAC_SI");
    lookup.Drug(row, number);
  }
  number = 0;
  for (const Row& row : dossier.Rows("XML3")) {
    ++number;
    lookup.Codes(row, number, "MA_KHOA", CodeList::kDepartment, "catalogue.department");
    lookup.Codes(row, number, "MA_MAY", CodeList::kMachine, "catalogue.machine");
    lookup.Practitioners(row, number, "MA_BAC_SI");
    lookup.Practitioners(row, number, "NGUOI_THUC_HIEN");
    lookup.ServicePrice(row, number);
  }
}

}  // namespace care::insurance
