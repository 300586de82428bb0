#include "care/shared/catalogue/merge_editions.h"

#include <gtest/gtest.h>

#include "care/shared/catalogue/catalogue.h"
#include "care/shared/catalogue/import_list.h"

namespace care::shared {
namespace {

constexpr base::Date kOld{.year = 2026, .month = 12, .day = 31};
constexpr base::Date kNew{.year = 2027, .month = 1, .day = 1};

Edition Import(ListKind kind, std::string_view csv, base::Date from) {
  auto imported = ImportFile(kind, csv, from);
  EXPECT_TRUE(imported.ok()) << (imported.ok() ? "" : imported.error().message);
  return {.kind = kind, .valid_from = from, .source = "test", .table = std::move(imported->table)};
}

TEST(MergeEditions, EndsTheOldEditionOnTheDayBeforeTheNew) {
  auto editions = *StarterEditions();
  editions.push_back(
      Import(ListKind::kIcd10, "Mã bệnh,Tên bệnh\nI10,Tăng huyết áp (danh mục mới)\n", kNew));
  const auto catalogue = AssembleCatalogue(std::move(editions));
  EXPECT_EQ(catalogue->diagnoses.Find("I10", kOld)->name,
            "Bệnh tăng huyết áp vô căn (nguyên phát)");
  EXPECT_EQ(catalogue->diagnoses.Find("I10", kNew)->name, "Tăng huyết áp (danh mục mới)");
  EXPECT_NE(catalogue->diagnoses.Find("J00", kOld), nullptr);
  EXPECT_EQ(catalogue->diagnoses.Find("J00", kNew), nullptr);
}

TEST(MergeEditions, CarriesEverydayWordsThatTheOfficialListLacks) {
  auto editions = *StarterEditions();
  editions.push_back(
      Import(ListKind::kIcd10, "Mã bệnh,Tên bệnh\nE11.9,Đái tháo đường type 2\n", kNew));
  const auto catalogue = AssembleCatalogue(std::move(editions));
  EXPECT_TRUE(catalogue->diagnoses.Find("E11.9", kNew)->chronic);
  EXPECT_EQ(catalogue->diagnoses.Search("tieu duong", kNew, 5).size(), 1u);
}

TEST(MergeEditions, KeepsTheLaboratoryFactsOfServicesWhosePricesChanged) {
  auto editions = *StarterEditions();
  editions.push_back(Import(ListKind::kServices,
                            "MA_DICH_VU,TEN_DICH_VU,DON_GIA_BV,DON_GIA_BH,MA_NHOM\n"
                            "23.0075.1494,Định lượng Glucose [Máu],30000,30000,1\n",
                            kNew));
  const auto catalogue = AssembleCatalogue(std::move(editions));
  const Service* glucose = catalogue->services.Find("23.0075.1494", kNew);
  ASSERT_NE(glucose, nullptr);
  EXPECT_EQ(glucose->price_insurance.ToString(), "30000");
  EXPECT_EQ(glucose->insurance_ratio, 100);
  EXPECT_EQ(glucose->room, ServiceRoom::kLab);
  EXPECT_EQ(glucose->specimen, "fluoride plasma");
  EXPECT_TRUE(glucose->needs_machine);
}

TEST(MergeEditions, LetsARowOfTheNewEditionBeginLater) {
  auto editions = *StarterEditions();
  editions.push_back(Import(
      ListKind::kParameters,
      "key,value,valid_from\nbase_salary,2530000,2026-07-01\nbase_salary,2700000,2027-07-01\n",
      kNew));
  const auto catalogue = AssembleCatalogue(std::move(editions));
  EXPECT_EQ(catalogue->parameters.Get("base_salary", kNew)->ToString(), "2530000");
  EXPECT_EQ(catalogue->parameters.Get("base_salary", {2027, 7, 1})->ToString(), "2700000");
}

}  // namespace
}  // namespace care::shared
