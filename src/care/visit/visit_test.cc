#include <gtest/gtest.h>

#include "care/shared/catalogue/catalogue.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"
#include "care/visit/call_patient.h"
#include "care/visit/close_visit.h"
#include "care/visit/examination.h"
#include "care/visit/order_tests.h"
#include "care/visit/prescribe.h"
#include "care/visit/print.h"
#include "care/visit/record_vital_signs.h"
#include "care/visit/story.h"
#include "testkit/test_station.h"

namespace care::visit {
namespace {

using access_control::Record;
using access_control::Role;
using base::Decimal;
using base::Json;

class Room : public testing::Test {
 protected:
  shared::Context As(Role role) { return station_.ContextOf(role, *catalogue_); }

  Record AddVisit(const char* name = "Nguyễn Văn An") {
    const Record patient = station_.AddPatient(name, "1990-02-01", "male");
    Json encounter = Json::Obj({{"resourceType", "Encounter"}, {"status", "arrived"}});
    shared::SetIdentifier(encounter, shared::sid::kClaimKey, "01234-261121-0001");
    encounter.Set("class", shared::Coding(shared::code_system::kActClass, "AMB"));
    encounter.Set("type", Json::Arr({shared::Concept(shared::code_system::kVisitType, "01")}));
    encounter.Set("subject", shared::Reference(patient.Reference()));
    encounter.Set("period", Json::Obj({{"start", station_.clock.Now().ToLocal()}}));
    shared::SetStage(encounter, shared::Stage::kWaitingNurse);
    return station_.Add(std::move(encounter));
  }

  base::Result<VitalSignSet> Measure(const Record& visit, const char* pulse,
                                     std::vector<std::string> confirmed = {}) {
    auto nurse = As(Role::kNurse);
    RecordVitalSignsInput input;
    input.encounter_id = visit.id();
    input.values.at(VitalSign::kPulse) = *Decimal::Parse(pulse);
    input.values.at(VitalSign::kWeight) = Decimal(60);
    input.values.at(VitalSign::kHeight) = Decimal(165);
    input.confirmed = std::move(confirmed);
    return RecordVitalSigns(input, nurse);
  }

  Draft CommonCold() {
    Draft draft;
    draft.examination.symptoms = "Ho, sốt";
    draft.diagnoses = {{"J00", "", "", true}};
    return draft;
  }

  PrescriptionLine Paracetamol() {
    PrescriptionLine line;
    line.drug = "TH0001";
    line.dose = 1;
    line.times = 2;
    line.days = 5;
    line.quantity = 10;
    return line;
  }

