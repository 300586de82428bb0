#include "care/shared/catalogue/diagnosis_list.h"

#include <gtest/gtest.h>

#include "care/shared/catalogue/import_list.h"

namespace care::shared {
namespace {

constexpr base::Date kBefore{.year = 2026, .month = 6, .day = 30};
constexpr base::Date kAfter{.year = 2026, .month = 7, .day = 1};

DiagnosisList Read(std::string_view csv) {
  auto imported = ImportFile(ListKind::kIcd10, csv, kBefore);
  EXPECT_TRUE(imported.ok());
  return DiagnosisList(imported->table);
}

TEST(DiagnosisList, LetsFlagsBindFromTheirDay) {
  const DiagnosisList list = Read(
      "code,name_vi,finer_code_exists,valid_from,valid_to,flags_from\nA00,Tả,1,2020-10-28,,2026-07-"
      "01\n");
  ASSERT_NE(list.Find("A00", kBefore), nullptr);
  EXPECT_FALSE(list.Find("A00", kBefore)->flags.finer_code_exists);
  EXPECT_TRUE(list.Find("A00", kAfter)->flags.finer_code_exists);
}

TEST(DiagnosisList, DropsFlagsOfARowThatEndedBeforeThem) {
  const DiagnosisList list = Read(
      "code,name_vi,not_main,valid_from,valid_to,flags_from\nA00,Tả,1,2020-10-28,2026-06-30,2026-"
      "07-01\n");
  EXPECT_FALSE(list.Find("A00", kBefore)->flags.not_main);
  EXPECT_EQ(list.Find("A00", kAfter), nullptr);
  EXPECT_TRUE(list.Knows("A00"));
}

TEST(DiagnosisList, SearchesOnlyWhatIsValidOnTheDay) {
  const DiagnosisList list = Read(
      "code,name_vi,valid_from,valid_to\nA00,Bệnh tả,2020-10-28,2026-06-30\nA00.9,Bệnh tả "
      "mới,2026-07-01,\n");
  ASSERT_EQ(list.Search("ta", kBefore, 10).size(), 1u);
  EXPECT_EQ(list.Search("ta", kBefore, 10)[0]->code, "A00");
  ASSERT_EQ(list.Search("ta", kAfter, 10).size(), 1u);
  EXPECT_EQ(list.Search("ta", kAfter, 10)[0]->code, "A00.9");
}

}  // namespace
}  // namespace care::shared
