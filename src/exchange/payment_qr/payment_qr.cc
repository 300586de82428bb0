#include "exchange/payment_qr/payment_qr.h"

#include <charconv>

#include "base/text.h"
#include "exchange/payment_qr/crc16.h"
#include "exchange/payment_qr/tlv.h"
#include "exchange/scan_text/scan_text.h"

namespace exchange::payment_qr {
namespace {

// NAPAS QR format, 09/2021 (vietnam.md §8.1).
constexpr std::string_view kNapas = "A000000727";
constexpr std::string_view kToAccount = "QRIBFTTA";
constexpr std::string_view kToCard = "QRIBFTTC";

std::string CrcText(std::string_view covered) {
  constexpr char kHex[] = "0123456789ABCDEF";
  const uint16_t crc = Crc16(covered);
  return {kHex[crc >> 12], kHex[(crc >> 8) & 15], kHex[(crc >> 4) & 15], kHex[crc & 15]};
}

bool IsPrintableAscii(std::string_view text) {
  for (const char c : text) {
    if (c < 0x20 || c > 0x7E) return false;
  }
  return true;
}

bool IsAccount(std::string_view text, AccountKind kind) {
  if (kind == AccountKind::kCard)
    return base::IsDigits(text) && text.size() >= 13 && text.size() <= 19;
  if (text.empty() || text.size() > 19) return false;
  for (const char c : text) {
    if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) return false;
  }
  return true;
}

std::string SwapCase(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 32);
    else if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c + 32);
  }
  return out;
}

// The CRC is field 63, last, and covers everything up to and including "6304".
base::Status CheckCrc(std::string_view text) {
  if (text.size() < 8 || text.substr(text.size() - 8, 4) != "6304") {
    return base::Invalid("Mã VietQR bị đọc thiếu (không thấy mã kiểm tra ở cuối). Hãy quét lại.",
                         "63");
  }
  const auto matches = [](std::string_view whole) {
    // Upper-case hex in the standard; some scanners and generators write lower case.
    return base::ToAsciiUpper(whole.substr(whole.size() - 4)) ==
           CrcText(whole.substr(0, whole.size() - 4));
  };
  if (matches(text)) return base::Ok();
  if (matches(SwapCase(text))) {
    return base::Invalid(
        "Phím Caps Lock đang bật nên mã VietQR bị đảo chữ hoa. Hãy tắt và quét lại.", "63");
  }
  return base::Invalid(
      "Mã VietQR sai mã kiểm tra (CRC). Hãy quét lại; nếu vẫn lỗi, đừng chuyển tiền theo mã này.",
      "63");
}

base::Result<int64_t> ReadAmount(std::string_view text) {
  int64_t amount = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (!base::IsDigits(text) || text.size() > 13 || text[0] == '0' || error != std::errc() ||
      end != text.data() + text.size()) {
    return base::Invalid(
        "Số tiền trong mã VietQR phải là số nguyên đồng lớn hơn 0. Hãy yêu cầu mã mới.", "amount");
  }
  return amount;
}

base::Status ReadAccount(std::string_view value, PaymentQr& qr) {
  TRY_ASSIGN(const Fields outer, ReadFields(value, "38"));
  if (outer[0] != kNapas) {
    return base::Invalid("Mã này không phải chuyển khoản NAPAS. Hãy yêu cầu mã VietQR.", "38.00");
  }
  if (outer[2] != kToAccount && outer[2] != kToCard) {
    return base::Invalid("Mã VietQR không nói chuyển đến tài khoản hay thẻ. Hãy yêu cầu mã mới.",
                         "38.02");
  }
  qr.account_kind = outer[2] == kToCard ? AccountKind::kCard : AccountKind::kAccount;
  if (!outer[1])
    return base::Invalid("Mã VietQR thiếu tài khoản nhận. Hãy yêu cầu mã mới.", "account");
  TRY_ASSIGN(const Fields inner, ReadFields(*outer[1], "38.01"));
  if (!inner[0] || inner[0]->size() != 6 || !base::IsDigits(*inner[0])) {
    return base::Invalid("Mã ngân hàng (BIN) trong mã VietQR phải có 6 chữ số. Hãy yêu cầu mã mới.",
                         "bin");
  }
  if (!inner[1] || !IsAccount(*inner[1], qr.account_kind)) {
    return base::Invalid("Số tài khoản trong mã VietQR không hợp lệ. Hãy yêu cầu mã mới.",
                         "account");
  }
  qr.bin = *inner[0];
  qr.account = *inner[1];
  return base::Ok();
}

base::Status ReadExtra(std::string_view value, PaymentQr& qr) {
  TRY_ASSIGN(const Fields extra, ReadFields(value, "62"));
  const auto text = [&](size_t id) { return std::string(extra[id].value_or("")); };
  qr.bill = text(1);
  qr.reference = text(5);
  qr.terminal = text(7);
  qr.purpose = text(8);
  return base::Ok();
}

base::Error Unwritable(std::string_view field, std::string_view label) {
  return base::Invalid(std::string(label) +
                           " không ghi được vào mã VietQR: chỉ dùng chữ không dấu, số và "
                           "dấu cách, không quá dài.",
                       std::string(field));
}

