#include "exchange/insurance/card_number.h"

#include "base/text.h"
#include "exchange/scan_text/scan_text.h"

namespace exchange::insurance {
namespace {

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

// vietnam.md §2.2: ^([0-9]{12}|[0-9]{10}|[A-Z]{2}[0-9]{13})$; §5.1: AA L PP NNNNNNNNNN with levels
// 1 to 5. The list of groups is not closed in the sources, so an unknown group is let through.
base::Result<CardNumber> ParseCardNumber(std::string_view text) {
  std::string compact;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    compact += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  CardNumber number;
  number.text = compact;
  if (compact.size() == 12 && base::IsDigits(compact)) {
    number.kind = CardNumberKind::kPersonalNumber;
    return number;
  }
  if (compact.size() == 10 && base::IsDigits(compact)) {
    number.social_insurance = compact;
    return number;
  }
  if (compact.size() != 15 || !IsUpper(compact[0]) || !IsUpper(compact[1]) ||
      !base::IsDigits(std::string_view(compact).substr(2))) {
    return scan_text::FieldError(
        "Số thẻ BHYT", "number", text,
        "phải có 10 số, 12 số, hoặc 15 ký tự (2 chữ và 13 số). Hãy quét lại hoặc gõ tay từ thẻ.");
  }
  if (compact[2] < '1' || compact[2] > '5') {
    return base::Invalid("Số thẻ BHYT có mức hưởng (ký tự thứ 3) ngoài 1–5. Hãy kiểm tra lại thẻ.",
                         "number");
  }
  number.kind = CardNumberKind::kFull;
  number.group = compact.substr(0, 2);
  number.level = compact[2] - '0';
  number.province = compact.substr(3, 2);
  number.social_insurance = compact.substr(5);
  return number;
}

}  // namespace exchange::insurance
