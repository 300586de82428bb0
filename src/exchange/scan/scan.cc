#include "exchange/scan/scan.h"

#include <optional>

#include "base/text.h"
#include "exchange/scan_text/scan_text.h"

namespace exchange::scan {
namespace {

bool IsCodeText(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) return false;
  }
  return true;
}

std::string AsciiUpper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return out;
}

// TT 26/2025 annex I (vietnam.md §7.1): ^[A-Za-z0-9]{5}[0-9a-z]{7}-[NHCT]$, compared without case.
bool IsPrescriptionCode(std::string_view upper) {
  return upper.size() == 14 && upper[12] == '-' && IsCodeText(upper.substr(0, 12)) &&
         std::string_view("NHCT").find(upper[13]) != std::string_view::npos;
}

std::optional<Code> ReadOwnCode(std::string_view text) {
  const std::string upper = AsciiUpper(text);
  const std::string_view view = upper;
  if (view.starts_with("DH-") && view.size() >= 9 && view.size() <= 13 &&
      IsCodeText(view.substr(3)))
    return Code{CodeKind::kBooking, upper};
  if (view.size() == 4 && view[0] >= 'A' && view[0] <= 'Z' && base::IsDigits(view.substr(1)))
    return Code{CodeKind::kTicket, upper};
  if (view.size() == 9 && view[2] == '-' && base::IsDigits(view.substr(0, 2)) &&
      base::IsDigits(view.substr(3)))
    return Code{CodeKind::kPatientNumber, upper};
  if (view.starts_with("TAM-") && view.size() > 4 && view.size() <= 40) {
    for (const auto part : base::Split(view.substr(4), '-')) {
      if (!IsCodeText(part)) return std::nullopt;
    }
    return Code{CodeKind::kTemporaryId, upper};
  }
  if (view.starts_with("TYT") && view.size() == 11 && IsCodeText(view)) {
    return Code{CodeKind::kBill, upper};
  }
  if (IsPrescriptionCode(view)) return Code{CodeKind::kPrescription, std::string(text)};
  return std::nullopt;
}

// Codes may be longer than any name and written without '|': a number garbled by an input method.
bool HasDigit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

template <class T>
base::Result<Scan> AsScan(base::Result<T> result) {
  if (!result.ok()) return std::move(result).error();
  return Scan(std::move(result).value());
}

base::Result<Scan> ReadNumber(std::string_view digits) {
  if (digits.size() == 12) return AsScan(identity_card::ParsePersonalNumber(digits));
  if (digits.size() == 10) return AsScan(insurance::ParseCardNumber(digits));
  if (digits.size() == 9) return Scan(OldIdNumber{std::string(digits)});
  return base::Invalid("Dãy số có " + std::to_string(digits.size()) +
                           " chữ số, không phải CCCD (12), BHYT (10) hay CMND (9). Hãy quét lại "
                           "hoặc kiểm tra số đã gõ.",
                       "scan");
}

base::Result<Scan> ReadName(std::string_view text) {
  // "Nguyễn Văn A 1990": the year of birth helps the search.
  std::string_view name = text;
  if (text.size() > 5 && text[text.size() - 5] == ' ' &&
      base::IsDigits(text.substr(text.size() - 4)))
    name = text.substr(0, text.size() - 5);
  if (HasDigit(name)) {
    return scan_text::FieldError(
        "Chuỗi này", "scan", text,
        "không phải mã thẻ, mã hẹn hay họ tên. Hãy quét lại hoặc gõ họ tên.");
  }
  TRY_ASSIGN(std::string clean, scan_text::ReadName(name, "Họ tên", "name"));
  if (name.size() != text.size()) clean += text.substr(text.size() - 5);
  return Scan(NameText{std::move(clean)});
}

}  // namespace

base::Result<Scan> ReadScan(std::string_view text) {
  TRY_ASSIGN(const std::string clean, scan_text::Clean(text));
  if (clean.find('|') != std::string::npos) {
    if (identity_card::LooksLikeCitizenCard(clean))
      return AsScan(identity_card::ParseCitizenCard(clean));
    if (insurance::LooksLikeCardQr(clean)) return AsScan(insurance::ParseCardQr(clean));
    return scan_text::FieldError(
        "Mã quét", "scan", base::Split(clean, '|')[0],
        "không phải thẻ CCCD hay thẻ BHYT. Hãy quét lại mã QR trên thẻ, hoặc gõ họ tên.");
  }
  if (payment_qr::LooksLikePaymentQr(clean)) return AsScan(payment_qr::Parse(clean));
  if (base::IsDigits(clean)) return ReadNumber(clean);
  if (auto code = ReadOwnCode(clean)) return Scan(*std::move(code));
  if (clean.size() >= 13 && HasDigit(clean)) {
    auto number = insurance::ParseCardNumber(clean);
    if (number.ok()) return AsScan(std::move(number));
  }
  return ReadName(clean);
}

}  // namespace exchange::scan