base::Status CheckWritable(const PaymentQr& qr) {
  if (qr.bin.size() != 6 || !base::IsDigits(qr.bin))
    return Unwritable("bin", "Mã ngân hàng (6 số)");
  if (!IsAccount(qr.account, qr.account_kind)) return Unwritable("account", "Số tài khoản");
  if (qr.amount && (*qr.amount <= 0 || *qr.amount > kMaxAmount)) {
    return base::Invalid("Số tiền phải từ 1 đến 9.999.999.999.999 đồng.", "amount");
  }
  if (qr.dynamic && !qr.amount) return base::Invalid("Mã VietQR động phải có số tiền.", "amount");
  // EMV: additional data at most 25 characters each; banks cut the purpose near there too.
  const std::pair<std::string_view, const std::string*> texts[] = {
      {"bill", &qr.bill},
      {"reference", &qr.reference},
      {"terminal", &qr.terminal},
      {"purpose", &qr.purpose},
      {"merchant_name", &qr.merchant_name},
      {"merchant_city", &qr.merchant_city}};
  for (const auto& [field, text] : texts) {
    const size_t limit = field == "merchant_city" ? 15 : 25;
    if (text->size() > limit || !IsPrintableAscii(*text)) return Unwritable(field, "Nội dung");
  }
  if (qr.bill.size() + qr.reference.size() + qr.terminal.size() + qr.purpose.size() > 99 - 16)
    return Unwritable("purpose", "Nội dung");
  return base::Ok();
}

}  // namespace

base::Result<std::string> Encode(const PaymentQr& qr) {
  TRY(CheckWritable(qr));
  std::string bank;
  AppendField(bank, 0, qr.bin);
  AppendField(bank, 1, qr.account);
  std::string napas;
  AppendField(napas, 0, kNapas);
  AppendField(napas, 1, bank);
  AppendField(napas, 2, qr.account_kind == AccountKind::kCard ? kToCard : kToAccount);
  std::string out;
  AppendField(out, 0, "01");
  AppendField(out, 1, qr.dynamic ? "12" : "11");
  AppendField(out, 38, napas);
  AppendField(out, 53, "704");
  if (qr.amount) AppendField(out, 54, std::to_string(*qr.amount));
  AppendField(out, 58, "VN");
  if (!qr.merchant_name.empty()) AppendField(out, 59, qr.merchant_name);
  if (!qr.merchant_city.empty()) AppendField(out, 60, qr.merchant_city);
  std::string extra;
  if (!qr.bill.empty()) AppendField(extra, 1, qr.bill);
  if (!qr.reference.empty()) AppendField(extra, 5, qr.reference);
  if (!qr.terminal.empty()) AppendField(extra, 7, qr.terminal);
  if (!qr.purpose.empty()) AppendField(extra, 8, qr.purpose);
  if (!extra.empty()) AppendField(out, 62, extra);
  out += "6304";
  return out + CrcText(out);
}

base::Result<PaymentQr> Parse(std::string_view text) {
  if (scan_text::IsRewrittenByInputMethod(text) || !IsPrintableAscii(text)) {
    return scan_text::FieldError("Mã VietQR", "scan", text,
                                 "chứa ký tự ngoài ASCII. Hãy quét lại hoặc yêu cầu mã mới.");
  }
  TRY(CheckCrc(text));
  TRY_ASSIGN(const Fields fields, ReadFields(text, ""));
  PaymentQr qr;
  if (fields[0] != "01") {
    return base::Invalid("Phiên bản mã QR phải là 01. Hãy yêu cầu mã VietQR.", "00");
  }
  if (fields[1] && *fields[1] != "11" && *fields[1] != "12") {
    return base::Invalid("Kiểu mã QR phải là 11 (tĩnh) hoặc 12 (động). Hãy yêu cầu mã mới.", "01");
  }
  qr.dynamic = fields[1] == "12";
  if (!fields[38]) {
    return base::Invalid("Mã này không phải chuyển khoản NAPAS. Hãy yêu cầu mã VietQR.", "38");
  }
  TRY(ReadAccount(*fields[38], qr));
  if (fields[53] != "704") {
    return base::Invalid("Mã VietQR phải dùng đồng Việt Nam (704). Hãy yêu cầu mã mới.",
                         "currency");
  }
  if (fields[58] != "VN") {
    return base::Invalid("Mã VietQR phải có mã nước VN. Hãy yêu cầu mã mới.", "58");
  }
  if (fields[54]) {
    TRY_ASSIGN(qr.amount, ReadAmount(*fields[54]));
  } else if (qr.dynamic) {
    return base::Invalid("Mã VietQR động thiếu số tiền. Hãy yêu cầu mã mới.", "amount");
  }
  qr.merchant_name = fields[59].value_or("");
  qr.merchant_city = fields[60].value_or("");
  if (fields[62]) TRY(ReadExtra(*fields[62], qr));
  return qr;
}

bool LooksLikePaymentQr(std::string_view text) {
  return text.starts_with("000201") && (text.size() != 12 || !base::IsDigits(text));
}

}  // namespace exchange::payment_qr
