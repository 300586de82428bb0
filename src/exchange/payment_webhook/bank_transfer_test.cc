#include "exchange/payment_webhook/bank_transfer.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "security/digest.h"

namespace exchange::payment_webhook {
namespace {

const base::Instant kNow = *base::Instant::Parse("2026-11-21T09:00:00+07:00");

constexpr std::string_view kSepayBody =
    R"({"id":92704,"gateway":"Vietcombank","transactionDate":"2026-11-21 08:59:37","accountNumber":"0011012345678","code":null,"content":"TYT7K2M9QXA chuyen tien","transferType":"in","transferAmount":2277000,"accumulated":19077000,"subAccount":null,"referenceCode":"MBVCB.3278907687","description":""})";
constexpr std::string_view kCassoV1Body =
    R"({"error":0,"data":[{"id":1001,"tid":"FT1","description":"TYT7K2M9QXA","amount":79000,"cusum_balance":1,"when":"2026-11-21 08:00:00","bank_sub_acc_id":"0011"},{"id":1002,"tid":"FT2","description":"rut","amount":-5000,"when":"2026-11-21 08:01:00","bank_sub_acc_id":"0011"}]})";
constexpr std::string_view kCassoV2Body =
    R"({"error":0,"data":{"id":7,"reference":"R1","description":"TYT7K2M9QXA","amount":150000,"runningBalance":1,"transactionDateTime":"2026-11-21 08:59:59","accountNumber":"0011","bankName":"VCB","virtualAccountNumber":"","counterAccountName":"A"}})";

std::string SepaySignature(std::string_view body, std::string_view stamp, std::string_view secret) {
  return "sha256=" +
         base::ToHex(security::HmacSha256(secret, std::string(stamp) + "." + std::string(body)));
}

std::string Seconds(int64_t offset_minutes) {
  return std::to_string(kNow.millis / 1000 + offset_minutes * 60);
}

TEST(ReadSepay, ReadsATransferProvenByHmac) {
  const std::string stamp = Seconds(0), signature = SepaySignature(kSepayBody, stamp, "s3cret");
  const auto got = ReadSepay(kSepayBody, {.sepay_timestamp = stamp, .sepay_signature = signature},
                             {.hmac_secret = "s3cret"}, kNow);
  ASSERT_TRUE(got.ok()) << got.error().detail;
  ASSERT_EQ(got->size(), 1U);
  const BankTransfer& transfer = got->front();
  EXPECT_EQ(transfer.id, "92704");
  EXPECT_EQ(transfer.amount, 2277000);
  EXPECT_EQ(transfer.direction, Direction::kIn);
  EXPECT_EQ(transfer.content, "TYT7K2M9QXA chuyen tien");
  EXPECT_EQ(transfer.account, "0011012345678");
  EXPECT_EQ(transfer.reference, "MBVCB.3278907687");
  EXPECT_EQ(transfer.at.ToLocal(), "2026-11-21T08:59:37.000+07:00");
}

TEST(ReadSepay, MatchesASignatureMadeElsewhere) {
  // printf '1700000000.{}' | openssl dgst -sha256 -hmac key
  const auto got =
      ReadSepay("{}",
                {.sepay_timestamp = "1700000000",
                 .sepay_signature =
                     "sha256=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae"},
                {.hmac_secret = "key"}, {1'700'000'000'000});
  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error().code, base::ErrorCode::kInvalid) << "proven, but no transfer";
}

TEST(ReadSepay, RefusesWhatIsNotProven) {
  const std::string stamp = Seconds(0), signature = SepaySignature(kSepayBody, stamp, "s3cret");
  const auto refused = [&](std::string_view body, const Headers& headers, const Secrets& secrets) {
    const auto got = ReadSepay(body, headers, secrets, kNow);
    return !got.ok() && got.error().code == base::ErrorCode::kUnauthenticated;
  };
  const Headers good{.sepay_timestamp = stamp, .sepay_signature = signature};
  EXPECT_TRUE(refused(kSepayBody, good, {.hmac_secret = "other"}));
  EXPECT_TRUE(refused(kSepayBody, good, {})) << "nothing configured, nothing accepted";
  EXPECT_TRUE(refused(kSepayBody, {}, {.hmac_secret = "s3cret"}));
  EXPECT_TRUE(
      refused(kSepayBody, {.authorization = "Apikey k"}, {.api_key = "k", .hmac_secret = "s3cret"}))
      << "no downgrade to the key";
  std::string other(kSepayBody);
  other.replace(other.find("2277000"), 7, "9277000");
  EXPECT_TRUE(refused(other, good, {.hmac_secret = "s3cret"}));
  EXPECT_TRUE(refused(std::string(kSepayBody) + " ", good, {.hmac_secret = "s3cret"}));
  const std::string later = Seconds(1);
  EXPECT_TRUE(refused(kSepayBody, {.sepay_timestamp = later, .sepay_signature = signature},
                      {.hmac_secret = "s3cret"}));
}

TEST(ReadSepay, RefusesAReplayOutsideTheWindow) {
  for (const int64_t minutes : {-41, 41}) {
    const std::string stamp = Seconds(minutes), signature = SepaySignature(kSepayBody, stamp, "k");
    const auto got = ReadSepay(kSepayBody, {.sepay_timestamp = stamp, .sepay_signature = signature},
                               {.hmac_secret = "k"}, kNow);
    ASSERT_FALSE(got.ok());
    EXPECT_EQ(got.error().code, base::ErrorCode::kUnauthenticated);
  }
}

TEST(ReadSepay, AcceptsTheApiKeyWhenThatIsWhatWasAgreed) {
  EXPECT_TRUE(
      ReadSepay(kSepayBody, {.authorization = "Apikey k3y"}, {.api_key = "k3y"}, kNow).ok());
  EXPECT_FALSE(
      ReadSepay(kSepayBody, {.authorization = "Apikey k3z"}, {.api_key = "k3y"}, kNow).ok());
  EXPECT_FALSE(ReadSepay(kSepayBody, {.authorization = "Apikey "}, {.api_key = ""}, kNow).ok());
}

TEST(ReadSepay, RefusesBodiesThatMakeNoSense) {
  const auto read = [&](std::string from, std::string to) {
    std::string body(kSepayBody);
    body.replace(body.find(from), from.size(), to);
    return ReadSepay(body, {.authorization = "Apikey k"}, {.api_key = "k"}, kNow);
  };
  for (const auto& [from, to] :
       std::vector<std::pair<std::string, std::string>>{{"2277000", "2277000.5"},
                                                        {"2277000", "-1"},
                                                        {"2277000", "0"},
                                                        {"2277000", "1e9"},
                                                        {"2277000", "99999999999999"},
                                                        {"92704", "null"},
                                                        {"\"in\"", "\"maybe\""},
                                                        {"08:59:37", "25:59:37"},
                                                        {"2026-11-21", "2026-02-30"},
                                                        {"\"content\"", "\"id\""}}) {
    const auto got = read(from, to);
    ASSERT_FALSE(got.ok()) << to;
    EXPECT_EQ(got.error().code, base::ErrorCode::kInvalid) << to;
  }
  EXPECT_FALSE(ReadSepay("[", {.authorization = "Apikey k"}, {.api_key = "k"}, kNow).ok());
}

TEST(ReadCasso, ReadsVersionOneWithItsToken) {
  const auto got = ReadCasso(kCassoV1Body, {.secure_token = "tok"}, {.api_key = "tok"}, kNow);
  ASSERT_TRUE(got.ok()) << got.error().message;
  ASSERT_EQ(got->size(), 2U);
  EXPECT_EQ((*got)[0].id, "1001");
  EXPECT_EQ((*got)[0].amount, 79000);
  EXPECT_EQ((*got)[0].reference, "FT1");
  EXPECT_EQ((*got)[1].direction, Direction::kOut);
  EXPECT_EQ((*got)[1].amount, 5000);
  EXPECT_FALSE(ReadCasso(kCassoV1Body, {.secure_token = "tox"}, {.api_key = "tok"}, kNow).ok());
  EXPECT_FALSE(ReadCasso(kCassoV1Body, {}, {}, kNow).ok());
}

TEST(ReadCasso, ReadsVersionTwoSignedOverTheSortedBodyOrItsData) {
  const std::string stamp = std::to_string(kNow.millis);
  const std::string data =
      R"({"accountNumber":"0011","amount":150000,"bankName":"VCB","counterAccountName":"A","description":"TYT7K2M9QXA","id":7,"reference":"R1","runningBalance":1,"transactionDateTime":"2026-11-21 08:59:59","virtualAccountNumber":""})";
  for (const std::string& text : {data, "{\"data\":" + data + ",\"error\":0}"}) {
    const std::string header =
        "t=" + stamp + ",v1=" + base::ToHex(security::HmacSha512("ck", stamp + "." + text));
    const auto got =
        ReadCasso(kCassoV2Body, {.casso_signature = header}, {.hmac_secret = "ck"}, kNow);
    ASSERT_TRUE(got.ok()) << got.error().detail;
    EXPECT_EQ(got->front().id, "7");
    EXPECT_EQ(got->front().amount, 150000);
    EXPECT_EQ(got->front().account, "0011");
    EXPECT_FALSE(
        ReadCasso(kCassoV2Body, {.casso_signature = header}, {.hmac_secret = "cx"}, kNow).ok());
    EXPECT_FALSE(ReadCasso(kCassoV2Body, {.casso_signature = header}, {.hmac_secret = "ck"},
                           kNow.AddMillis(kReplayWindowMillis + 1))
                     .ok());
  }
  EXPECT_FALSE(
      ReadCasso(kCassoV2Body, {.casso_signature = "t=,v1="}, {.hmac_secret = "ck"}, kNow).ok());
}

TEST(ReadCasso, RefusesAnErrorReport) {
  EXPECT_FALSE(
      ReadCasso(R"({"error":1,"data":[]})", {.secure_token = "t"}, {.api_key = "t"}, kNow).ok());
  EXPECT_FALSE(ReadCasso(R"({"error":0})", {.secure_token = "t"}, {.api_key = "t"}, kNow).ok());
}

}  // namespace
}  // namespace exchange::payment_webhook
