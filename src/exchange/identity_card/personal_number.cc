#include "exchange/identity_card/personal_number.h"

#include "base/text.h"
#include "exchange/scan_text/scan_text.h"

namespace exchange::identity_card {

// NĐ 137/2015/NĐ-CP (vietnam.md §6): 3 digits province or country of birth registration, 1 digit
// century and sex (20th century male 0, female 1; 21st 2 / 3 …), 2 digits year of birth, 6 random.
// There is no check digit.
base::Result<PersonalNumber> ParsePersonalNumber(std::string_view text) {
  if (text.size() != 12 || !base::IsDigits(text)) {
    return scan_text::FieldError("Số CCCD", "personal_number", text,
                                 "phải có đúng 12 chữ số. Hãy quét lại hoặc gõ tay từ mặt thẻ.");
  }
  const int century_and_sex = text[3] - '0';
  return PersonalNumber{
      .text = std::string(text),
      .birth_place = std::string(text.substr(0, 3)),
      .birth_year = 1900 + 100 * (century_and_sex / 2) + (text[4] - '0') * 10 + (text[5] - '0'),
      .sex = century_and_sex % 2 == 0 ? Sex::kMale : Sex::kFemale};
}

}  // namespace exchange::identity_card
