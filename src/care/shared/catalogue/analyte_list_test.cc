#include "care/shared/catalogue/analyte_list.h"

#include <gtest/gtest.h>

#include "care/shared/catalogue/import_list.h"

namespace care::shared {
namespace {

constexpr base::Date kDay{.year = 2026, .month = 11, .day = 21};

AnalyteList Sample() {
  auto imported =
      ImportFile(ListKind::kAnalytes,
                 "service_code,code,name_vi,unit,kind,sex,age_from,age_to,low,high,critical_low,"
                 "decimals,options,valid_from\n"
                 "S1,HGB,Huyết sắc tố,g/L,quantity,male,18y,,130,175,70,0,,2025-01-01\n"
                 "S1,HGB,Huyết sắc tố,g/L,quantity,female,18y,,120,155,70,0,,2025-01-01\n"
                 "S1,HGB,Huyết sắc tố,g/L,quantity,,28d,18y,110,155,70,0,,2025-01-01\n"
                 "S1,HGB,Huyết sắc tố,g/L,quantity,,0d,28d,140,220,95,0,,2025-01-01\n"
                 "S2,NS1,Dengue NS1,,coded,,0d,,,,,,neg=Âm tính;pos=Dương tính!,2025-01-01\n",
                 kDay);
  EXPECT_TRUE(imported.ok());
  EXPECT_TRUE(imported->report.issues.empty()) << imported->report.ToText();
  return AnalyteList(imported->table);
}

TEST(AnalyteList, ChoosesTheRangeBySexAndAge) {
  const AnalyteList list = Sample();
  const Analyte* hgb = list.Find("S1", "HGB", kDay);
  ASSERT_NE(hgb, nullptr);
  const auto low = [&](std::string_view sex, base::Date birth) {
    return hgb->RangeFor(sex, birth, kDay)->low->ToString();
  };
  EXPECT_EQ(low("male", {1980, 1, 1}), "130");
  EXPECT_EQ(low("female", {1980, 1, 1}), "120");
  EXPECT_EQ(low("female", {2008, 11, 21}), "120");  // eighteen today
  EXPECT_EQ(low("female", {2008, 11, 22}), "110");  // tomorrow
  EXPECT_EQ(low("male", {2026, 10, 24}), "110");    // 28 days old
  EXPECT_EQ(low("male", {2026, 10, 25}), "140");
}

TEST(AnalyteList, HasNoRangeForAnUnknownAgeOrSexWhenTheyMatter) {
  const AnalyteList list = Sample();
  const Analyte* hgb = list.Find("S1", "HGB", kDay);
  EXPECT_EQ(hgb->RangeFor("male", std::nullopt, kDay), nullptr);
  EXPECT_EQ(hgb->RangeFor("unknown", base::Date{1980, 1, 1}, kDay), nullptr);
  EXPECT_EQ(hgb->RangeFor("male", base::Date{1980, 1, 1}, {2024, 12, 31}), nullptr);
}

TEST(AnalyteList, GroupsRangesIntoOneAnalyte) {
  const AnalyteList list = Sample();
  EXPECT_EQ(list.OfService("S1", kDay).size(), 1u);
  EXPECT_EQ(list.OfService("S1", kDay)[0]->ranges.size(), 4u);
  EXPECT_TRUE(list.OfService("S9", kDay).empty());
}

TEST(AnalyteList, KnowsTheAbnormalOptionsOfACodedResult) {
  const AnalyteList list = Sample();
  const Analyte* ns1 = list.Find("S2", "NS1", kDay);
  ASSERT_NE(ns1, nullptr);
  EXPECT_EQ(ns1->kind, ResultKind::kCoded);
  EXPECT_FALSE(ns1->Option("neg")->abnormal);
  EXPECT_TRUE(ns1->Option("Dương tính")->abnormal);
  EXPECT_EQ(ns1->Option("khác"), nullptr);
}

TEST(ParseAgeLimit, ReadsDaysMonthsAndYears) {
  EXPECT_EQ(ParseAgeLimit("28d")->unit, 'd');
  EXPECT_EQ(ParseAgeLimit("6m")->count, 6);
  EXPECT_FALSE(ParseAgeLimit(""));
  EXPECT_FALSE(ParseAgeLimit("18"));
  EXPECT_FALSE(ParseAgeLimit("-1y"));
  EXPECT_FALSE(ParseAgeLimit("99999999999y"));
}

}  // namespace
}  // namespace care::shared
