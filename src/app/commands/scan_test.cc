#include "app/commands/scan.h"

#include <gtest/gtest.h>

#include <sstream>

namespace app::commands {
namespace {

struct Outcome {
  int code;
  std::string out;
  std::string err;
};

Outcome Scan(std::string_view text) {
  std::ostringstream out, err;
  const int code = RunScan(text, out, err);
  return {code, out.str(), err.str()};
}

TEST(TramScan, PrintsACitizenCard) {
  const auto got = Scan("001090123456|012345678|NGUYEN VAN A|01011990|Nam|Bồ Đề|15042021\r\n");
  EXPECT_EQ(got.code, 0);
  EXPECT_EQ(got.err, "");
  EXPECT_EQ(
      got.out,
      "{\"kind\":\"citizen_card\",\"personal_number\":\"001090123456\",\"old_id\":\"012345678\","
      "\"name\":\"NGUYEN VAN A\",\"birth_date\":\"1990-01-01\",\"sex\":\"male\",\"address\":\"Bồ "
      "Đề\","
      "\"issue_date\":\"2021-04-15\",\"warnings\":[]}\n");
}

TEST(TramScan, PrintsAnInsuranceCard) {
  const auto got = Scan(
      "GD4010123456789|4e677579e1bb856e2056c4836e2041|01/02/1990|2|-|01 - 028|"
      "01/01/2019|31/12/2019|28/12/2018|$");
  EXPECT_EQ(got.code, 0);
  EXPECT_NE(
      got.out.find("\"kind\":\"insurance_card\",\"layout\":\"old\",\"number\":\"GD4010123456789\""),
      std::string::npos);
  EXPECT_NE(got.out.find("\"valid_to\":\"2019-12-31\""), std::string::npos);
}

TEST(TramScan, PrintsAPaymentCode) {
  const auto got = Scan(
      "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA5303704540618000058"
      "02VN"
      "62340107NPS68690819thanh toan don hang63042E2E");
  EXPECT_EQ(got.code, 0);
  EXPECT_EQ(
      got.out,
      "{\"kind\":\"payment_qr\",\"bin\":\"970403\",\"account\":\"0011012345678\",\"account_kind\":"
      "\"account\",\"amount\":\"180000\",\"currency\":\"VND\",\"purpose\":\"thanh toan don hang\","
      "\"bill\":\"NPS6869\",\"reference\":\"\",\"terminal\":\"\",\"merchant_name\":\"\","
      "\"merchant_city\":\"\",\"dynamic\":true}\n");
}

TEST(TramScan, SaysWhyOnStderrAndPrintsNothing) {
  for (const char* bad : {"", "Nguyễn Văn A", "001090123456|x", "<b>|<b>", "12345"}) {
    const auto got = Scan(bad);
    EXPECT_EQ(got.code, 1) << bad;
    EXPECT_EQ(got.out, "") << bad;
    EXPECT_NE(got.err, "") << bad;
  }
}

TEST(TramScan, PrintsTheStationsOwnCodes) {
  EXPECT_EQ(Scan("a012").out, "{\"kind\":\"ticket\",\"code\":\"A012\"}\n");
  EXPECT_EQ(
      Scan("001090123456").out,
      "{\"kind\":\"personal_number\",\"personal_number\":\"001090123456\",\"birth_year\":\"1990\","
      "\"sex\":\"male\"}\n");
}

}  // namespace
}  // namespace app::commands
