#include "care/shared/catalogue/cell.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace care::shared {
namespace {

std::string Number(std::string_view text) {
  auto result = NormalizeCell(ColumnType::kMoney, text);
  return result.ok() ? *result : "!" + result.error().message;
}

TEST(NormalizeCell, ReadsVietnameseAndEnglishNumbers) {
  EXPECT_EQ(Number("36500"), "36500");
  EXPECT_EQ(Number("1.234.567"), "1234567");
  EXPECT_EQ(Number("1,234,567"), "1234567");
  EXPECT_EQ(Number("1.234.567,5"), "1234567.5");
  EXPECT_EQ(Number("1,234,567.5"), "1234567.5");
  EXPECT_EQ(Number("0,5"), "0.5");
  EXPECT_EQ(Number("52.5"), "52.5");
  EXPECT_EQ(Number("0.125"), "0.125");
  EXPECT_EQ(Number("36 500 đ"), "36500");
  EXPECT_EQ(Number("12.3450"), "12.345");
  EXPECT_EQ(Number(""), "");
}

TEST(NormalizeCell, RefusesANumberThatMayBeThousandsOrDecimals) {
  EXPECT_THAT(Number("36.500"), testing::HasSubstr("hàng nghìn"));
  EXPECT_THAT(Number("36,500"), testing::HasSubstr("hàng nghìn"));
}

TEST(NormalizeCell, ReadsADecimalPointWhereNoMoneyIsMeant) {
  EXPECT_EQ(*NormalizeCell(ColumnType::kDecimal, "1.005"), "1.005");
  EXPECT_EQ(*NormalizeCell(ColumnType::kDecimal, "1,030"), "1.03");
}

TEST(NormalizeCell, RefusesWhatIsNoNumber) {
  for (std::string_view text : {"abc", "1.2.3", "1,23,4", "--1", "1e5", "1.234,56.7"}) {
    EXPECT_THAT(Number(text), testing::StartsWith("!")) << text;
  }
}

TEST(NormalizeCell, ReadsDatesInEveryUsualForm) {
  for (std::string_view text : {"2026-07-01", "01/07/2026", "1/7/2026", "01.07.2026", "20260701",
                                "46204", "01/07/2026 00:00:00"}) {
    const auto date = NormalizeCell(ColumnType::kDate, text);
    ASSERT_TRUE(date.ok()) << text;
    EXPECT_EQ(*date, "2026-07-01") << text;
  }
  for (std::string_view text : {"31/02/2026", "2026", "x", "1/2/26", "20261301"}) {
    EXPECT_FALSE(NormalizeCell(ColumnType::kDate, text).ok()) << text;
  }
}

TEST(NormalizeCell, ReadsFlagsAsListsMarkThem) {
  for (std::string_view text : {"1", "x", "X", "Có", "true", "*", "✓"}) {
    EXPECT_EQ(*NormalizeCell(ColumnType::kFlag, text), "1") << text;
  }
  for (std::string_view text : {"", "0", "không", "-"}) {
    EXPECT_EQ(*NormalizeCell(ColumnType::kFlag, text), "") << text;
  }
  EXPECT_FALSE(NormalizeCell(ColumnType::kFlag, "có thể").ok());
}

TEST(NormalizeCell, RefusesFractionsAsIntegers) {
  EXPECT_EQ(*NormalizeCell(ColumnType::kInteger, "100.0"), "100");
  EXPECT_FALSE(NormalizeCell(ColumnType::kInteger, "1.5").ok());
  EXPECT_FALSE(NormalizeCell(ColumnType::kInteger, "99999999999").ok());
}

TEST(NormalizeCell, ShowsALongBadCellShortened) {
  const auto result = NormalizeCell(ColumnType::kDecimal, std::string(500, 'x'));
  ASSERT_FALSE(result.ok());
  EXPECT_LT(result.error().message.size(), 150u);
}

}  // namespace
}  // namespace care::shared
