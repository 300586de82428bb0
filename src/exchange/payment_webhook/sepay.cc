#include <string>

#include "exchange/payment_webhook/bank_transfer.h"
#include "exchange/payment_webhook/fields.h"
#include "security/digest.h"

namespace exchange::payment_webhook {
namespace {

// https://developer.sepay.vn (vietnam.md §8.2): Authorization "Apikey <key>", or
// X-SePay-Signature "sha256=<hex HMAC-SHA256("{timestamp}.{raw body}")>" with
// X-SePay-Timestamp in Unix seconds.
base::Status Verify(std::string_view body, const Headers& headers, const Secrets& secrets,
                    base::Instant now) {
  if (!secrets.hmac_secret.empty()) {
    constexpr std::string_view kScheme = "sha256=";
    if (!headers.sepay_signature.starts_with(kScheme)) return Unproven("no sepay signature");
    TRY(CheckFresh(headers.sepay_timestamp, 1000, now));
    const std::string expected = security::HmacSha256(
        secrets.hmac_secret, std::string(headers.sepay_timestamp) + "." + std::string(body));
    if (!MatchesHex(headers.sepay_signature.substr(kScheme.size()), expected))
      return Unproven("sepay signature does not match");
    return base::Ok();
  }
  if (secrets.api_key.empty()) return Unproven("no sepay secret is configured");
  if (!security::ConstantTimeEqual(headers.authorization, "Apikey " + secrets.api_key))
    return Unproven("sepay api key does not match");
  return base::Ok();
}

}  // namespace

base::Result<std::vector<BankTransfer>> ReadSepay(std::string_view body, const Headers& headers,
                                                  const Secrets& secrets, base::Instant now) {
  TRY(Verify(body, headers, secrets, now));
  TRY_ASSIGN(const base::Json json, base::Json::Parse(body, kBodyLimits));
  BankTransfer transfer;
  transfer.provider = Provider::kSepay;
  TRY_ASSIGN(transfer.id, ReadId(json["id"], "id"));
  const std::string& type = json["transferType"].String();
  if (type != "in" && type != "out")
    return base::Invalid("Thông báo chuyển khoản không nói tiền vào hay ra.", "transferType");
  transfer.direction = type == "in" ? Direction::kIn : Direction::kOut;
  TRY_ASSIGN(transfer.amount, ReadAmount(json["transferAmount"], "transferAmount"));
  if (transfer.amount < 0) return base::Invalid("Số tiền âm.", "transferAmount");
  transfer.content = ReadText(json["content"]);
  transfer.account = ReadText(json["subAccount"]);
  if (transfer.account.empty()) transfer.account = ReadText(json["accountNumber"]);
  transfer.reference = ReadText(json["referenceCode"]);
  TRY_ASSIGN(transfer.at, ReadTime(json["transactionDate"], "transactionDate"));
  return std::vector<BankTransfer>{std::move(transfer)};
}

std::string_view Name(Provider provider) {
  switch (provider) {
    case Provider::kSepay: return "sepay";
    case Provider::kCasso: return "casso";
  }
  return "";
}

}  // namespace exchange::payment_webhook
