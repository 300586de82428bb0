#include "care/shared/catalogue/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace care::shared {
namespace {

constexpr base::Date kJune{.year = 2026, .month = 6, .day = 30};
constexpr base::Date kJuly{.year = 2026, .month = 7, .day = 1};

class StarterCatalogueTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { catalogue_ = StarterCatalogue(); }
  static void TearDownTestSuite() { catalogue_.reset(); }
  static std::string FirstDiagnosis(std::string_view text) {
    const auto found = catalogue_->diagnoses.Search(text, kJuly, 5);
    return found.empty() ? "" : found[0]->code;
  }
  static std::shared_ptr<const Catalogue> catalogue_;
};
std::shared_ptr<const Catalogue> StarterCatalogueTest::catalogue_;

TEST_F(StarterCatalogueTest, PricesAServiceByTheDayOfTheEvent) {
  EXPECT_EQ(catalogue_->services.Find("02.03", kJune)->price_insurance.ToString(), "36500");
  EXPECT_EQ(catalogue_->services.Find("02.03", kJuly)->price_insurance.ToString(), "39500");
  EXPECT_EQ(catalogue_->drugs.Find("TH0001", kJune)->price.ToString(), "380");
  EXPECT_EQ(catalogue_->drugs.Find("TH0001", kJuly)->price.ToString(), "395");
}

TEST_F(StarterCatalogueTest, FindsWhatDoctorsType) {
  EXPECT_EQ(FirstDiagnosis("i10"), "I10");
  EXPECT_EQ(FirstDiagnosis("tang huyet ap"), "I10");
  EXPECT_EQ(FirstDiagnosis("cao huyết áp"), "I10");
  EXPECT_EQ(FirstDiagnosis("tieu duong"), "E11.9");
  EXPECT_EQ(FirstDiagnosis("viem hong"), "J02.9");
  EXPECT_EQ(FirstDiagnosis("cam lanh"), "J00");
  EXPECT_EQ(FirstDiagnosis("tay chan mieng"), "B08.4");
  EXPECT_EQ(FirstDiagnosis("dau bao tu"), "K29.7");
  EXPECT_EQ(FirstDiagnosis("thoai hoa khop goi"), "M17.9");
}

TEST_F(StarterCatalogueTest, FlagsTheParentOfAFinerCodeFromJuly) {
  EXPECT_FALSE(catalogue_->diagnoses.Find("E11", kJune)->flags.finer_code_exists);
  EXPECT_TRUE(catalogue_->diagnoses.Find("E11", kJuly)->flags.finer_code_exists);
}

TEST_F(StarterCatalogueTest, FindsDrugsBySubstanceBrandAndStrength) {
  const auto by_substance = catalogue_->drugs.Search("para 500", kJuly, 5);
  ASSERT_FALSE(by_substance.empty());
  EXPECT_EQ(by_substance[0]->active_substance, "Paracetamol");
  EXPECT_EQ(by_substance[0]->strength, "500 mg");
  EXPECT_EQ(catalogue_->drugs.Search("tramol 325", kJuly, 5)[0]->strength, "325 mg");
  for (const Drug* drug : catalogue_->drugs.Search("para", kJuly, 50))
    EXPECT_TRUE(drug->validity.Covers(kJuly));
}

TEST_F(StarterCatalogueTest, FindsTheApprovedDrugOfAClaimLine) {
  const Drug* drug = catalogue_->drugs.Find("TH0001", kJuly);
  EXPECT_EQ(catalogue_->drugs.FindApproved(drug->active_substance_code, "VD-TRAM-00001", kJuly),
            drug);
  EXPECT_EQ(catalogue_->drugs.FindApproved("40.1", "VD-TRAM-00001", kJuly), nullptr);
  EXPECT_EQ(
      catalogue_->drugs.FindApproved(drug->active_substance_code, "VD-TRAM-00001", {2025, 1, 1}),
      nullptr);
}

TEST_F(StarterCatalogueTest, FindsServicesOfOneRoom) {
  const auto lab = catalogue_->services.Search("duong huyet", kJuly, 5, ServiceRoom::kLab);
  ASSERT_FALSE(lab.empty());
  EXPECT_EQ(lab[0]->code, "23.0075.1494");
  EXPECT_TRUE(catalogue_->services.Search("duong huyet", kJuly, 5, ServiceRoom::kImaging).empty());
}

TEST_F(StarterCatalogueTest, KnowsTheEligibilityRatesOnBothSidesOfTheFirstOfJuly) {
  EXPECT_EQ(catalogue_->eligibility.Find("1.13", kJune)->rate_outpatient, 0);
  EXPECT_EQ(catalogue_->eligibility.Find("1.13", kJuly)->rate_outpatient, 50);
  EXPECT_TRUE(catalogue_->eligibility.Find("1.2", kJuly)->whatever_the_card);
  EXPECT_EQ(catalogue_->eligibility.InOrder(kJuly)[0]->code, "1.1");
  EXPECT_EQ(catalogue_->eligibility.InOrder(kJuly).size(), 27u);
}

TEST_F(StarterCatalogueTest, ComputesFifteenPercentOfTheBaseSalary) {
  EXPECT_EQ(catalogue_->parameters.LowCostThreshold(kJune)->ToString(), "351000");
  EXPECT_EQ(catalogue_->parameters.LowCostThreshold(kJuly)->ToString(), "379500");
  EXPECT_FALSE(catalogue_->parameters.LowCostThreshold({2010, 1, 1}));
}

TEST_F(StarterCatalogueTest, FindsTheCommuneByNameOrTitle) {
  EXPECT_EQ(catalogue_->communes.Search("bo de", kJuly, 3)[0]->code, "00118");
  EXPECT_EQ(catalogue_->communes.Search("phuong bo de", kJuly, 3)[0]->code, "00118");
  EXPECT_EQ(CommuneTitle(*catalogue_->communes.Find("00565", kJuly)), "Xã Gia Lâm");
  EXPECT_EQ(catalogue_->communes.ValidAt(kJuly).size(), 126u);
  EXPECT_TRUE(catalogue_->communes.ValidAt({2025, 6, 30}).empty());
}

TEST_F(StarterCatalogueTest, MeasuresEveryLaboratoryService) {
  for (const Service* service : catalogue_->services.ValidAt(kJuly)) {
    if (service->room != ServiceRoom::kLab) continue;
    EXPECT_FALSE(catalogue_->analytes.OfService(service->code, kJuly).empty()) << service->code;
  }
}

}  // namespace
}  // namespace care::shared
