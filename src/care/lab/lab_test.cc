#include <gtest/gtest.h>

#include "care/lab/analytes.h"
#include "care/lab/collect_specimen.h"
#include "care/lab/enter_result.h"
#include "care/lab/verify_result.h"
#include "care/lab/worklist.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"
#include "testkit/test_station.h"

namespace care::lab {
namespace {

using access_control::Record;
using access_control::Role;
using base::Decimal;
using base::Json;

class Bench : public testing::Test {
 protected:
  Bench() {
    patient_ = station_.AddPatient("Nguyễn Thị Hà", "1980-02-01", "female");
    Json encounter = Json::Obj({{"resourceType", "Encounter"}, {"status", "in-progress"}});
    encounter.Set("class", shared::Coding(shared::code_system::kActClass, "AMB"));
    encounter.Set("subject", shared::Reference(patient_.Reference()));
    encounter.Set("period", Json::Obj({{"start", station_.clock.Now().ToLocal()}}));
    visit_ = station_.Add(std::move(encounter));
    const auto today = station_.clock.Today();
    for (const auto& analyte : catalogue_->analytes.rows()) {
      if (analyte.kind == shared::ResultKind::kQuantity && analyte.plausible_high &&
          analyte.RangeFor("female", base::Date{1980, 2, 1}, today) != nullptr &&
          catalogue_->services.Find(analyte.service_code, today) != nullptr) {
        analyte_ = &analyte;
        break;
      }
    }
    Json order = Json::Obj({{"resourceType", "ServiceRequest"}, {"status", "active"}, {"intent", "order"}});
    order.Set("category", Json::Arr({shared::Concept(shared::code_system::kOrderCategory, "lab")}));
    order.Set("code", shared::Concept(shared::code_system::kService, analyte_->service_code, "Xét nghiệm"));
    order.Set("subject", shared::Reference(patient_.Reference()));
    order.Set("encounter", shared::Reference(visit_.Reference()));
    order.Set("authoredOn", station_.clock.Now().ToLocal());
    order_ = station_.Add(std::move(order));
  }

  shared::Context Technician(const char* id) {
    auto who = testkit::Someone(Role::kLabTechnician);
    who.practitioner_id = id;
    return {station_.As(who), station_.clock, station_.random, *catalogue_, station_.station};
  }

  base::Result<LabOrder> Enter(const char* who, const std::string& value,
                               std::vector<std::string> confirmed = {}) {
    auto context = Technician(who);
    return EnterResult({order_.id(), {{analyte_->code, value}}, std::move(confirmed)}, context);
  }

  testkit::TestStation station_;
  std::shared_ptr<const shared::Catalogue> catalogue_ = shared::StarterCatalogue();
  const shared::Analyte* analyte_ = nullptr;
  Record patient_, visit_, order_;
};

TEST_F(Bench, LabelsATubeOnce) {
  auto context = Technician("one");
  const auto label = CollectSpecimen(order_.id(), context);
  ASSERT_TRUE(label.ok()) << label.error().message << label.error().detail;
  EXPECT_EQ(*CollectSpecimen(order_.id(), context), *label);
  EXPECT_EQ(station_.All("Specimen").size(), 1U);
}

TEST_F(Bench, NeedsASecondPersonToVerify) {
  ASSERT_TRUE(Enter("one", "5.10").ok());
  auto one = Technician("one");
  auto two = Technician("two");
  EXPECT_EQ(VerifyResult(order_.id(), one).error().code, base::ErrorCode::kUnprocessable);
  const auto verified = VerifyResult(order_.id(), two);
  ASSERT_TRUE(verified.ok()) << verified.error().message;
  EXPECT_EQ(verified->state, OrderState::kVerified);
  const auto results = station_.All("Observation?status=final");
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results.front().body.At("valueQuantity.value").NumberText(), "5.10");  // digits kept
  EXPECT_EQ(station_.EventNames().back(), "ResultVerified");
  EXPECT_EQ(Enter("one", "6").error().code, base::ErrorCode::kConflict);
}

TEST_F(Bench, AsksAboutWhatCannotBeAndRefusesWhatIsNoNumber) {
  const std::string absurd = (*analyte_->plausible_high + Decimal(1)).ToString();
  EXPECT_EQ(Enter("one", absurd).error().code, base::ErrorCode::kUnprocessable);
  EXPECT_EQ(Enter("one", "abc").error().field, "results[0]");
  EXPECT_EQ(Enter("one", "-1").error().code, base::ErrorCode::kInvalid);
  EXPECT_TRUE(Enter("one", absurd, {analyte_->code}).ok());
}

TEST_F(Bench, EnteringAgainReplacesAndRejectingSendsBack) {
  ASSERT_TRUE(Enter("one", "5").ok());
  ASSERT_TRUE(Enter("one", "6").ok());
  EXPECT_EQ(station_.All("Observation?status=preliminary").size(), 1U);
  auto two = Technician("two");
  const auto rejected = RejectResult(order_.id(), "mẫu vỡ hồng cầu", two);
  ASSERT_TRUE(rejected.ok()) << rejected.error().message;
  EXPECT_EQ(rejected->state, OrderState::kOrdered);
  EXPECT_EQ(station_.All("Observation?status=entered-in-error").size(), 2U);
  ASSERT_TRUE(Enter("one", "7").ok());
}

TEST_F(Bench, ListsTheOrderWithWhatToMeasure) {
  auto context = Technician("one");
  const auto list = Worklist("", context);
  ASSERT_TRUE(list.ok()) << list.error().message;
  ASSERT_EQ((*list)["items"].size(), 1U);
  EXPECT_EQ(list->At("items.0.status").String(), "ordered");
  EXPECT_GT(list->At("items.0.analytes").size(), 0U);
  EXPECT_EQ((*Worklist("verified", context))["items"].size(), 0U);
}

TEST(FlagOf, JudgesReferenceAndCriticalLimits) {
  shared::ReferenceRange range;
  range.low = Decimal(4);
  range.high = Decimal(10);
  range.critical_low = Decimal(2);
  range.critical_high = Decimal(30);
  const auto flag = [&](int value) { return FlagOf(&range, Decimal(value)); };
  EXPECT_EQ(flag(5), "N");
  EXPECT_EQ(flag(4), "N");
  EXPECT_EQ(flag(3), "L");
  EXPECT_EQ(flag(11), "H");
  EXPECT_EQ(flag(1), "LL");
  EXPECT_EQ(flag(31), "HH");
  EXPECT_EQ(FlagOf(nullptr, Decimal(5)), "");
  EXPECT_EQ(RangeText(&range), "4 – 10");
}

}  // namespace
}  // namespace care::lab
