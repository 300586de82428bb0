// Rules of single fields: there, filled, long enough, of the right kind, in its list.
#include <re2/re2.h>

#include <charconv>
#include <map>

#include "base/text.h"
#include "care/insurance/check_steps.h"
#include "exchange/insurance/card_number.h"

namespace care::insurance {
namespace {

using exchange::insurance::Field;
using exchange::insurance::FieldType;
using exchange::insurance::Requirement;

// Small code lists (vietnam.md §4.2-4.4 and the notes of the tables). "1..8" is a range.
struct CodeSet {
  std::string_view field;
  std::string_view codes;
};
constexpr CodeSet kCodeSets[] = {
    {"GIOI_TINH", "1..3"},
    {"GIOI_TINH_CON", "1..3"},
    {"KET_QUA_DTRI", "1..8"},
    {"MA_LOAI_RV", "1..5"},
    {"MA_LYDO_CT", "1..3"},
    {"PHAM_VI", "1..3"},
    {"MA_PTTT", "1..3"},
    {"NGUON_CTRA", "1..4"},
    {"MA_NHOM", "1..19"},
    {"PP_VO_CAM", "1..4"},
    {"MA_KHUVUC", "K1 K2 K3"},
    {"VET_THUONG_TP", "1"},
    {"TAI_SU_DUNG", "0..1"},
    {"MA_DINH_CHI_THAI", "0..1"},
    {"MAU_SO", "CT07"},
    {"MA_LYDO_DTRI", "1..5"},
    {"LOAI_DTRI_LAO", "0..3"},
    {"SANG_LOC_LAO", "1..4"},
    {"KQ_DTRI_LAO", "1..7"},
    {"MA_LOAI_BN", "1..5"},
    {"GIAI_DOAN_LAM_SANG", "1..4"},
    {"LY_DO_CHUYEN_PHAC_DO", "1..6"},
    {"PHANLOAI_LAO_VITRI", "1..2"},
    {"PHANLOAI_LAO_TS", "1..6"},
    {"PHANLOAI_LAO_HIV", "1..3"},
    {"PHANLOAI_LAO_VK", "1..2"},
    {"PHANLOAI_LAO_KT", "1..6"},
    {"KET_QUA_DTRI_LAO", "1..6"},
    {"SINHCON_PHAUTHUAT", "0..1"},
    {"SINHCON_DUOI32TUAN", "0..1"},
    {"MA_LOAI_KCB", "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16"}};

// QĐ 3276/2025, in force 17/10/2025; earlier visits used QĐ 5937/2021, which is not shipped.
constexpr std::string_view kEligibility =
    "1.1 1.2 1.3 1.4 1.5 1.6 1.7 1.11 1.12 1.13 1.14 1.15 1.16 1.17 1.18 2 3.1 3.2 3.3 3.6 7 7.2 "
    "7.3 "
    "7.4 8 9 10";
constexpr base::Date kEligibilityFrom{2025, 10, 17};
constexpr base::Date kFourCharacterBenefitFrom{2026, 7, 1};  // QĐ 1931/2026

// At most two digits, which the caller has checked.
int SmallNumber(std::string_view digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

bool InSet(std::string_view codes, std::string_view value) {
  const size_t dots = codes.find("..");
  if (dots != std::string_view::npos) {
    if (!base::IsDigits(value) || value.size() > 2 || (value.size() == 2 && value[0] == '0'))
      return false;
    const int number = SmallNumber(value);
    return number >= SmallNumber(codes.substr(0, dots)) &&
           number <= SmallNumber(codes.substr(dots + 2));
  }
  for (const auto code : base::Split(codes, ' ')) {
    if (code == value) return true;
  }
  return false;
}

bool IsEthnicity(std::string_view value) {
  return value == "99" ||
         (value.size() == 2 && base::IsDigits(value) && value >= "01" && value <= "55");
}

// Patterns of codes; `each` applies to every part of a ';' list.
struct Pattern {
  std::string_view field;
  std::string_view expression;
  bool each = false;
};
constexpr std::string_view kFacility = "[0-9A-Z]{5}";
constexpr std::string_view kTenDigits = "[0-9]{10}";
constexpr std::string_view kDiagnosis = "[A-Z][0-9]{2}(\\.[0-9]{1,3})?[*+†]?";
constexpr Pattern kPatterns[] = {
    {"MA_CSKCB", kFacility},
    {"MA_NOI_DI", kFacility},
    {"MA_NOI_DEN", kFacility},
    {"MA_CSKCB_DI", kFacility},
    {"MA_CSKCB_DEN", kFacility},
    {"MA_DKBD", kFacility, true},
    {"MA_QUOCTICH", "[0-9]{3}"},
    {"MA_NGHE_NGHIEP", "[0-9]{5}"},
    {"MATINH_CU_TRU", "[0-9]{2,3}"},
    {"MAXA_CU_TRU", "[0-9]{5}"},
    {"DIEN_THOAI", "\\+?[0-9]{8,14}"},
    {"MA_TTDV", kTenDigits},
    {"MA_CHA", kTenDigits},
    {"MA_ME", kTenDigits},
    {"MA_BHXH_NND", kTenDigits},
    {"MA_BHXH", "[0-9]*[1-9][0-9]*"},  // ten digits by its length rule, not all zero
    {"MA_THE_TAM", "TE1[0-9]{12}"},
    {"MA_BENH_CHINH", kDiagnosis},
    {"MA_BENH_KT", kDiagnosis, true},
    // K01, K16.1, K02.D35, combined K010203 (QĐ 1804/2026).
    {"MA_KHOA", "K[0-9]{2}([0-9]{2}){0,2}(\\.[0-9])?(\\.[A-Z][0-9]{2})?", true},
    {"MA_GIUONG", "[HTCK][0-9]{3}", true},
    {"GOI_VTYT", "G[0-9]{1,3}"},
    {"MA_MAY", "[A-Z]{2}\\.[0-9]\\.[0-9A-Z]{5}\\..+", true},
    {"TT_THAU", "[^;]+;G[0-9]{1,2};N[0-9]{1,2};[0-9]{4}"},
    {"NAM_QT", "[0-9]{4}"}};

const Pattern* FindPattern(std::string_view field) {
  for (const Pattern& pattern : kPatterns) {
    if (pattern.field == field) return &pattern;
  }
  return nullptr;
}

// RE2 objects are costly to build and safe to share between threads.
const RE2& Compiled(const Pattern& pattern) {
  static const auto* compiled = [] {
    auto* all = new std::map<std::string_view, RE2>;
    for (const Pattern& each : kPatterns)
      all->try_emplace(each.field,
                       re2::StringPiece(each.expression.data(), each.expression.size()));
    return all;
  }();
  return compiled->at(pattern.field);
}

bool Matches(const Pattern& pattern, std::string_view value) {
  const auto full = [&](std::string_view text) {
    return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), Compiled(pattern));
  };
  if (!pattern.each) return full(value);
  for (const auto part : ListOf(value)) {
    if (!full(part)) return false;
  }
  return true;
}

bool IsIdentityNumber(std::string_view value) {
  if (base::IsDigits(value)) return value.size() == 9 || value.size() == 12;
  return value.size() >= 8 && value.size() <= 9 && value[0] >= 'A' && value[0] <= 'Z' &&
         base::IsDigits(value.substr(1));
}

// Decimals allowed after the point (vietnam.md §3.2): quantities and unit prices 3, money 2.
int AllowedDecimals(std::string_view field) {
  if (field == "SO_LUONG" || field.starts_with("DON_GIA")) return 3;
  if (field.starts_with("T_") || field.starts_with("THANH_TIEN")) return 2;
  return field == "MUC_HUONG" ? 2 : 0;
}

class FieldChecker {
 public:
  FieldChecker(const Row& row, int number, const Visit& visit, Report& report)
      : row_(row), number_(number), visit_(visit), report_(report) {}

