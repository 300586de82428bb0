#include "exchange/payment_webhook/fields.h"

#include "base/text.h"
#include "exchange/payment_webhook/bank_transfer.h"
#include "security/digest.h"

namespace exchange::payment_webhook {
namespace {

int Number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

base::Error Malformed(std::string_view field) {
  return base::Invalid("Thông báo chuyển khoản sai định dạng. Hãy kiểm tra cấu hình webhook.",
                       std::string(field));
}

}  // namespace

base::Error Unproven(std::string_view detail) {
  return {base::ErrorCode::kUnauthenticated,
          "Thông báo chuyển khoản không chứng minh được nguồn gửi.",
          {},
          std::string(detail)};
}

base::Result<int64_t> ReadAmount(const base::Json& value, std::string_view field) {
  const std::string text = value.IsNumber()   ? std::string(value.NumberText())
                           : value.IsString() ? value.String()
                                              : "";
  const auto amount = base::Decimal::Parse(text);
  if (!amount.ok()) return Malformed(field);
  const auto whole = amount->ToInteger();
  if (!whole.ok() || *whole == 0 || *whole > 9'999'999'999'999 || *whole < -9'999'999'999'999)
    return Malformed(field);
  return *whole;
}

base::Result<std::string> ReadId(const base::Json& value, std::string_view field) {
  std::string id = value.IsNumber() ? std::string(value.NumberText()) : value.String();
  if (id.empty() || id.size() > 100) return Malformed(field);
  return id;
}

base::Result<base::Instant> ReadTime(const base::Json& value, std::string_view field) {
  const std::string& text = value.String();
  if (text.find('T') != std::string::npos && text.size() > 19) {
    const auto instant = base::Instant::Parse(text);
    if (instant.ok()) return *instant;
    return Malformed(field);
  }
  const std::string_view view = text;
  if (view.size() != 19 || (view[10] != ' ' && view[10] != 'T') || view[13] != ':' ||
      view[16] != ':' || !base::IsDigits(view.substr(11, 2)) ||
      !base::IsDigits(view.substr(14, 2)) || !base::IsDigits(view.substr(17, 2)))
    return Malformed(field);
  const auto date = base::Date::ParseIso(view.substr(0, 10));
  const int hour = Number(view.substr(11, 2));
  const int minute = Number(view.substr(14, 2));
  const int second = Number(view.substr(17, 2));
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return Malformed(field);
  return base::LocalMidnight(*date).AddMillis(((hour * 60LL + minute) * 60 + second) * 1000);
}

std::string ReadText(const base::Json& value) {
  return value.IsNumber() ? std::string(value.NumberText()) : value.String();
}

base::Status CheckFresh(std::string_view text, int64_t unit_millis, base::Instant now) {
  if (!base::IsDigits(text) || text.size() > 13) return Unproven("timestamp is not a number");
  int64_t stamp = 0;
  for (const char c : text) stamp = stamp * 10 + (c - '0');
  if (stamp > INT64_MAX / 1000) return Unproven("timestamp out of range");
  const int64_t distance = now.millis - stamp * unit_millis;
  if (distance > kReplayWindowMillis || distance < -kReplayWindowMillis)
    return Unproven("timestamp outside the replay window");
  return base::Ok();
}

bool MatchesHex(std::string_view hex, std::string_view expected) {
  const auto bytes = base::FromHex(hex);
  return bytes && security::ConstantTimeEqual(*bytes, expected);
}

}  // namespace exchange::payment_webhook
