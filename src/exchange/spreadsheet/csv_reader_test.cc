#include "exchange/spreadsheet/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace exchange::spreadsheet {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ReadCsv, ReadsQuotesCommasAndLineBreaksInsideThem) {
  const auto grid = ReadCsv("a,\"b,\"\"c\"\"\nd\",e\n1,2,3\n");
  ASSERT_TRUE(grid.ok());
  ASSERT_EQ(grid->size(), 2u);
  EXPECT_THAT((*grid)[0].cells, ElementsAre("a", "b,\"c\"\nd", "e"));
  EXPECT_EQ((*grid)[1].line, 3);
}

TEST(ReadCsv, SkipsAByteOrderMarkAndReadsCrlfAndCr) {
  const auto grid = ReadCsv("\xEF\xBB\xBFmã,tên\r\n1,x\r2,y");
  ASSERT_TRUE(grid.ok());
  ASSERT_EQ(grid->size(), 3u);
  EXPECT_EQ((*grid)[0].cells[0], "mã");
  EXPECT_THAT((*grid)[2].cells, ElementsAre("2", "y"));
}

TEST(ReadCsv, FindsSemicolonsAndTabs) {
  EXPECT_THAT((*ReadCsv("a;b;c\n1,5;2;3"))[1].cells, ElementsAre("1,5", "2", "3"));
  EXPECT_THAT((*ReadCsv("a\tb\n1\t2;3"))[1].cells, ElementsAre("1", "2;3"));
}

TEST(ReadCsv, LeavesOutBlankLinesAndKeepsLineNumbers) {
  const auto grid = ReadCsv("a,b\n\n,,\n1,2\n");
  ASSERT_EQ(grid->size(), 2u);
  EXPECT_EQ((*grid)[1].line, 4);
}

TEST(ReadCsv, KeepsAQuoteInTheMiddleOfACell) {
  EXPECT_THAT((*ReadCsv("a,5\" ống\n"))[0].cells, ElementsAre("a", "5\" ống"));
}

TEST(ReadCsv, NamesTheLineOfAQuoteThatNeverCloses) {
  const auto grid = ReadCsv("a,b\n1,\"x\n2,y\n");
  ASSERT_FALSE(grid.ok());
  EXPECT_THAT(grid.error().message, HasSubstr("Dòng 2"));
}

TEST(ReadCsv, ExplainsHowToSaveAFileThatIsNotUtf8) {
  const auto grid = ReadCsv("m\xE3,t\xEAn\n");
  ASSERT_FALSE(grid.ok());
  EXPECT_THAT(grid.error().message, HasSubstr("UTF-8"));
  EXPECT_FALSE(ReadCsv(std::string("a\0b", 3)).ok());
}

TEST(ReadCsv, RefusesTooManyColumnsAndTooLongCells) {
  EXPECT_EQ(ReadCsv(std::string(1'000, ',')).error().code, base::ErrorCode::kTooLarge);
  EXPECT_EQ(ReadCsv(std::string(100'000, 'x')).error().code, base::ErrorCode::kTooLarge);
}

TEST(ReadCsv, ReadsAnEmptyFileAsNoRows) { EXPECT_TRUE(ReadCsv("")->empty()); }

}  // namespace
}  // namespace exchange::spreadsheet