  void Check(const Field& field) {
    field_ = &field;
    const std::string& value = row_.Get(field.name);
    if (!row_.Has(field.name)) {
      if (field.requirement != Requirement::kUnclear) Add("field.missing");
      return;
    }
    if (value.empty()) {
      if (field.requirement == Requirement::kRequired && !IsExcused(field)) Add("field.required");
      return;
    }
    if (CheckLength(value) && CheckKind(value)) CheckCode(value);
  }

 private:
  void Add(std::string_view rule, std::string_view detail = {}) {
    report_.Add(rule, row_.table().name, number_, field_->name, detail);
  }

  // Uninsured visits leave what belongs to the fund empty (QĐ 31/2026 Art. 5, CV 4395); a payment
  // row without a doctor's licence is judged by its own rules.
  bool IsExcused(const Field& field) const {
    return !visit_.insured && IsOneOf(field.name, {"MUC_HUONG", "T_BHTT_GDV"});
  }

  bool CheckLength(const std::string& value) {
    int limit = field_->max_length;
    if (field_->name == "MUC_HUONG" && visit_.ended_on >= kFourCharacterBenefitFrom) limit = 4;
    if (limit == 0 || base::CodePointCount(value) <= static_cast<size_t>(limit)) return true;
    // A ';' list has the limit of one value in each part.
    if (IsOneOf(field_->name, {"MA_THE_BHYT", "MA_DKBD", "GT_THE_TU", "GT_THE_DEN"})) return true;
    Add("field.length", "tối đa " + std::to_string(limit) + " ký tự");
    return false;
  }

