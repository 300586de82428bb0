#include "care/shared/catalogue/headings.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace care::shared {
namespace {

// Folded headings known from QĐ 7603/2018 and QĐ 4469/2020 files, the claims tables and everyday
// spreadsheets, separated by '|'.
struct Known {
  ListKind kind;
  std::string_view column;
  std::string_view headings;
};

using enum ListKind;

constexpr auto kKnown = std::to_array<Known>({
    {kIcd10, "code",
     "ma benh|ma icd|ma icd 10|icd|icd 10|icd10|ma benh icd 10|ma benh icd10|disease code"},
    {kIcd10, "name_vi", "ten benh|ten benh tieng viet|ten tieng viet|ten benh vi|ten"},
    {kIcd10, "name_en", "disease name|ten benh tieng anh|ten tieng anh|english name"},
    {kIcd10, "chronic", "benh man tinh|man tinh|benh man tinh ke don den 90 ngay"},
    {kDrugs, "code", "ma thuoc noi bo|ma thuoc cskcb|ma thuoc bv|ma noi bo|ma hang"},
    {kDrugs, "active_substance", "hoat chat|ten hoat chat|thanh phan|hoat chat thanh phan"},
    // MA_THUOC of the claims tables and of the insurer's approved list is the substance's code.
    {kDrugs, "active_substance_code",
     "ma hoat chat|ma hoat chat ax|ma hoat chat byt|ma thuoc|ma thuoc bhyt"},
    {kDrugs, "brand", "ten thuoc|ten thuong mai|biet duoc|ten biet duoc|ten thuoc thanh pham"},
    {kDrugs, "strength", "ham luong|nong do ham luong|ham luong nong do|ham luong au"},
    {kDrugs, "dosage_form", "dang bao che|dang thuoc"},
    {kDrugs, "unit", "don vi tinh|dvt|don vi|don vi tinh au"},
    {kDrugs, "route_code", "ma duong dung|ma duong dung ax"},
    {kDrugs, "route_name", "duong dung|ten duong dung|duong dung ax"},
    {kDrugs, "registration_number",
     "so dang ky|so dk|sdk|so gplh|so giay phep luu hanh|gplh|so dang ky gc"},
    {kDrugs, "group", "ma nhom|nhom chi phi|ma nhom chi phi"},
    {kDrugs, "price", "don gia|gia|gia bhyt|don gia bh|gia thau|don gia thau|gia trung thau"},
    {kDrugs, "insurance_ratio",
     "tyle tt bh|ty le tt bh|ty le thanh toan|ty le thanh toan bhyt|tyle tt"},
    {kDrugs, "tender", "tt thau|thong tin thau|quyet dinh thau"},
    {kDrugs, "max_days", "so ngay toi da|so ngay ke don toi da"},
    {kDrugs, "usual_dose", "lieu dung|lieu thuong dung|cach dung"},
    {kDrugs, "dose_unit", "don vi lieu"},
    {kDrugs, "prescription_kind", "loai don|loai don thuoc"},
    {kDrugs, "atc", "ma atc|atc code"},
    {kServices, "code", "ma dich vu|ma dvkt|ma tuong duong|ma dich vu ky thuat|ma dich vu bhyt|ma"},
    {kServices, "name_vi",
     "ten dich vu|ten dvkt|ten dich vu ky thuat|ten dvkt phe duyet|ten dvkt gia|ten"},
    {kServices, "name_en", "ten tieng anh|english name"},
    {kServices, "group", "ma nhom|nhom chi phi|ma nhom chi phi"},
    {kServices, "price_self_pay", "don gia bv|gia dich vu|gia vien phi|don gia|gia thu"},
    {kServices, "price_insurance", "don gia bh|gia bhyt|gia bao hiem|don gia bhyt"},
    {kServices, "insurance_ratio", "tyle tt bh|ty le tt bh|ty le thanh toan|ty le thanh toan bhyt"},
    {kServices, "room", "phong|noi thuc hien"},
    {kServices, "specimen", "loai mau|benh pham|mau benh pham"},
    {kServices, "needs_machine", "can ma may|yeu cau ma may"},
    {kAnalytes, "service_code", "ma dich vu|ma dvkt"},
    {kAnalytes, "code", "ma chi so"},
    {kAnalytes, "loinc", "ma loinc|loinc code"},
    {kAnalytes, "name_vi", "ten chi so|ten chi so xet nghiem|ten"},
    {kAnalytes, "unit", "don vi do|don vi"},
    {kAnalytes, "kind", "kieu ket qua|loai ket qua"},
    {kAnalytes, "sex", "gioi tinh"},
    {kAnalytes, "low", "csbt duoi|gia tri thap|can duoi"},
    {kAnalytes, "high", "csbt tren|gia tri cao|can tren"},
    {kCommunes, "code", "ma xa|ma phuong xa|ma phuong|ma|ma dvhc"},
    {kCommunes, "name", "ten xa|ten phuong xa|ten|ten dvhc|ten don vi hanh chinh|phuong xa"},
    {kCommunes, "kind", "loai|cap"},
    {kCommunes, "province_code", "ma tinh|ma tp|ma tinh tp|tinh thanh pho ma"},
    {kCommunes, "province_name", "ten tinh|tinh thanh pho|tinh|ten tinh tp"},
    {kEthnicities, "code", "ma dantoc|ma dan toc|ma"},
    {kEthnicities, "name", "ten dan toc|dan toc|ten"},
    {kOccupations, "code", "ma nghe nghiep|ma nghe|ma"},
    {kOccupations, "name_vi", "ten nghe nghiep|nghe nghiep|ten"},
    {kVisitTypes, "code", "ma loai kcb|ma"},
    {kVisitTypes, "name_vi", "ten loai kcb|loai kcb|ten"},
    {kEligibility, "code", "ma doituong kcb|ma doi tuong kcb|ma doi tuong|ma"},
    {kEligibility, "order", "stt|thu tu"},
    {kEligibility, "name_vi", "ten doi tuong|doi tuong|dien giai|ten"},
    {kDepartments, "code", "ma khoa|ma"},
    {kDepartments, "name_vi", "ten khoa|ten"},
});

// Dates are called the same in every list.
constexpr std::string_view kValidFromHeadings =
    "tu ngay|tungay|ngay hieu luc|hieu luc tu|ngay ap dung|valid from";
constexpr std::string_view kValidToHeadings =
    "den ngay|denngay|ngay het hieu luc|hieu luc den|valid to";

bool Lists(std::string_view headings, std::string_view folded) {
  for (std::string_view one : base::Split(headings, '|')) {
    if (one == folded) return true;
  }
  return false;
}

bool HasWords(std::string_view folded, std::string_view words) {
  const auto present = base::Split(folded, ' ');
  for (std::string_view word : base::Split(words, ' ')) {
    if (std::find(present.begin(), present.end(), word) == present.end()) return false;
  }
  return true;
}

// The flags of TT 06/2026/TT-BYT, annex columns 24 to 29, are whole sentences as headings; they are
// told by their words. Order matters: the first that fits wins.
std::optional<std::string_view> Icd10Flag(std::string_view folded) {
  struct Rule {
    std::string_view words;
    std::string_view column;
  };
  constexpr auto kRules =
      std::to_array<Rule>({{"khong khuyen khich benh chinh", "discouraged_main"},
                           {"han che benh chinh", "discouraged_main"},
                           {"khong benh chinh", "not_main"},
                           {"ky tu", "finer_code_exists"},
                           {"chi tiet hon", "finer_code_exists"},
                           {"tu vong", "death_only"},
                           {"nu gioi", "female_only"},
                           {"o nu", "female_only"},
                           {"nam gioi", "male_only"},
                           {"o nam", "male_only"}});
  for (const Rule& rule : kRules) {
    if (HasWords(folded, rule.words)) return rule.column;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> ColumnForHeading(ListKind kind, std::string_view heading) {
  const std::string folded = base::Fold(heading);
  if (folded.empty()) return std::nullopt;
  for (const Column& column : Columns(kind)) {
    if (base::Fold(column.name) == folded) return column.name;
  }
  for (const Known& known : kKnown) {
    if (known.kind == kind && Lists(known.headings, folded)) return known.column;
  }
  if (Lists(kValidFromHeadings, folded)) return "valid_from";
  if (Lists(kValidToHeadings, folded)) return "valid_to";
  return kind == kIcd10 ? Icd10Flag(folded) : std::nullopt;
}

}  // namespace care::shared
