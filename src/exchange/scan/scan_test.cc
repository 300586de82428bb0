#include "exchange/scan/scan.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace exchange::scan {
namespace {

constexpr const char* kCitizen =
    "001090123456|012345678|NGUYEN VAN A|01011990|Nam|Số 1 phố Bồ Đề, Hà Nội|15042021";
constexpr const char* kInsurance =
    "0123456789|4e677579e1bb856e2056c4836e2041|01/02/1990|1|-|01 - 028|01/01/2026|-|01/01/2026|"
    "0101|-|4|01/01/2027|aa-1|5|48e1bb8b|$";
constexpr const char* kPayment =
    "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6"
    "F";

template <class T>
bool Is(std::string_view text) {
  const auto scan = ReadScan(text);
  return scan.ok() && std::holds_alternative<T>(*scan);
}

TEST(ReadScan, RecognisesEveryKindOfString) {
  EXPECT_TRUE(Is<identity_card::CitizenCard>(kCitizen));
  EXPECT_TRUE(Is<insurance::CardQr>(kInsurance));
  EXPECT_TRUE(Is<payment_qr::PaymentQr>(kPayment));
  EXPECT_TRUE(Is<identity_card::PersonalNumber>("001090123456"));
  EXPECT_TRUE(Is<insurance::CardNumber>("0123456789"));
  EXPECT_TRUE(Is<insurance::CardNumber>("GD4010123456789"));
  EXPECT_TRUE(Is<insurance::CardNumber>("gd 4 01 0123456789"));
  EXPECT_TRUE(Is<OldIdNumber>("012345678"));
  EXPECT_TRUE(Is<NameText>("Nguyễn Văn A"));
  EXPECT_TRUE(Is<NameText>("nguyen van a 1990"));
}

TEST(ReadScan, RecognisesTheStationsOwnCodes) {
  const std::pair<const char*, CodeKind> cases[] = {
      {"dh-4f7k2m", CodeKind::kBooking},           {"A012", CodeKind::kTicket},
      {"26-000123", CodeKind::kPatientNumber},     {"TAM-26-0007", CodeKind::kTemporaryId},
      {"01C54abc12de-C", CodeKind::kPrescription}, {"TYT7K2M9QXA", CodeKind::kBill}};
  for (const auto& [text, kind] : cases) {
    const auto scan = ReadScan(text);
    ASSERT_TRUE(scan.ok()) << text;
    ASSERT_TRUE(std::holds_alternative<Code>(*scan)) << text;
    EXPECT_EQ(std::get<Code>(*scan).kind, kind) << text;
  }
}

TEST(ReadScan, SurvivesWhatScannersAdd) {
  for (const std::string& card : std::vector<std::string>{kCitizen, kInsurance, kPayment}) {
    for (const std::string& dressed : {card + "\r\n", card + "\n", card + "\t", "\r\n" + card,
                                       "]Q3" + card, "\xEF\xBB\xBF" + card, " " + card + " "})
      EXPECT_TRUE(ReadScan(dressed).ok()) << dressed;
  }
}

TEST(ReadScan, RefusesHostileAndDamagedStrings) {
  const std::string citizen = kCitizen;
  for (const std::string& bad : {std::string(),
                                 std::string("\r\n"),
                                 std::string(base::kMaxScanBytes + 1, 'A'),
                                 citizen + std::string(base::kMaxScanBytes, '|'),
                                 citizen + std::string("\0x", 2),
                                 citizen + "\n" + citizen,
                                 "\x1B[2J" + citizen,
                                 citizen + "\u202E",
                                 citizen.substr(0, 40),
                                 std::string("\xC3\x28|||||||"),
                                 std::string("00109012345|||||||"),
                                 std::string("||||||||"),
                                 std::string("|"),
                                 std::string("$"),
                                 std::string("<script>alert(1)</script>"),
                                 std::string("1' OR '1'='1"),
                                 std::string("12345678"),
                                 std::string("1234567890123456789"),
                                 std::string("000201"),
                                 std::string("00020101021238570010A0000007270127000697"),
                                 std::string("https://example.org/a?b=c"),
                                 std::string("../../etc/passwd"),
                                 std::string("%s%s%s%n"),
                                 std::string("{\"kind\":1}")}) {
    const auto scan = ReadScan(bad);
    EXPECT_FALSE(scan.ok()) << bad;
    if (!scan.ok()) {
      EXPECT_FALSE(scan.error().message.empty());
    }
  }
}

TEST(ReadScan, RecognisesTheWorkOfAnInputMethod) {
  for (const char* bad : {"00109012345ư|012345678|NGUYEN VAN A|01011990|Nam|HN|15042021",
                          "0123456789|4ê77579e1bb856e2056c4836e2041|01/02/1990|1|-|01 - "
                          "028|01/01/2026|-|01/01/2026|0|$",
                          "00020101021138570010Â0000007270127000697040301130011012345678"}) {
    const auto scan = ReadScan(bad);
    ASSERT_FALSE(scan.ok());
    EXPECT_NE(scan.error().message.find("Telex"), std::string::npos) << scan.error().message;
  }
}

TEST(ReadScan, NeverCrashesOnAnyTruncationOrByte) {
  for (const std::string& card : std::vector<std::string>{kCitizen, kInsurance, kPayment}) {
    for (size_t length = 0; length <= card.size(); ++length) (void)ReadScan(card.substr(0, length));
    for (size_t at = 0; at < card.size(); ++at) {
      for (const char byte : {'\0', '|', '$', '\xFF', 'Z', '9', '<'}) {
        std::string changed = card;
        changed[at] = byte;
        (void)ReadScan(changed);
      }
    }
  }
}

}  // namespace
}  // namespace exchange::scan