  testkit::TestStation station_;
  std::shared_ptr<const shared::Catalogue> catalogue_ = shared::StarterCatalogue();
};

TEST_F(Room, VitalSignsMoveThePatientOnToTheDoctor) {
  const Record visit = AddVisit();
  const auto set = Measure(visit, "75");
  ASSERT_TRUE(set.ok()) << set.error().message << set.error().detail;
  EXPECT_EQ(set->bmi->ToString(), "22");
  EXPECT_EQ(shared::StageOf(station_.Get(visit.Reference()).body), shared::Stage::kWaitingDoctor);
}

TEST_F(Room, ImprobableVitalSignsAreAskedAboutAndImpossibleOnesRefused) {
  const Record visit = AddVisit();
  EXPECT_EQ(Measure(visit, "170").error().code, base::ErrorCode::kUnprocessable);
  EXPECT_EQ(Measure(visit, "170").error().field, "pulse");
  EXPECT_EQ(Measure(visit, "750").error().code, base::ErrorCode::kInvalid);
  EXPECT_TRUE(station_.All("Observation").empty());
  const auto confirmed = Measure(visit, "170", {"pulse"});
  ASSERT_TRUE(confirmed.ok());
  EXPECT_EQ(confirmed->flags.size(), 1U);
}

TEST_F(Room, TwoDoctorsCallingOnePatientGetOneAnswerEach) {
  const Record visit = AddVisit();
  ASSERT_TRUE(Measure(visit, "75").ok());
  auto first = As(Role::kDoctor);
  auto second_principal = testkit::Someone(Role::kDoctor);
  second_principal.practitioner_id = "other-doctor";
  second_principal.display_name = "Bác sĩ Hai";
  shared::Context second{station_.As(second_principal), station_.clock, station_.random, *catalogue_,
                         station_.station};
  ASSERT_TRUE(CallPatient(visit.id(), "Phòng khám 1", first).ok());
  const auto refused = CallPatient(visit.id(), "Phòng khám 2", second);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::kConflict);
  EXPECT_EQ(CallNextPatient("Phòng khám 2", second)->version, 0);  // nobody else waits
  ASSERT_TRUE(ReturnToWaiting(visit.id(), first).ok());
  EXPECT_EQ(CallNextPatient("Phòng khám 2", second)->id(), visit.id());
}

TEST_F(Room, DraftsSurviveAndNoticeAnotherScreen) {
  const Record visit = AddVisit();
  auto doctor = As(Role::kDoctor);
  const auto version = SaveDraft(visit.id(), CommonCold(), 0, doctor);
  ASSERT_TRUE(version.ok()) << version.error().message << version.error().detail;
  EXPECT_EQ(SaveDraft(visit.id(), CommonCold(), 0, doctor).error().code, base::ErrorCode::kConflict);
  const auto again = SaveDraft(visit.id(), CommonCold(), *version, doctor);
  ASSERT_TRUE(again.ok());
  const auto saved = ReadDraft(doctor, visit.id());
  ASSERT_TRUE(saved.ok());
  EXPECT_EQ(ToJson(saved->draft).Dump(), ToJson(CommonCold()).Dump());
  EXPECT_EQ(saved->impression.version, *again);
}

TEST_F(Room, OrdersAreMadeOnceAndTakenBackBeforeWorkBegan) {
  const Record visit = AddVisit();
  auto doctor = As(Role::kDoctor);
  const std::string glucose = catalogue_->services.ValidAt(station_.clock.Today()).back()->code;
  ASSERT_TRUE(OrderTests(visit.id(), {glucose}, doctor).ok());
  EXPECT_EQ(OrderTests(visit.id(), {glucose}, doctor).error().field, "services[0]");
  EXPECT_EQ(OrderTests(visit.id(), {"no-such-service"}, doctor).error().code,
            base::ErrorCode::kInvalid);
  const auto orders = station_.All("ServiceRequest?status=active");
  ASSERT_EQ(orders.size(), 1U);
  ASSERT_TRUE(RevokeOrder(visit.id(), orders.front().id(), doctor).ok());
  EXPECT_EQ(RevokeOrder(visit.id(), orders.front().id(), doctor).error().code,
            base::ErrorCode::kUnprocessable);
}

TEST_F(Room, ASignedPrescriptionCanBeReplacedUntilSomethingWasHandedOut) {
  const Record visit = AddVisit();
  auto doctor = As(Role::kDoctor);
  ASSERT_TRUE(SignPrescription(visit.id(), {Paracetamol()}, doctor).ok());
  ASSERT_TRUE(SignPrescription(visit.id(), {Paracetamol()}, doctor).ok());
  auto active = station_.All("MedicationRequest?status=active");
  ASSERT_EQ(active.size(), 1U);
  EXPECT_EQ(station_.All("MedicationRequest?status=cancelled").size(), 1U);
  EXPECT_EQ(station_.All("Task?status=requested").size(), 1U);
  active.front().body.Set("status", "completed");
  station_.Replace(active.front());
  EXPECT_EQ(SignPrescription(visit.id(), {Paracetamol()}, doctor).error().code,
            base::ErrorCode::kUnprocessable);
}

TEST_F(Room, ClosingTellsEverythingThatIsMissingAtOnce) {
  const Record visit = AddVisit();
  auto doctor = As(Role::kDoctor);
  CloseVisitInput input;
  input.encounter_id = visit.id();
  const auto refused = CloseVisit(input, doctor);
  ASSERT_FALSE(refused.ok());
  const Json extra = *Json::Parse(refused.error().extra);
  EXPECT_EQ(extra["missing"].size(), 2U) << refused.error().extra;  // nobody called, no main diagnosis
}

TEST_F(Room, ClosesAVisitWithDiagnosesAndAnAppointment) {
  const Record visit = AddVisit();
  ASSERT_TRUE(Measure(visit, "75").ok());
  auto doctor = As(Role::kDoctor);
  ASSERT_TRUE(CallPatient(visit.id(), "Phòng khám 1", doctor).ok());
  Draft draft = CommonCold();
  draft.revisit = {"2026-12-05", "Khám lại"};
  ASSERT_TRUE(SaveDraft(visit.id(), draft, 0, doctor).ok());
  ASSERT_TRUE(SignPrescription(visit.id(), {Paracetamol()}, doctor).ok());
  CloseVisitInput input;
  input.encounter_id = visit.id();
  const auto closed = CloseVisit(input, doctor);
  ASSERT_TRUE(closed.ok()) << closed.error().message << closed.error().extra << closed.error().detail;
  EXPECT_EQ((*closed)["status"].String(), "finished");
  EXPECT_EQ(shared::StageOf(closed->body), shared::Stage::kWaitingPharmacy);
  EXPECT_EQ((*closed)["diagnosis"].size(), 1U);
  EXPECT_EQ(station_.All("Appointment").size(), 1U);
  EXPECT_EQ(station_.EventNames().back(), "VisitClosed");
  const auto story = ReadStory(visit.id(), doctor);
  ASSERT_TRUE(story.ok()) << story.error().message;
  EXPECT_EQ(story->At("diagnoses.0.code").String(), "J00");
  EXPECT_EQ(story->At("revisit.date").String(), "2026-12-05");
  const auto paper = PrintPaper(visit.id(), "prescription", doctor);
  ASSERT_TRUE(paper.ok());
  EXPECT_NE((*paper)["html"].String().find("Paracetamol"), std::string::npos);
  EXPECT_EQ(CloseVisit(input, doctor).error().code, base::ErrorCode::kConflict);
}

TEST_F(Room, RefusesACodeThatIsTooCoarseAndAsksAboutTheWrongSex) {
  const Record visit = AddVisit();
  ASSERT_TRUE(Measure(visit, "75").ok());
  auto doctor = As(Role::kDoctor);
  ASSERT_TRUE(CallPatient(visit.id(), "", doctor).ok());
  Draft draft;
  draft.diagnoses = {{"A00", "", "", true}, {"N76.0", "", "", false}};
  ASSERT_TRUE(SaveDraft(visit.id(), draft, 0, doctor).ok());
  CloseVisitInput input;
  input.encounter_id = visit.id();
  const auto refused = CloseVisit(input, doctor);
  ASSERT_FALSE(refused.ok());
  const Json extra = *Json::Parse(refused.error().extra);
  EXPECT_EQ(extra["missing"].size(), 1U) << refused.error().extra;
  EXPECT_EQ(extra.At("flags.0.id").String(), "wrong_sex:N76.0") << refused.error().extra;
}

TEST_F(Room, TheStoryTellsEarlierVisitsWithTheirResults) {
  const Record visit = AddVisit();
  Json earlier = visit.body;
  earlier.Erase("id");
  earlier.Erase("meta");
  earlier.Set("status", "finished");
  earlier.Set("period", Json::Obj({{"start", "2026-10-02T08:00:00+07:00"},
                                   {"end", "2026-10-02T09:00:00+07:00"}}));
  const Record past = station_.Add(std::move(earlier));
  Json result = Json::Obj({{"resourceType", "Observation"}, {"status", "final"}});
  result.Set("category", Json::Arr({shared::Concept(shared::code_system::kObservationCategory, "laboratory")}));
  result.Set("code", shared::Concept(shared::code_system::kAnalyte, "GLU", "Glucose"));
  result.Set("subject", visit["subject"]);
  result.Set("encounter", shared::Reference(past.Reference()));
  result.Set("effectiveDateTime", "2026-10-02T08:30:00+07:00");
  result.Set("valueQuantity", shared::Quantity("9.8", "mmol/L"));
  result.Set("interpretation", Json::Arr({shared::Concept(shared::code_system::kInterpretation, "H")}));
  station_.Add(std::move(result));
  auto doctor = As(Role::kDoctor);
  const auto story = ReadStory(visit.id(), doctor);
  ASSERT_TRUE(story.ok()) << story.error().message;
  ASSERT_EQ((*story)["history"].size(), 1U);
  EXPECT_EQ(story->At("history.0.results.0").String(), "Glucose 9.8 mmol/L (H)");
  EXPECT_EQ((*story)["results"].size(), 0U);  // nothing measured in this visit yet
}

TEST(EscapeHtml, LeavesNothingForABrowserToRun) {
  EXPECT_EQ(EscapeHtml("<script>alert('x')</script>"),
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
}

}  // namespace
}  // namespace care::visit
