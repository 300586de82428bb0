#include "exchange/insurance/card_qr.h"

#include "base/text.h"
#include "exchange/scan_text/scan_text.h"

namespace exchange::insurance {
namespace {

using scan_text::FieldError;

bool IsEmpty(std::string_view field) { return field.empty() || field == "-" || field == "$"; }

base::Result<std::string> FromHexField(std::string_view field, std::string_view label,
                                       std::string_view key) {
  const auto bytes = base::FromHex(field);
  if (!bytes || !base::IsValidUtf8(*bytes)) {
    return FieldError(label, key, field,
                      "trong mã không giải được. Hãy quét lại; nếu vẫn lỗi, gõ tay từ mặt thẻ.");
  }
  return *bytes;
}

std::optional<int> Number(std::string_view text) {
  if (!base::IsDigits(text) || text.size() > 4) return std::nullopt;
  int value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value;
}

base::Result<base::Date> ReadDate(std::string_view text, std::string_view label,
                                  std::string_view key) {
  const auto parts = base::Split(text, '/');
  if (parts.size() == 3 && parts[2].size() == 4) {
    const auto day = Number(parts[0]), month = Number(parts[1]), year = Number(parts[2]);
    if (day && month && year && *year >= 1850) {
      auto date = base::Date::FromParts(*year, *month, *day);
      if (date.ok()) return date;
    }
  }
  return FieldError(label, key, text, "không phải ngày dạng dd/mm/yyyy. Hãy quét lại hoặc gõ tay.");
}

base::Result<std::optional<base::Date>> ReadOptionalDate(std::string_view text,
                                                         std::string_view label,
                                                         std::string_view key) {
  if (IsEmpty(text)) return std::optional<base::Date>();
  TRY_ASSIGN(const base::Date date, ReadDate(text, label, key));
  return std::optional<base::Date>(date);
}

// "01 - C54" -> "01C54": five characters (QĐ 384/2019).
base::Result<std::string> ReadFacility(std::string_view text) {
  if (IsEmpty(text)) return std::string();
  std::string code;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  bool plain = code.size() == 5;
  for (const char c : code) plain = plain && ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'));
  if (!plain) {
    return FieldError("Nơi đăng ký KCB ban đầu", "registered_facility", text,
                      "phải là mã 5 ký tự. Hãy quét lại hoặc gõ tay từ mặt thẻ.");
  }
  return code;
}

base::Result<std::string> ReadBirthDate(std::string_view text) {
  // Some cards carry only the year of birth (the card query of vietnam.md §5.4 accepts it too).
  if (text.size() == 4 && base::IsDigits(text) && *Number(text) >= 1850) return std::string(text);
  TRY_ASSIGN(const base::Date date, ReadDate(text, "Ngày sinh", "birth_date"));
  return date.ToIso();
}

// Fields 9 to 15 exist on new cards, and on many old ones; an old card may end after field 8.
base::Status ReadTail(const std::vector<std::string_view>& fields, CardQr& card) {
  const auto field = [&](size_t index) {
    return index < fields.size() ? base::Trim(fields[index]) : std::string_view();
  };
  if (!IsEmpty(field(9))) {
    TRY_ASSIGN(card.issuing_code, scan_text::ReadFreeText(field(9), "Mã nơi cấp", "issuing_code"));
  }
  const auto five_years = ReadOptionalDate(field(12), "Ngày đủ 5 năm liên tục", "five_years_from");
  if (five_years.ok()) {
    card.five_years_from = *five_years;
  } else if (card.layout == CardLayout::kNew) {
    return five_years.error();
  }
  if (card.layout == CardLayout::kNew && !IsEmpty(field(15))) {
    TRY_ASSIGN(const std::string bytes, FromHexField(field(15), "Nơi cấp thẻ", "issuing_place"));
    TRY_ASSIGN(card.issuing_place, scan_text::ReadFreeText(bytes, "Nơi cấp thẻ", "issuing_place"));
  }
  return base::Ok();
}

}  // namespace

// vietnam.md §5.5: '|'-separated, ends with '$', '-' = empty, text fields are hex of UTF-8; a new
// card has at least 15 bars. A short string with a 10-digit number is a new card read by a
// device that drops the last fields; nothing after field 8 is needed to admit a patient.
base::Result<CardQr> ParseCardQr(std::string_view text) {
  const auto fields = base::Split(text, '|');
  if (fields.size() < 10 || base::Trim(fields.back()) != "$") {
    return base::Invalid(
        "Mã thẻ BHYT bị đọc thiếu (không thấy dấu $ ở cuối). Hãy đưa thẻ gần hơn và quét lại.",
        "scan");
  }
  CardQr card;
  TRY_ASSIGN(card.number, ParseCardNumber(base::Trim(fields[0])));
  card.layout = fields.size() >= 16 || card.number.kind != CardNumberKind::kFull ? CardLayout::kNew
                                                                                 : CardLayout::kOld;
  TRY_ASSIGN(const std::string name, FromHexField(base::Trim(fields[1]), "Họ tên", "name"));
  TRY_ASSIGN(card.name, scan_text::ReadName(name, "Họ tên", "name"));
  TRY_ASSIGN(card.birth_date, ReadBirthDate(base::Trim(fields[2])));
  const std::string_view sex = base::Trim(fields[3]);
  if (sex != "1" && sex != "2") {
    return FieldError("Giới tính", "sex", sex, "phải là 1 (nam) hoặc 2 (nữ). Hãy quét lại.");
  }
  card.sex = sex == "1" ? CardSex::kMale : CardSex::kFemale;
  if (!IsEmpty(base::Trim(fields[4]))) {
    TRY_ASSIGN(const std::string bytes, FromHexField(base::Trim(fields[4]), "Địa chỉ", "address"));
    TRY_ASSIGN(card.address, scan_text::ReadFreeText(bytes, "Địa chỉ", "address"));
  }
  TRY_ASSIGN(card.registered_facility, ReadFacility(base::Trim(fields[5])));
  TRY_ASSIGN(card.valid_from,
             ReadOptionalDate(base::Trim(fields[6]), "Giá trị từ ngày", "valid_from"));
  TRY_ASSIGN(card.valid_to,
             ReadOptionalDate(base::Trim(fields[7]), "Giá trị đến ngày", "valid_to"));
  TRY_ASSIGN(card.issued_on, ReadOptionalDate(base::Trim(fields[8]), "Ngày cấp", "issued_on"));
  TRY(ReadTail(fields, card));
  if (card.valid_from && card.valid_to && *card.valid_to < *card.valid_from)
    card.warnings.emplace_back("Ngày hết hạn trước ngày bắt đầu. Hãy tra cứu thẻ trên cổng BHXH.");
  return card;
}

bool LooksLikeCardQr(std::string_view text) {
  const auto fields = base::Split(text, '|');
  if (fields.size() < 2) return false;
  const std::string_view number = base::Trim(fields[0]);
  return text.ends_with('$') || number.size() == 15 || number.size() == 10 ||
         (fields.size() > 2 && fields[2].find('/') != std::string_view::npos);
}

}  // namespace exchange::insurance
