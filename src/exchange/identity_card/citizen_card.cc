#include "exchange/identity_card/citizen_card.h"

#include "base/text.h"
#include "exchange/scan_text/scan_text.h"

namespace exchange::identity_card {
namespace {

using scan_text::FieldError;

base::Result<base::Date> ReadDate(std::string_view text, std::string_view label,
                                  std::string_view field) {
  constexpr std::string_view kProblem =
      "không phải ngày dạng ngày-tháng-năm 8 chữ số. Hãy quét lại hoặc gõ tay từ mặt thẻ.";
  if (text.size() != 8 || !base::IsDigits(text)) return FieldError(label, field, text, kProblem);
  const auto number = [&](size_t from, size_t count) {
    int value = 0;
    for (const char c : text.substr(from, count)) value = value * 10 + (c - '0');
    return value;
  };
  const auto date = base::Date::FromParts(number(4, 4), number(2, 2), number(0, 2));
  if (!date.ok() || date->year < 1850) return FieldError(label, field, {}, kProblem);
  return date;
}

base::Result<Sex> ReadSex(std::string_view text) {
  const std::string folded = base::Fold(text);
  if (folded == "nam") return Sex::kMale;
  if (folded == "nu") return Sex::kFemale;
  return base::Invalid("Giới tính phải là Nam hoặc Nữ. Hãy quét lại hoặc chọn bằng tay.", "sex");
}

std::string_view Said(Sex sex) { return sex == Sex::kMale ? "Nam" : "Nữ"; }

void CrossCheck(CitizenCard& card, const PersonalNumber& number) {
  if (number.birth_year != card.birth_date.year) {
    card.warnings.push_back("Năm sinh trong số CCCD (" + std::to_string(number.birth_year) +
                            ") khác năm sinh trên thẻ. Hãy đối chiếu với mặt thẻ.");
  }
  if (number.sex != card.sex) {
    card.warnings.push_back("Giới tính trong số CCCD (" + std::string(Said(number.sex)) +
                            ") khác giới tính trên thẻ. Hãy đối chiếu với mặt thẻ.");
  }
  if (card.issue_date < card.birth_date)
    card.warnings.emplace_back("Ngày cấp thẻ trước ngày sinh. Hãy đối chiếu với mặt thẻ.");
}

}  // namespace

// vietnam.md §6 [working software]: CCCD | old CMND or empty | full name | DDMMYYYY birth |
// Nam/Nữ | permanent address | DDMMYYYY issue. The 2024 Căn cước card may carry more fields after
// these: ignored.
base::Result<CitizenCard> ParseCitizenCard(std::string_view text) {
  const auto fields = base::Split(text, '|');
  TRY_ASSIGN(const PersonalNumber number, ParsePersonalNumber(base::Trim(fields[0])));
  if (fields.size() < 7) {
    return base::Invalid("Mã CCCD bị đọc thiếu: cần 7 trường, chỉ có " +
                             std::to_string(fields.size()) + ". Hãy đưa thẻ gần hơn và quét lại.",
                         "scan");
  }
  CitizenCard card;
  card.personal_number = number.text;
  card.old_id = std::string(base::Trim(fields[1]));
  if (!card.old_id.empty() &&
      (!base::IsDigits(card.old_id) || (card.old_id.size() != 9 && card.old_id.size() != 12))) {
    return FieldError("Số CMND cũ", "old_id", card.old_id,
                      "phải có 9 hoặc 12 chữ số hoặc để trống. Hãy quét lại.");
  }
  TRY_ASSIGN(card.name, scan_text::ReadName(fields[2], "Họ tên", "name"));
  TRY_ASSIGN(card.birth_date, ReadDate(base::Trim(fields[3]), "Ngày sinh", "birth_date"));
  TRY_ASSIGN(card.sex, ReadSex(fields[4]));
  TRY_ASSIGN(card.address, scan_text::ReadFreeText(fields[5], "Địa chỉ", "address"));
  TRY_ASSIGN(card.issue_date, ReadDate(base::Trim(fields[6]), "Ngày cấp thẻ", "issue_date"));
  CrossCheck(card, number);
  return card;
}

bool LooksLikeCitizenCard(std::string_view text) {
  const auto fields = base::Split(text, '|');
  if (fields.size() < 2) return false;
  const std::string_view number = base::Trim(fields[0]);
  // A card QR of the insurance fund also begins with a number, but ends with '$' and writes the
  // birth date with slashes.
  return !text.ends_with('$') &&
         (fields.size() < 3 || fields[2].find('/') == std::string_view::npos) &&
         number.size() >= 9 && number.size() <= 14;
}

}  // namespace exchange::identity_card
