#include "care/shared/catalogue/import_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/spreadsheet/zip_for_test.h"

namespace care::shared {
namespace {

using exchange::spreadsheet::WorkbookForTest;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr base::Date kFrom{.year = 2027, .month = 1, .day = 1};

std::string Cell(const ImportedList& list, size_t row, std::string_view column) {
  return list.table.rows.at(row).cells.at(list.table.Column(column));
}

TEST(ImportFile, ReadsAnOfficialIcdListBelowItsTitles) {
  const auto list = ImportFile(ListKind::kIcd10,
                               "BỘ Y TẾ;;;;\n"
                               "Phụ lục ban hành kèm theo Thông tư;;;;\n"
                               "STT;MÃ BỆNH;DISEASE NAME;TÊN BỆNH;Không được dùng làm bệnh chính\n"
                               "(1);(2);(3);(4);(24)\n"
                               "1;a09.0†;Gastroenteritis;Viêm dạ dày - ruột;\n"
                               "2;B95.6;Staph;Tụ cầu vàng;x\n",
                               kFrom);
  ASSERT_TRUE(list.ok()) << list.error().message;
  ASSERT_EQ(list->table.rows.size(), 2u) << list->report.ToText();
  EXPECT_TRUE(list->report.issues.empty()) << list->report.ToText();
  EXPECT_EQ(Cell(*list, 0, "code"), "A09.0");
  EXPECT_EQ(Cell(*list, 0, "name_vi"), "Viêm dạ dày - ruột");
  EXPECT_EQ(Cell(*list, 0, "valid_from"), "2027-01-01");
  EXPECT_EQ(Cell(*list, 0, "flags_from"), "");
  EXPECT_EQ(Cell(*list, 1, "not_main"), "1");
  EXPECT_EQ(Cell(*list, 1, "flags_from"), "2027-01-01");
  EXPECT_THAT(list->report.unused_headings, Contains("STT"));
}

TEST(ImportFile, TellsTheSixFlagsOfTheCircularApart) {
  const auto list = ImportFile(
      ListKind::kIcd10,
      "Mã bệnh,Tên bệnh,Mã không được làm bệnh chính,Mã không khuyến khích làm bệnh chính,"
      "Không sử dụng do có mã 4 ký tự hoặc 5 ký tự,Chỉ dùng cho nguyên nhân tử vong,"
      "Chỉ hoặc chủ yếu ở nữ,Chỉ hoặc chủ yếu ở nam\n"
      "A00,Tả,1,,,,,\nA01,B,,1,,,,\nA02,C,,,1,,,\nA03,D,,,,1,,\nA04,E,,,,,1,\nA05,F,,,,,,1\n",
      kFrom);
  ASSERT_TRUE(list.ok()) << list.error().message;
  const char* columns[] = {"not_main",   "discouraged_main", "finer_code_exists",
                           "death_only", "female_only",      "male_only"};
  for (size_t row = 0; row < 6; ++row) {
    for (size_t column = 0; column < 6; ++column) {
      EXPECT_EQ(Cell(*list, row, columns[column]), row == column ? "1" : "")
          << row << " " << columns[column];
    }
  }
}

TEST(ImportFile, KeepsTheOtherRowsAndNamesWhatItCouldNotRead) {
  const auto list = ImportFile(ListKind::kServices,
                               "Mã dịch vụ,Tên dịch vụ,Đơn giá,Đơn giá BH,Tỷ lệ TT BH\n"
                               "18.0015.0001,Siêu âm ổ bụng,58600,58600,100\n"
                               "18.0001.0001,Siêu âm tuyến giáp,năm mươi,58600,100\n"
                               "18.0004.0001,Siêu âm hạch,58600,58600,nhiều\n"
                               ",Không có mã,1000,0,0\n",
                               kFrom);
  ASSERT_TRUE(list.ok());
  ASSERT_EQ(list->table.rows.size(), 2u);
  EXPECT_EQ(list->report.rows_read, 4);
  EXPECT_EQ(list->report.rows_kept, 2);
  ASSERT_EQ(list->report.issues.size(), 3u);
  EXPECT_EQ(list->report.issues[0].line, 3);
  EXPECT_EQ(list->report.issues[0].column, "Đơn giá");
  EXPECT_TRUE(list->report.issues[0].row_skipped);
  EXPECT_EQ(list->report.issues[1].column, "Tỷ lệ TT BH");
  EXPECT_FALSE(list->report.issues[1].row_skipped);
  EXPECT_EQ(list->report.issues[2].line, 5);
  EXPECT_THAT(list->report.ToText(),
              HasSubstr("Dòng 3, cột \"Đơn giá\": không đọc được số \"năm mươi\""));
}

TEST(ImportFile, ReadsTheInsurersApprovedDrugListWithoutCodesOfItsOwn) {
  const auto list = ImportFile(
      ListKind::kDrugs,
      "MA_THUOC\tTEN_HOAT_CHAT\tTEN_THUOC\tDON_VI_TINH\tHAM_LUONG\tMA_DUONG_DUNG\tSO_DANG_KY\tDON_"
      "GIA\tTT_THAU\tTU_NGAY\tDEN_NGAY\n"
      "40.48\tParacetamol\tThuốc "
      "A\tViên\t500mg\t1.01\tVD-1-20\t380\t1/QĐ;G1;N4;2026\t20260101\t20261231\n"
      "40.48\tParacetamol\tThuốc A\tViên\t500mg\t1.01\tVD-1-20\t410\t2/QĐ;G1;N4;2026\t20260101\t\n",
      kFrom);
  ASSERT_TRUE(list.ok()) << list.error().message;
  ASSERT_EQ(list->table.rows.size(), 2u) << list->report.ToText();
  EXPECT_EQ(Cell(*list, 0, "code"), "VD-1-20");
  EXPECT_THAT(Cell(*list, 1, "code"), testing::StartsWith("VD-1-20@"));
  EXPECT_EQ(Cell(*list, 0, "active_substance_code"), "40.48");
  EXPECT_EQ(Cell(*list, 0, "valid_to"), "2026-12-31");
  EXPECT_THAT(list->report.absent_columns, Contains("insurance_ratio"));
}

TEST(ImportFile, SaysWhichColumnsAreMissing) {
  const auto list = ImportFile(ListKind::kDrugs, "Mã,Tên\n1,x\n", kFrom);
  ASSERT_FALSE(list.ok());
  EXPECT_EQ(list.error().code, base::ErrorCode::kInvalid);
  EXPECT_THAT(list.error().message, HasSubstr("price"));
}

TEST(ImportFile, SkipsCodesThatAreNotIcdAndRepeatedCodes) {
  const auto list = ImportFile(
      ListKind::kIcd10,
      "ICD-10,Tên bệnh\nA00.9,Tả\nA00.9,Tả lần nữa\nKHÔNG,x\nA00-B99,Chương I\nI10,Tăng huyết áp\n",
      kFrom);
  ASSERT_TRUE(list.ok());
  EXPECT_EQ(list->table.rows.size(), 2u);
  EXPECT_EQ(list->report.issues.size(), 3u) << list->report.ToText();
}

TEST(ImportFile, TakesTheSheetThatFits) {
  const auto cell = [](const std::string& text) {
    return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
  };
  const std::string cover = "<row>" + cell("Quyết định") + cell("Ghi chú") + "</row>";
  const std::string data = "<row r=\"1\">" + cell("Mã xã") + cell("Tên xã") + cell("Mã tỉnh") +
                           "</row><row r=\"2\">" + cell("00118") + cell("Bồ Đề") + cell("01") +
                           "</row>";
  const auto list =
      ImportFile(ListKind::kCommunes, WorkbookForTest({{"Bìa", cover}, {"Dữ liệu", data}}), kFrom);
  ASSERT_TRUE(list.ok()) << list.error().message;
  EXPECT_EQ(list->report.sheet, "Dữ liệu");
  EXPECT_EQ(Cell(*list, 0, "name"), "Bồ Đề");
}

TEST(ImportFile, ReadsNamesInCombinedFormIntoComposedForm) {
  const auto list = ImportFile(ListKind::kEthnicities, "Mã,Tên\n01,Ta\xCC\x80y\n", kFrom);
  ASSERT_TRUE(list.ok());
  EXPECT_EQ(Cell(*list, 0, "name"), "Tày");
}

TEST(ImportFile, RefusesAnEmptyFile) { EXPECT_FALSE(ImportFile(ListKind::kIcd10, "", kFrom).ok()); }

TEST(ImportReport, ShortensALongReport) {
  ImportReport report;
  for (int i = 0; i < 300; ++i)
    report.issues.push_back({.line = i, .column = "", .problem = "x", .row_skipped = true});
  EXPECT_THAT(report.ToText(100), HasSubstr("và 200 điểm khác"));
}

}  // namespace
}  // namespace care::shared
