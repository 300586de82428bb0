#include "exchange/payment_qr/payment_qr.h"

#include <gtest/gtest.h>

#include "exchange/payment_qr/crc16.h"
#include "exchange/payment_qr/purpose.h"

namespace exchange::payment_qr {
namespace {

// The official vectors of NAPAS (vietnam.md §8.1).
constexpr std::string_view kPrintedStaticAccount =
    "00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN6304F4E"
    "5";
constexpr std::string_view kStaticAccount =
    "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6"
    "F";
constexpr std::string_view kStaticCard =
    "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044"
    "F52";
constexpr std::string_view kDynamicAccount =
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802"
    "VN"
    "62340107NPS68690819thanh toan don hang63042E2E";
constexpr std::string_view kDynamicCard =
    "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC530370454061800005"
    "802VN"
    "62340107NPS68690819thanh toan don hang6304A203";

std::string Signed(std::string body) {
  constexpr char kHex[] = "0123456789ABCDEF";
  body += "6304";
  const uint16_t crc = Crc16(body);
  for (int shift = 12; shift >= 0; shift -= 4) body += kHex[(crc >> shift) & 15];
  return body;
}

TEST(Crc16, GivesThePublishedCheckValue) { EXPECT_EQ(Crc16("123456789"), 0x29B1); }

TEST(Crc16, GivesTheCrcOfAllFourOfficialVectors) {
  for (const auto text : {kPrintedStaticAccount, kStaticCard, kDynamicAccount, kDynamicCard})
    EXPECT_EQ(Signed(std::string(text.substr(0, text.size() - 8))), text);
}

TEST(ParsePaymentQr, ReadsTheOfficialDynamicVectors) {
  const auto account = Parse(kDynamicAccount);
  ASSERT_TRUE(account.ok()) << account.error().message;
  EXPECT_EQ(account->bin, "970403");
  EXPECT_EQ(account->account, "0011012345678");
  EXPECT_EQ(account->account_kind, AccountKind::kAccount);
  EXPECT_TRUE(account->dynamic);
  EXPECT_EQ(account->amount, 180000);
  EXPECT_EQ(account->bill, "NPS6869");
  EXPECT_EQ(account->purpose, "thanh toan don hang");
  const auto card = Parse(kDynamicCard);
  ASSERT_TRUE(card.ok());
  EXPECT_EQ(card->account, "9704031101234567");
  EXPECT_EQ(card->account_kind, AccountKind::kCard);
}

TEST(ParsePaymentQr, ReadsTheOfficialStaticCardAndTheCorrectedStaticAccount) {
  const auto card = Parse(kStaticCard);
  ASSERT_TRUE(card.ok());
  EXPECT_FALSE(card->dynamic);
  EXPECT_FALSE(card->amount);
  const auto account = Parse(kStaticAccount);
  ASSERT_TRUE(account.ok());
  EXPECT_EQ(account->account, "0011012345678");
}

TEST(ParsePaymentQr, RefusesTheOfficialVectorThatContradictsItself) {
  const auto printed = Parse(kPrintedStaticAccount);
  ASSERT_FALSE(printed.ok());
  EXPECT_EQ(printed.error().field, "38.01") << "length 12 leaves a stray 8";
}

TEST(EncodePaymentQr, WritesTheOfficialVectorsByteForByte) {
  for (const auto text : {kStaticAccount, kStaticCard, kDynamicAccount, kDynamicCard}) {
    const auto parsed = Parse(text);
    ASSERT_TRUE(parsed.ok());
    EXPECT_EQ(*Encode(*parsed), text);
  }
}

TEST(ParsePaymentQr, RefusesEveryOneCharacterChange) {
  for (size_t i = 0; i < kDynamicAccount.size(); ++i) {
    std::string broken(kDynamicAccount);
    broken[i] = broken[i] == '7' ? '3' : '7';
    EXPECT_FALSE(Parse(broken).ok()) << broken;
    EXPECT_FALSE(Parse(kDynamicAccount.substr(0, i)).ok());
  }
}

TEST(ParsePaymentQr, TakesALowerCaseCrcAndRecognisesCapsLock) {
  std::string lower(kDynamicAccount);
  lower.replace(lower.size() - 4, 4, "2e2e");
  EXPECT_TRUE(Parse(lower).ok());
  std::string swapped;
  for (const char c : kDynamicAccount)
    swapped += static_cast<char>(std::isupper(static_cast<unsigned char>(c)) ? std::tolower(c)
                                                                             : std::toupper(c));
  const auto result = Parse(swapped);
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.error().message.find("Caps Lock"), std::string::npos);
}

TEST(ParsePaymentQr, NamesTheFieldThatIsWrong) {
  const std::string head =
      "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA";
  const std::vector<std::pair<std::string, std::string>> cases{
      {head + "530370454061800005802VN", ""},
      {head + "530370454060800005802VN", "amount"},
      {head + "5303704540610.0005802VN", "amount"},
      {head + "5303704540110"
              "5802VN",
       "05"},
      {head + "53037045802VN", "amount"},
      {head + "530384054061800005802VN", "currency"},
      {head + "530370454061800005802US", "58"},
      {head + "53037045303704"
              "54061800005802VN",
       "53"},
      {"000202010212" + head.substr(12) + "530370454061800005802VN", "00"},
      {"000201010213" + head.substr(12) + "530370454061800005802VN", "01"},
      {"00020101021153037045802VN", "38"},
      {"00020101021138570010A00000072801270006970403011300110123456780208QRIBFTTA53037045802VN",
       "38.00"},
      {"00020101021138570010A00000072701270006970403011300110123456780208QRPUSHXX53037045802VN",
       "38.02"}};
  for (const auto& [body, field] : cases) {
    const auto result = Parse(Signed(body));
    ASSERT_EQ(result.ok(), field.empty()) << body;
    if (!field.empty()) {
      EXPECT_EQ(result.error().field, field) << body;
    }
  }
}

TEST(EncodePaymentQr, RefusesWhatBanksWouldMangle) {
  PaymentQr qr{.bin = "970403",
               .account = "0011012345678",
               .dynamic = true,
               .amount = 150000,
               .purpose = "TYT7K2M9QXA"};
  EXPECT_TRUE(Encode(qr).ok());
  const auto refused = [&](auto change) {
    PaymentQr bad = qr;
    change(bad);
    return !Encode(bad).ok();
  };
  EXPECT_TRUE(refused([](PaymentQr& q) { q.purpose = "Thanh toán"; }));
  EXPECT_TRUE(refused([](PaymentQr& q) { q.purpose = std::string(26, 'A'); }));
  EXPECT_TRUE(refused([](PaymentQr& q) { q.purpose = "A\nB"; }));
  EXPECT_TRUE(refused([](PaymentQr& q) { q.amount = 0; }));
  EXPECT_TRUE(refused([](PaymentQr& q) { q.amount = -1; }));
  EXPECT_TRUE(refused([](PaymentQr& q) { q.amount = kMaxAmount + 1; }));
  EXPECT_TRUE(refused([](PaymentQr& q) { q.amount.reset(); }));
  EXPECT_TRUE(refused([](PaymentQr& q) { q.bin = "97040"; }));
  EXPECT_TRUE(refused([](PaymentQr& q) { q.account = ""; }));
  EXPECT_TRUE(refused([](PaymentQr& q) { q.account = std::string(20, '1'); }));
  EXPECT_TRUE(refused(
      [](PaymentQr& q) { q.bill = q.reference = q.terminal = q.purpose = std::string(25, 'A'); }));
}

TEST(FindPurpose, FindsTheCodeInWhatBanksMakeOfIt) {
  EXPECT_EQ(*MakePurpose("7K2M9QXA"), "TYT7K2M9QXA");
  EXPECT_EQ(FindPurpose("MBVCB.3278907687.tyt 7k2m 9qxa.CT tu 0011"), "TYT7K2M9QXA");
  EXPECT_EQ(FindPurpose("TYT-1 TYT7K2M9QXA"), "TYT7K2M9QXA");
  EXPECT_FALSE(FindPurpose("TYT7K2M"));
  EXPECT_FALSE(FindPurpose("chuyen tien"));
  EXPECT_FALSE(MakePurpose("7k2m9qxa").ok());
  EXPECT_FALSE(MakePurpose("7K2M9QX").ok());
}

}  // namespace
}  // namespace exchange::payment_qr
