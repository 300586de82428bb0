#include "exchange/payment_qr/tlv.h"

#include "base/text.h"

namespace exchange::payment_qr {
namespace {

int TwoDigits(std::string_view text) { return (text[0] - '0') * 10 + (text[1] - '0'); }

std::string FieldName(std::string_view where, std::string_view id) {
  return where.empty() ? std::string(id) : std::string(where) + "." + std::string(id);
}

}  // namespace

base::Result<Fields> ReadFields(std::string_view text, std::string_view where) {
  Fields fields;
  while (!text.empty()) {
    if (text.size() < 4 || !base::IsDigits(text.substr(0, 4))) {
      return base::Invalid(
          "Mã VietQR bị cắt hoặc sai độ dài một trường. Hãy quét lại; nếu vẫn lỗi, yêu cầu mã mới.",
          where.empty() ? "scan" : std::string(where));
    }
    const std::string_view id = text.substr(0, 2);
    const auto length = static_cast<size_t>(TwoDigits(text.substr(2)));
    if (text.size() - 4 < length) {
      return base::Invalid("Mã VietQR bị cắt ở trường " + FieldName(where, id) + ". Hãy quét lại.",
                           FieldName(where, id));
    }
    auto& slot = fields[static_cast<size_t>(TwoDigits(id))];
    if (slot) {
      return base::Invalid("Mã VietQR lặp trường " + FieldName(where, id) +
                               ". Đừng chuyển tiền theo mã này; hãy yêu cầu mã mới.",
                           FieldName(where, id));
    }
    slot = text.substr(4, length);
    text.remove_prefix(4 + length);
  }
  return fields;
}

void AppendField(std::string& out, int id, std::string_view value) {
  CHECK(value.size() <= 99);
  const auto two_digits = [&](size_t number) {
    out += static_cast<char>('0' + number / 10);
    out += static_cast<char>('0' + number % 10);
  };
  two_digits(static_cast<size_t>(id));
  two_digits(value.size());
  out += value;
}

}  // namespace exchange::payment_qr
