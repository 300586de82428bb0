#include "exchange/spreadsheet/xlsx_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/spreadsheet/zip_for_test.h"

namespace exchange::spreadsheet {
namespace {

using testing::ElementsAre;

TEST(ReadXlsx, ReadsSharedInlineNumberAndBooleanCells) {
  const auto sheets = ReadXlsx(WorkbookForTest(
      {{"Sheet1",
        "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"C2\"><v>36500</v></c>"
        "<c r=\"D2\" t=\"inlineStr\"><is><t>Viên nén</t></is></c><c r=\"E2\" "
        "t=\"b\"><v>1</v></c></row>"}},
      "<si><t>không "
      "dùng</t></si><si><r><t>Para</t></r><r><t>cetamol</t></r><rPh><t>x</t></rPh></si>"));
  ASSERT_TRUE(sheets.ok()) << sheets.error().detail;
  ASSERT_EQ(sheets->size(), 1u);
  EXPECT_EQ((*sheets)[0].name, "Sheet1");
  EXPECT_EQ((*sheets)[0].grid[0].line, 2);
  EXPECT_THAT((*sheets)[0].grid[0].cells, ElementsAre("Paracetamol", "", "36500", "Viên nén", "1"));
}

TEST(ReadXlsx, ShowsNumbersAsExcelDoes) {
  const auto sheets =
      ReadXlsx(WorkbookForTest({{"s",
                                 "<row><c><v>1250.4999999999998</v></c><c><v>4.35E2</v></"
                                 "c><c><v>12.345</v></c><c><v>0.1</v></c></row>"}}));
  ASSERT_TRUE(sheets.ok());
  EXPECT_THAT((*sheets)[0].grid[0].cells, ElementsAre("1250.5", "435", "12.3450", "0.1"));
}

TEST(ReadXlsx, LeavesErrorsAndMissingStringsEmpty) {
  const auto sheets =
      ReadXlsx(WorkbookForTest({{"s",
                                 "<row><c t=\"e\"><v>#N/A</v></c><c t=\"s\"><v>99</v></c><c "
                                 "t=\"str\"><v>còn</v></c></row>"}}));
  ASSERT_TRUE(sheets.ok());
  EXPECT_THAT((*sheets)[0].grid[0].cells, testing::Contains("còn"));
}

TEST(ReadXlsx, RefusesADoctype) {
  ZipForTest zip;
  zip.Add("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><workbook/>");
  const auto sheets = ReadXlsx(zip.Bytes());
  ASSERT_FALSE(sheets.ok());
  EXPECT_THAT(sheets.error().detail, testing::HasSubstr("DOCTYPE"));
}

TEST(ReadXlsx, RefusesElementsNestedTooDeep) {
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<row>";
  EXPECT_FALSE(ReadXlsx(WorkbookForTest({{"s", deep}})).ok());
}

TEST(ReadXlsx, RefusesAColumnBeyondTheLimit) {
  EXPECT_FALSE(ReadXlsx(WorkbookForTest({{"s", "<row><c r=\"XFD1\"><v>1</v></c></row>"}})).ok());
}

TEST(ReadXlsx, RefusesBytesThatAreNoWorkbook) {
  EXPECT_FALSE(ReadXlsx("PK\x03\x04 nothing").ok());
  EXPECT_FALSE(ReadXlsx(ZipForTest().Add("word/document.xml", "<x/>").Bytes()).ok());
}

TEST(ReadXlsx, SaysWhenThereIsNoRow) {
  const auto sheets = ReadXlsx(WorkbookForTest({{"s", ""}}));
  ASSERT_FALSE(sheets.ok());
  EXPECT_THAT(sheets.error().message, testing::HasSubstr("không có dòng"));
}

}  // namespace
}  // namespace exchange::spreadsheet
