#include "care/shared/catalogue_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "care/shared/catalogue/import_list.h"
#include "testkit/test_station.h"

namespace care::shared {
namespace {

using access_control::Role;

constexpr base::Date kOld{.year = 2026, .month = 12, .day = 31};
constexpr base::Date kNew{.year = 2027, .month = 1, .day = 1};

Edition Icd10(std::string_view csv, base::Date from = kNew) {
  auto imported = ImportFile(ListKind::kIcd10, csv, from);
  EXPECT_TRUE(imported.ok());
  return {.kind = ListKind::kIcd10,
          .valid_from = from,
          .source = "test",
          .table = std::move(imported->table)};
}

TEST(CatalogueStore, AnswersWithTheStarterListsWhenNothingIsSaved) {
  testkit::TestStation station;
  const auto catalogue = LoadCatalogue(station.As(Role::kDoctor));
  ASSERT_TRUE(catalogue.ok());
  EXPECT_NE((*catalogue)->diagnoses.Find("I10", kOld), nullptr);
}

TEST(CatalogueStore, KeepsPastDaysAsTheyWereWhenANewListIsSaved) {
  testkit::TestStation station;
  auto& administrator = station.As(Role::kAdministrator);
  ASSERT_TRUE(SaveEdition(administrator, Icd10("Mã bệnh,Tên bệnh\nI10,Tên mới\n")).ok());
  const auto catalogue = LoadCatalogue(station.As(Role::kDoctor));
  ASSERT_TRUE(catalogue.ok());
  EXPECT_EQ((*catalogue)->diagnoses.Find("I10", kNew)->name, "Tên mới");
  EXPECT_EQ((*catalogue)->diagnoses.Find("I10", kOld)->name,
            "Bệnh tăng huyết áp vô căn (nguyên phát)");
  EXPECT_EQ((*catalogue)->diagnoses.Find("J00", kNew), nullptr);
  EXPECT_NE((*catalogue)->drugs.Find("TH0001", kNew), nullptr);
  EXPECT_THAT(station.EventNames(), testing::Contains("CatalogueChanged"));
}

TEST(CatalogueStore, ReplacesAnEditionOfTheSameDay) {
  testkit::TestStation station;
  auto& administrator = station.As(Role::kAdministrator);
  ASSERT_TRUE(SaveEdition(administrator, Icd10("Mã bệnh,Tên bệnh\nI10,Bản một\nJ00,Cảm\n")).ok());
  ASSERT_TRUE(SaveEdition(administrator, Icd10("Mã bệnh,Tên bệnh\nI10,Bản hai\n")).ok());
  const auto catalogue = LoadCatalogue(administrator);
  ASSERT_TRUE(catalogue.ok());
  EXPECT_EQ((*catalogue)->diagnoses.Find("I10", kNew)->name, "Bản hai");
  EXPECT_EQ((*catalogue)->diagnoses.Find("J00", kNew), nullptr);
  EXPECT_EQ(station.All("CodeSystem?status=retired").size(), 1u);
}

TEST(CatalogueStore, SavesTheStarterListsOnce) {
  testkit::TestStation station;
  auto& system = station.As(Role::kSystem);
  ASSERT_TRUE(SaveStarterEditions(system).ok());
  ASSERT_TRUE(SaveStarterEditions(system).ok());
  const auto editions = ReadEditions(system);
  ASSERT_TRUE(editions.ok());
  EXPECT_EQ(editions->size(), std::size(kAllLists));
  const auto catalogue = LoadCatalogue(system);
  ASSERT_TRUE(catalogue.ok());
  EXPECT_EQ((*catalogue)->communes.ValidAt(kOld).size(), 126u);
}

TEST(CatalogueStore, RefusesAChangeByAPersonWithoutTheRight) {
  testkit::TestStation station;
  const auto status = SaveEdition(station.As(Role::kNurse), Icd10("Mã bệnh,Tên bệnh\nI10,x\n"));
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, base::ErrorCode::kForbidden);
}

}  // namespace
}  // namespace care::shared
