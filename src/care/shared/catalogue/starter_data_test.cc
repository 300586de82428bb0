// The starter files keep the promises of data/catalogue/README.md.
#include "care/shared/catalogue/starter_data.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "care/shared/catalogue/catalogue.h"
#include "care/shared/catalogue/import_list.h"

namespace care::shared {
namespace {

constexpr base::Date kDay{.year = 2026, .month = 11, .day = 21};

TEST(StarterData, HasEveryListAndReadsWithoutAnIssue) {
  for (ListKind kind : kAllLists) {
    const auto imported = ImportFile(kind, StarterData(StarterFile(kind)), kDay);
    ASSERT_TRUE(imported.ok()) << Name(kind) << imported.error().message;
    EXPECT_TRUE(imported->report.issues.empty()) << Name(kind) << imported->report.ToText();
    EXPECT_TRUE(imported->report.unused_headings.empty())
        << Name(kind) << imported->report.ToText();
    EXPECT_TRUE(imported->report.absent_columns.empty()) << Name(kind) << imported->report.ToText();
  }
}

TEST(StarterData, GivesEveryIcdParentAFinerCodeAndTheFlag) {
  const auto catalogue = StarterCatalogue();
  int usable = 0;
  for (const Diagnosis& row : catalogue->diagnoses.rows()) {
    if (!row.validity.Covers(kDay)) continue;
    usable += row.flags.finer_code_exists ? 0 : 1;
    EXPECT_FALSE(row.flags.female_only && row.flags.male_only) << row.code;
    if (row.code.size() == 3) continue;
    const Diagnosis* parent = catalogue->diagnoses.Find(row.code.substr(0, 3), kDay);
    ASSERT_NE(parent, nullptr) << row.code;
    EXPECT_TRUE(parent->flags.finer_code_exists) << row.code;
  }
  EXPECT_GE(usable, 400);
}

TEST(StarterData, InventsEveryRegistrationNumberAndSubstanceCode) {
  const auto catalogue = StarterCatalogue();
  for (const Drug& drug : catalogue->drugs.rows()) {
    EXPECT_THAT(drug.registration_number, testing::StartsWith("VD-TRAM-")) << drug.code;
    EXPECT_TRUE(drug.active_substance_code == "00.0000" ||
                drug.active_substance_code.starts_with("40.9"))
        << drug.code;
    EXPECT_EQ(drug.IsInsured(), drug.active_substance_code != "00.0000") << drug.code;
  }
}

TEST(StarterData, KeepsPricesRatiosAndDaysSensible) {
  const auto catalogue = StarterCatalogue();
  for (const Drug& drug : catalogue->drugs.rows()) {
    EXPECT_TRUE(drug.price > 0 && drug.price < 2'000'000) << drug.code;
    EXPECT_TRUE(drug.insurance_ratio >= 0 && drug.insurance_ratio <= 100) << drug.code;
    EXPECT_TRUE(drug.max_days >= 1 && drug.max_days <= 90) << drug.code;
    EXPECT_TRUE(drug.group >= 4 && drug.group <= 6) << drug.code;
  }
  for (const Service& service : catalogue->services.rows()) {
    EXPECT_GT(service.price_self_pay, 0) << service.code;
    EXPECT_LE(service.price_insurance, service.price_self_pay) << service.code;
  }
}

TEST(StarterData, OrdersTheLimitsOfEveryRange) {
  const auto catalogue = StarterCatalogue();
  for (const Analyte& analyte : catalogue->analytes.rows()) {
    for (const ReferenceRange& range : analyte.ranges) {
      std::optional<base::Decimal> previous;
      for (const auto& limit : {analyte.plausible_low, range.critical_low, range.low, range.high,
                                range.critical_high, analyte.plausible_high}) {
        if (!limit) continue;
        EXPECT_LE(previous.value_or(*limit), *limit) << analyte.service_code << " " << analyte.code;
        previous = limit;
      }
    }
    EXPECT_EQ(analyte.options.empty(), analyte.kind != ResultKind::kCoded) << analyte.code;
  }
}

// vietnam.md §13: 51 phường and 75 xã.
TEST(StarterData, HasTheCommunesOfHanoi) {
  int wards = 0;
  int communes = 0;
  const auto catalogue = StarterCatalogue();
  for (const CodeEntry* entry : catalogue->communes.ValidAt(kDay)) {
    (entry->kind == "ward" ? wards : communes) += 1;
    EXPECT_EQ(entry->province_code, "01");
    EXPECT_EQ(entry->code.size(), 5u);
  }
  EXPECT_EQ(wards, 51);
  EXPECT_EQ(communes, 75);
}

TEST(StarterData, HasEveryParameterThatCodeReliesOn) {
  const auto catalogue = StarterCatalogue();
  namespace p = parameter;
  for (std::string_view key :
       {p::kBaseSalary, p::kLowCostPercent, p::kYearlyCopayCapMonths, p::kSupplyCeilingMonths,
        p::kStationBenefit, p::kExamRatioFirst, p::kExamRatioSecondToFourth, p::kExamRatioFifth,
        p::kExamRatioFurther, p::kPrescriptionValidDays, p::kPrescriptionMaxDays,
        p::kPrescriptionMaxDaysChronic, p::kPrescriptionMaxDaysNarcotic,
        p::kPrescriptionMaxDaysPsychotropicAcute, p::kPrescriptionMaxDaysDecoction}) {
    EXPECT_TRUE(catalogue->parameters.Get(key, kDay)) << key;
  }
  for (char level = '1'; level <= '5'; ++level) {
    EXPECT_TRUE(catalogue->parameters.Get(std::string(p::kBenefitLevelPrefix) + level, kDay));
  }
}

TEST(StarterData, IsComposedUnicode) {
  for (ListKind kind : kAllLists) {
    const std::string_view data = StarterData(StarterFile(kind));
    EXPECT_EQ(base::ToNfc(data), data) << Name(kind);
  }
}

}  // namespace
}  // namespace care::shared
