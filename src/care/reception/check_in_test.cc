#include "care/reception/check_in.h"

#include <gtest/gtest.h>

#include "care/reception/queue_screen.h"
#include "care/shared/catalogue/catalogue.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"
#include "testkit/sample_people.h"
#include "testkit/test_station.h"

namespace care::reception {
namespace {

using access_control::Role;

class CheckInDesk : public testing::Test {
 protected:
  shared::Context context() { return station_.ContextOf(Role::kReceptionist, *catalogue_); }

  base::Result<CheckInOutput> Admit(const char* name, const char* birth = "1990-02-01",
                                    bool emergency = false) {
    auto desk = context();
    CheckInInput input;
    input.patient_id = station_.AddPatient(name, birth).id();
    input.reason = "Ho, sốt";
    input.emergency = emergency;
    return CheckIn(input, desk);
  }

  testkit::TestStation station_;
  std::shared_ptr<const shared::Catalogue> catalogue_ = shared::StarterCatalogue();
};

TEST_F(CheckInDesk, GivesNumbersInOrderAndAClaimKey) {
  const auto first = Admit("Nguyễn Văn An");
  ASSERT_TRUE(first.ok()) << first.error().message << first.error().detail;
  EXPECT_EQ(first->ticket, "A001");
  EXPECT_EQ(Admit("Trần Thị Bình")->ticket, "A002");
  const std::string key = shared::IdentifierValue(first->encounter.body, shared::sid::kClaimKey);
  EXPECT_TRUE(key.starts_with("01234-")) << key;
  EXPECT_EQ(station_.EventNames().back(), "PatientCheckedIn");
}

TEST_F(CheckInDesk, RefusesASecondOpenVisitOnTheSameDay) {
  auto desk = context();
  CheckInInput input;
  input.patient_id = station_.AddPatient("Nguyễn Văn An").id();
  ASSERT_TRUE(CheckIn(input, desk).ok());
  EXPECT_EQ(CheckIn(input, desk).error().code, base::ErrorCode::kUnprocessable);
  EXPECT_EQ(station_.All("Encounter").size(), 1U);
}

TEST_F(CheckInDesk, ForgetsAVisitThatYesterdayLeftOpen) {
  auto desk = context();
  CheckInInput input;
  input.patient_id = station_.AddPatient("Nguyễn Văn An").id();
  ASSERT_TRUE(CheckIn(input, desk).ok());
  station_.clock.Advance(24 * 3'600'000LL);
  EXPECT_TRUE(shared::ListVisits(desk, station_.clock.Today(), "")->empty());
  const auto again = CheckIn(input, desk);
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ(again->ticket, "A001");
  EXPECT_EQ(shared::ListVisits(desk, station_.clock.Today(), "")->size(), 1U);
}

TEST_F(CheckInDesk, PutsTheUrgentInFront) {
  ASSERT_TRUE(Admit("Người Thường").ok());
  ASSERT_TRUE(Admit("Cụ Già", "1948-01-01").ok());
  const auto emergency = Admit("Người Nguy", "1990-01-01", true);
  ASSERT_TRUE(emergency.ok());
  auto desk = context();
  const auto screen = ReadQueueScreen(desk);
  ASSERT_TRUE(screen.ok());
  ASSERT_EQ(screen->waiting.size(), 3U);
  EXPECT_EQ(screen->waiting[0].ticket, "U003");
  EXPECT_EQ(screen->waiting[1].ticket, "U002");
  EXPECT_EQ(screen->waiting[2].ticket, "A001");
  EXPECT_EQ(emergency->ahead, 1);  // the other urgent one arrived before
}

TEST_F(CheckInDesk, ShowsCardsAndAllergiesInEveryList) {
  const auto admitted = Admit("Nguyễn Văn An");
  const auto patient = station_.Get("Patient/" + shared::PatientIdOf(admitted->encounter.body));
  station_.Add(testkit::MakeCoverage(patient, "DN4010123456789"));
  base::Json allergy = base::Json::Obj({{"resourceType", "AllergyIntolerance"}});
  allergy.Set("patient", shared::Reference(patient.Reference()));
  allergy.Set("code", base::Json::Obj({{"text", "Penicillin"}}));
  station_.Add(std::move(allergy));
  auto nurse = station_.ContextOf(Role::kNurse, *catalogue_);
  const auto rows = shared::ListVisits(nurse, station_.clock.Today(), "");
  ASSERT_TRUE(rows.ok()) << rows.error().message;
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(rows->front().patient.allergies, std::vector<std::string>{"Penicillin"});
  ASSERT_EQ(rows->front().patient.insurance.size(), 1U);
  EXPECT_EQ(rows->front().patient.insurance.front().number, "DN4010123456789");
}

TEST_F(CheckInDesk, CancelsAVisitOnce) {
  const auto admitted = Admit("Nguyễn Văn An");
  auto desk = context();
  ASSERT_TRUE(CancelVisit(admitted->encounter.id(), "về trước", desk).ok());
  EXPECT_EQ(CancelVisit(admitted->encounter.id(), "về trước", desk).error().code,
            base::ErrorCode::kConflict);
}

TEST_F(CheckInDesk, IsRefusedToWhoeverMayNot) {
  auto pharmacy = station_.ContextOf(Role::kLabTechnician, *catalogue_);
  CheckInInput input;
  input.patient_id = station_.AddPatient("Nguyễn Văn An").id();
  EXPECT_EQ(CheckIn(input, pharmacy).error().code, base::ErrorCode::kForbidden);
  EXPECT_TRUE(station_.All("Encounter").empty());
}

TEST(PriorityReason, FollowsTheLawsOrder) {
  const base::Date today{2026, 11, 21};
  const auto reason = [&](const char* birth, bool emergency, bool pregnant, bool disabled) {
    CheckInInput input;
    input.emergency = emergency;
    input.pregnant = pregnant;
    input.disabled = disabled;
    return PriorityReason(input, birth, today);
  };
  EXPECT_EQ(reason("1990-01-01", false, false, false), "");
  EXPECT_EQ(reason("2020-11-22", false, false, false), "child");
  EXPECT_EQ(reason("2020-11-21", false, false, false), "");
  EXPECT_EQ(reason("1951-11-21", false, false, false), "elderly");
  EXPECT_EQ(reason("1951-11-22", false, false, false), "");
  EXPECT_EQ(reason("2020-11-22", true, true, true), "emergency");
  EXPECT_EQ(reason("", false, true, false), "pregnant");
}

}  // namespace
}  // namespace care::reception
