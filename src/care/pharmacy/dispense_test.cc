#include "care/pharmacy/dispense.h"

#include <gtest/gtest.h>

#include "care/pharmacy/worklist.h"
#include "care/shared/catalogue/catalogue.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"
#include "testkit/test_station.h"

namespace care::pharmacy {
namespace {

using access_control::Record;
using access_control::Role;
using base::Decimal;
using base::Json;

class Counter : public testing::Test {
 protected:
  Counter() {
    const Record patient = station_.AddPatient("Nguyễn Thị Hà");
    Json encounter = Json::Obj({{"resourceType", "Encounter"}, {"status", "finished"}});
    encounter.Set("class", shared::Coding(shared::code_system::kActClass, "AMB"));
    encounter.Set("subject", shared::Reference(patient.Reference()));
    encounter.Set("period", Json::Obj({{"start", station_.clock.Now().ToLocal()}}));
    shared::SetStage(encounter, shared::Stage::kWaitingPharmacy);
    visit_ = station_.Add(std::move(encounter));
    Json request = Json::Obj({{"resourceType", "MedicationRequest"}, {"status", "active"}, {"intent", "order"}});
    request.Set("medicationCodeableConcept", shared::Concept(shared::code_system::kDrug, "TH0001", "Paracetamol 500 mg"));
    request.Set("subject", shared::Reference(patient.Reference()));
    request.Set("encounter", shared::Reference(visit_.Reference()));
    request.Set("authoredOn", station_.clock.Now().ToLocal());
    request.Set("dispenseRequest", Json::Obj({{"quantity", Json::Obj({{"value", 10}, {"unit", "viên"}})}}));
    request_ = station_.Add(std::move(request));
  }

  shared::Context context() { return station_.ContextOf(Role::kPharmacist, *catalogue_); }

  Lot Receive(const char* lot, base::Date expires, int quantity) {
    auto pharmacist = context();
    auto received = ReceiveStock({"TH0001", lot, expires, Decimal(quantity), Decimal(300)}, pharmacist);
    EXPECT_TRUE(received.ok()) << received.error().message << received.error().detail;
    return *received;
  }

  base::Result<DispenseOutput> Take(std::vector<LotTake> lots) {
    auto pharmacist = context();
    return Dispense({visit_.id(), {{request_.id(), std::move(lots)}}}, pharmacist);
  }

  Decimal OnHand(const Lot& lot) {
    return LotOf(station_.Get(lot.medication.Reference())).on_hand;
  }

  testkit::TestStation station_;
  std::shared_ptr<const shared::Catalogue> catalogue_ = shared::StarterCatalogue();
  Record visit_, request_;
};

TEST_F(Counter, ProposesTheEarliestLotAndHandsItOut) {
  const Lot late = Receive("B", {2028, 1, 1}, 100);
  const Lot early = Receive("A", {2027, 1, 1}, 4);
  auto pharmacist = context();
  const auto list = Worklist(pharmacist);
  ASSERT_TRUE(list.ok()) << list.error().message;
  const Json& lots = list->At("items.0.lines.0.lots");
  ASSERT_EQ(lots.size(), 2U);
  EXPECT_EQ(lots[0]["lot"].String(), "A");
  EXPECT_EQ(lots[0]["take"].Int(), 4);
  EXPECT_EQ(lots[1]["take"].Int(), 6);
  const auto done = Take({{early.id(), 4}, {late.id(), 6}});
  ASSERT_TRUE(done.ok()) << done.error().message;
  EXPECT_TRUE(done->complete);
  EXPECT_EQ(OnHand(early), Decimal(0));
  EXPECT_EQ(OnHand(late), Decimal(94));
  EXPECT_EQ(shared::StageOf(station_.Get(visit_.Reference()).body), shared::Stage::kWaitingCashier);
}

TEST_F(Counter, HandsOutExactlyWhatWasPrescribedOrNothing) {
  const Lot lot = Receive("A", {2027, 1, 1}, 100);
  EXPECT_EQ(Take({{lot.id(), 9}}).error().field, "lines[0]");
  EXPECT_EQ(Take({{lot.id(), 11}}).error().code, base::ErrorCode::kUnprocessable);
  EXPECT_EQ(Take({{lot.id(), -10}}).error().code, base::ErrorCode::kInvalid);
  EXPECT_EQ(OnHand(lot), Decimal(100));
  ASSERT_TRUE(Take({{lot.id(), 10}}).ok());
  EXPECT_EQ(Take({{lot.id(), 10}}).error().code, base::ErrorCode::kConflict);  // not twice
  EXPECT_EQ(OnHand(lot), Decimal(90));
}

TEST_F(Counter, NeverGoesBelowZero) {
  const Lot lot = Receive("A", {2027, 1, 1}, 5);
  EXPECT_EQ(Take({{lot.id(), 10}}).error().code, base::ErrorCode::kConflict);
  EXPECT_EQ(OnHand(lot), Decimal(5));
}

TEST_F(Counter, NeverHandsOutAnExpiredLot) {
  const Lot lot = Receive("A", station_.clock.Today(), 100);
  station_.clock.Advance(86'400'000);
  EXPECT_EQ(Take({{lot.id(), 10}}).error().code, base::ErrorCode::kUnprocessable);
}

TEST_F(Counter, AddsToAKnownLotAndCountsIt) {
  const Lot lot = Receive("A", {2027, 1, 1}, 5);
  EXPECT_EQ(Receive("A", {2027, 1, 1}, 7).on_hand, Decimal(12));
  auto pharmacist = context();
  ASSERT_TRUE(AdjustStock(lot.id(), 11, "vỡ một viên", pharmacist).ok());
  EXPECT_EQ(OnHand(lot), Decimal(11));
  EXPECT_FALSE(AdjustStock(lot.id(), -1, "x", pharmacist).ok());
  EXPECT_FALSE(ReceiveStock({"TH0001", "C", {2020, 1, 1}, 5, 1}, pharmacist).ok());
  EXPECT_FALSE(ReceiveStock({"no-such-drug", "C", {2030, 1, 1}, 5, 1}, pharmacist).ok());
}

}  // namespace
}  // namespace care::pharmacy
