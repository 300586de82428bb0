#include <algorithm>
#include <string>

#include "base/text.h"
#include "exchange/payment_webhook/bank_transfer.h"
#include "exchange/payment_webhook/fields.h"
#include "security/digest.h"

namespace exchange::payment_webhook {
namespace {

using base::Json;

Json Sorted(const Json& value) {
  if (value.IsArray()) {
    Json out = Json::Arr();
    for (const auto& item : value.Items()) out.Push(Sorted(item));
    return out;
  }
  if (!value.IsObject()) return value;
  Json::Object members;
  for (const auto& [key, member] : value.Members()) members.emplace_back(key, Sorted(member));
  std::sort(members.begin(), members.end(),
            [](const auto& left, const auto& right) { return left.first < right.first; });
  return Json(std::move(members));
}

struct SignatureParts {
  std::string_view timestamp;
  std::string_view v1;
};

SignatureParts Split(std::string_view header) {
  SignatureParts parts;
  for (std::string_view part : base::Split(header, ',')) {
    part = base::Trim(part);
    if (part.starts_with("t=")) parts.timestamp = part.substr(2);
    if (part.starts_with("v1=")) parts.v1 = part.substr(3);
  }
  return parts;
}

// casso.vn (vietnam.md §8.2). v2: X-Casso-Signature "t=<ms>,v1=<hex>", v1 = HMAC-SHA512 of
// t + "." + JSON with keys sorted recursively, compact. The sources do not agree whether that JSON
// is the whole body or its member "data"; both need the secret, so either is accepted. How Casso
// escapes "/" and non-ASCII letters there is unverified; compact UTF-8 is assumed.
base::Status VerifyV2(std::string_view body, std::string_view header, const std::string& secret,
                      base::Instant now) {
  const SignatureParts parts = Split(header);
  if (parts.timestamp.empty() || parts.v1.empty()) return Unproven("no casso signature");
  TRY(CheckFresh(parts.timestamp, 1, now));
  const auto json = Json::Parse(body, kBodyLimits);
  if (!json.ok()) return Unproven("casso body is not JSON");
  const Json sorted = Sorted(*json);
  const std::string head = std::string(parts.timestamp) + ".";
  const bool whole = MatchesHex(parts.v1, security::HmacSha512(secret, head + sorted.Dump()));
  const bool data =
      MatchesHex(parts.v1, security::HmacSha512(secret, head + sorted["data"].Dump()));
  if (!whole && !data) return Unproven("casso signature does not match");
  return base::Ok();
}

base::Status Verify(std::string_view body, const Headers& headers, const Secrets& secrets,
                    base::Instant now) {
  if (!secrets.hmac_secret.empty())
    return VerifyV2(body, headers.casso_signature, secrets.hmac_secret, now);
  if (secrets.api_key.empty()) return Unproven("no casso secret is configured");
  if (!security::ConstantTimeEqual(headers.secure_token, secrets.api_key))
    return Unproven("casso token does not match");
  return base::Ok();
}

// v1 and v2 name the same things differently.
struct FieldNames {
  const char* reference;
  const char* account;
  const char* sub_account;
  const char* time;
};
constexpr FieldNames kV1{"tid", "bank_sub_acc_id", "virtual_account", "when"};
constexpr FieldNames kV2{"reference", "accountNumber", "virtualAccountNumber",
                         "transactionDateTime"};

base::Result<BankTransfer> ReadTransfer(const Json& json, const FieldNames& names) {
  BankTransfer transfer;
  transfer.provider = Provider::kCasso;
  TRY_ASSIGN(transfer.id, ReadId(json["id"], "data.id"));
  TRY_ASSIGN(transfer.amount, ReadAmount(json["amount"], "data.amount"));
  transfer.direction = transfer.amount < 0 ? Direction::kOut : Direction::kIn;
  transfer.amount = std::abs(transfer.amount);
  transfer.content = ReadText(json["description"]);
  transfer.account = ReadText(json[names.sub_account]);
  if (transfer.account.empty()) transfer.account = ReadText(json[names.account]);
  transfer.reference = ReadText(json[names.reference]);
  TRY_ASSIGN(transfer.at, ReadTime(json[names.time], std::string("data.") + names.time));
  return transfer;
}

}  // namespace

base::Result<std::vector<BankTransfer>> ReadCasso(std::string_view body, const Headers& headers,
                                                  const Secrets& secrets, base::Instant now) {
  TRY(Verify(body, headers, secrets, now));
  TRY_ASSIGN(const Json json, Json::Parse(body, kBodyLimits));
  if (json["error"].Int(-1) != 0)
    return base::Invalid("Nhà cung cấp báo lỗi trong thông báo chuyển khoản.", "error");
  const Json& data = json["data"];
  if (!data.IsObject() && !data.IsArray())
    return base::Invalid("Thông báo chuyển khoản không có giao dịch.", "data");
  std::vector<BankTransfer> transfers;
  if (data.IsObject()) {
    TRY_ASSIGN(BankTransfer transfer, ReadTransfer(data, kV2));
    transfers.push_back(std::move(transfer));
  }
  for (const auto& item : data.Items()) {
    TRY_ASSIGN(BankTransfer transfer, ReadTransfer(item, kV1));
    transfers.push_back(std::move(transfer));
  }
  return transfers;
}

}  // namespace exchange::payment_webhook