  bool CheckKind(const std::string& value) {
    if (field_->type == FieldType::kNumber) return CheckNumber(value);
    // Every text field of 8 or 12 characters is a date or a moment; nothing else has that length.
    if (field_->name.starts_with("GT_THE")) {
      for (const auto part : ListOf(value)) {
        if (!part.empty() && !IsDate(part)) return Add("field.date"), false;
      }
      return true;
    }
    if (field_->name == "NGAY_MIEN_CCT" && value.size() == 8) {
      if (!IsDate(value)) return Add("field.date"), false;
      return true;
    }
    if (field_->name == "NGAY_TAI_KHAM") {
      for (const auto part : ListOf(value)) {
        if (!IsDate(part)) return Add("field.date"), false;
      }
      return true;
    }
    const auto unknown =
        field_->name.starts_with("NGAY_SINH") ? UnknownParts::kAllowed : UnknownParts::kRefused;
    if (field_->max_length == 8 && !IsDate(value, unknown)) return Add("field.date"), false;
    if (field_->max_length == 12 && !IsMoment(value, unknown)) return Add("field.moment"), false;
    return true;
  }

  bool CheckNumber(const std::string& value) {
    const auto number = base::Decimal::Parse(value);
    if (!number.ok() || value[0] == '+' || value.back() == '.') return Add("field.number"), false;
    if (number->IsNegative()) return Add("field.negative"), false;
    const int decimals = AllowedDecimals(field_->name);
    if (number->Round(decimals) != *number) return Add("field.decimals"), false;
    if (field_->name.starts_with("TYLE_TT_") && *number > base::Decimal(100))
      return Add("field.ratio"), false;
    return true;
  }

  void CheckCode(const std::string& value) {
    for (const CodeSet& set : kCodeSets) {
      if (set.field == field_->name && !InSet(set.codes, value)) return Add("field.code");
    }
    if (field_->name == "MA_DOITUONG_KCB" && visit_.ended_on >= kEligibilityFrom &&
        !InSet(kEligibility, value))
      return Add("field.code");
    if (field_->name.starts_with("MA_DANTOC") && !IsEthnicity(value)) return Add("field.code");
    if (IsOneOf(field_->name, {"MA_THE_BHYT", "MA_THE_NND"})) {
      for (const auto part : ListOf(value)) {
        const auto card = exchange::insurance::ParseCardNumber(part);
        if (!card.ok() || card->text != part) return Add("field.card");
      }
    }
    if (field_->name.starts_with("SO_CCCD") && !IsIdentityNumber(value))
      return Add("field.identity");
    if (field_->name == "MA_BHXH" && (value.size() != 10 || !base::IsDigits(value)))
      return Add("field.pattern");
    // Another rule says that the main diagnosis is none of traditional medicine.
    const Pattern* pattern = FindPattern(field_->name);
    if (pattern != nullptr && !Matches(*pattern, value)) Add("field.pattern");
  }

  const Row& row_;
  int number_;
  const Visit& visit_;
  Report& report_;
  const Field* field_ = nullptr;
};

}  // namespace

void CheckFields(const Dossier& dossier, const Visit& visit, Report& report) {
  for (const auto& part : dossier.parts) {
    for (size_t i = 0; i < part.rows.size(); ++i) {
      const Row& row = part.rows[i];
      const int number = static_cast<int>(i) + 1;
      FieldChecker checker(row, number, visit, report);
      for (const Field& field : part.table->fields) checker.Check(field);
      // The unknown name itself is outside text: not repeated.
      for (size_t unknown = 0; unknown < row.unknown.size(); ++unknown)
        report.Add("field.unknown", part.table->name, number, "");
    }
  }
}

}  // namespace care::insurance
