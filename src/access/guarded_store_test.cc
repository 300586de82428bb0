#include "access/guarded_store.h"

#include <gtest/gtest.h>

#include "access/store_record_scope.h"
#include "fhir/search/query.h"
#include "testkit/sample_people.h"
#include "testkit/test_station.h"

namespace access_control {
namespace {

using base::ErrorCode;
using base::Json;
using testkit::kOtherStationId;
using testkit::Someone;
using testkit::TestStation;

// An encounter that another station wrote, on a node that holds both.
Record AddElsewhere(TestStation& station, Json body) {
  auto& theirs = station.As(Someone(Role::kSystem, kOtherStationId));
  auto change = theirs.NewChange();
  const std::string reference = change.Create(std::move(body));
  EXPECT_TRUE(theirs.Commit(std::move(change)).ok());
  return station.Get(reference);
}

base::Status CreateAs(StoreRecordScope& scope, Json body) {
  auto change = scope.NewChange();
  change.Create(std::move(body));
  if (auto done = scope.Commit(std::move(change)); !done.ok()) return std::move(done).error();
  return base::Ok();
}

TEST(GuardedStore, TagsWhatItCreatesWithThePersonsStation) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  EXPECT_EQ(patient.body.At("meta.tag.0.system").String(), kStationSystem);
  EXPECT_EQ(patient.body.At("meta.tag.0.code").String(), testkit::kStationId);
}

TEST(WithStations, AddsTheTagAndTouchesNothingElse) {
  const auto tagged = [](const char* json) {
    const auto document = fhir::model::Document::ParseResource(json);
    const auto with = WithStations(**document, {"a"});
    return with.ok() ? (*with)->ToText() : with.error().detail;
  };
  const std::string tag = R"({"system":"https://tram.health/fhir/CodeSystem/station","code":"a"})";
  EXPECT_EQ(tagged(R"({"resourceType":"Basic","x":1.50,"y":"\"é"})"),
            R"({"resourceType":"Basic","x":1.50,"y":"\"é","meta":{"tag":[)" + tag + "]}}");
  EXPECT_EQ(
      tagged(R"({"resourceType":"Basic","meta":{"profile":["p"],"tag":[{"code":"b"}]},"x":1})"),
      R"({"resourceType":"Basic","x":1,"meta":{"profile":["p"],"tag":[)" + tag +
          R"(,{"code":"b"}]}})");
}

TEST(GuardedStore, RefusesATypeTheRoleIsNotGranted) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  auto& receptionist = station.As(Role::kReceptionist);
  EXPECT_EQ(receptionist.Read("Observation", "x").error().code, ErrorCode::kForbidden);
  EXPECT_EQ(receptionist.Search("Condition?subject=x").error().code, ErrorCode::kForbidden);
  EXPECT_EQ(CreateAs(receptionist, Json::Obj({{"resourceType", "Condition"}})).error().code,
            ErrorCode::kForbidden);
  EXPECT_EQ(station.All("Condition").size(), 0u);
}

TEST(GuardedStore, ShowsAnotherStationsRecordToNobodyAndSaysNotFound) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  const auto own = station.Add(testkit::MakeEncounter(patient));
  const auto theirs = AddElsewhere(station, testkit::MakeEncounter(patient));
  auto& doctor = station.As(Role::kDoctor);

  EXPECT_TRUE(doctor.Read("Encounter", own.id()).ok());
  const auto refused = doctor.Read("Encounter", theirs.id());
  const auto missing = doctor.Read("Encounter", "no-such-visit");
  EXPECT_EQ(refused.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(refused.error().code, missing.error().code);
}

TEST(GuardedStore, FindsAnotherStationsPersonBeforeTheyAreRegisteredTwice) {
  TestStation station;
  const auto theirs = AddElsewhere(
      station, testkit::MakePatient("Nguyễn Văn An", "1990-02-01", "male", "001090000001"));
  auto& receptionist = station.As(Role::kReceptionist);
  EXPECT_TRUE(receptionist.Read("Patient", theirs.id()).ok());
  EXPECT_EQ(receptionist.SearchAll("Patient?name=an")->size(), 1u);
}

TEST(GuardedStore, FiltersAnotherStationInsideTheQuerySoThatTotalsDoNotTell) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  station.Add(testkit::MakeEncounter(patient));
  for (int i = 0; i < 3; ++i) AddElsewhere(station, testkit::MakeEncounter(patient));
  const auto page = station.As(Role::kDoctor).Search("Encounter?_total=accurate&_count=1");
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->matches.size(), 1u);
  EXPECT_EQ(page->total, 1);
  EXPECT_TRUE(page->next_page.empty());
  EXPECT_EQ(station.All("Encounter").size(), 4u);
}

TEST(GuardedStore, AnswersNoQuestionAboutAnotherStationThroughAChainOrHas) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  AddElsewhere(station, testkit::MakeEncounter(patient, "waiting-doctor"));
  auto& doctor = station.As(Role::kDoctor);
  EXPECT_EQ(doctor.SearchAll("Patient?_has:Encounter:subject:status=arrived")->size(), 0u);
  station.Add(testkit::MakeEncounter(patient));
  EXPECT_EQ(doctor.SearchAll("Patient?_has:Encounter:subject:status=arrived")->size(), 1u);
}

TEST(GuardedStore, RefusesAPredicateOnATypeTheRoleMayNotSearch) {
  TestStation station;
  auto& receptionist = station.As(Role::kReceptionist);
  EXPECT_EQ(receptionist.Search("Patient?_has:Condition:subject:code=B20").error().code,
            ErrorCode::kForbidden);
}

TEST(GuardedStore, AnswersNoQuestionThroughACondition) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  station.Add(Json::Obj({{"resourceType", "Condition"},
                         {"subject", Json::Obj({{"reference", patient.Reference()}})}}));
  auto& receptionist = station.As(Role::kReceptionist);
  auto change = receptionist.NewChange();
  change.Create(testkit::MakeEncounter(patient));
  change.RequireNoMatch("Condition?subject=" + patient.Reference());
  EXPECT_EQ(receptionist.Commit(std::move(change)).error().code, ErrorCode::kForbidden);
}

TEST(GuardedStore, LeavesOutIncludedResourcesTheRoleMayNotRead) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  const auto condition =
      station.Add(Json::Obj({{"resourceType", "Condition"},
                             {"subject", Json::Obj({{"reference", patient.Reference()}})}}));
  Json encounter = testkit::MakeEncounter(patient);
  encounter.Set(
      "diagnosis",
      Json::Arr({Json::Obj({{"condition", Json::Obj({{"reference", condition.Reference()}})}})}));
  station.Add(std::move(encounter));
  const char* query = "Encounter?_include=Encounter:subject&_include=Encounter:diagnosis";
  const auto seen_by_doctor = station.As(Role::kDoctor).Search(query);
  const auto seen_at_desk = station.As(Role::kReceptionist).Search(query);
  ASSERT_TRUE(seen_by_doctor.ok() && seen_at_desk.ok());
  EXPECT_EQ(seen_by_doctor->included.size(), 2u);
  ASSERT_EQ(seen_at_desk->included.size(), 1u);
  EXPECT_EQ(seen_at_desk->included.front().type(), "Patient");
}

TEST(GuardedStore, MovesNoRecordToAnotherStationAndMakesNoneThere) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  auto& nurse = station.As(Role::kNurse);
  Json foreign = testkit::MakeEncounter(patient);
  TagStations(foreign, {std::string(kOtherStationId)});
  EXPECT_EQ(CreateAs(nurse, foreign).error().code, ErrorCode::kForbidden);

  auto own = station.Add(testkit::MakeEncounter(patient));
  own.body.Erase("meta");
  TagStations(own.body, {std::string(kOtherStationId)});
  auto change = nurse.NewChange();
  change.Update(own);
  EXPECT_EQ(nurse.Commit(std::move(change)).error().code, ErrorCode::kForbidden);
}

TEST(GuardedStore, ChangesNothingOfAnotherStationEvenWithoutItsTagInTheBody) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  auto theirs = AddElsewhere(station, testkit::MakeEncounter(patient));
  theirs.body.Erase("meta");
  auto& nurse = station.As(Role::kNurse);
  auto change = nurse.NewChange();
  change.Update(theirs);
  EXPECT_EQ(nurse.Commit(std::move(change)).error().code, ErrorCode::kForbidden);
  EXPECT_EQ(station.Get(theirs.Reference()).version, 1);
}

TEST(GuardedStore, KeepsTheStationOfARecordWhoseWriterForgotIt) {
  TestStation station;
  auto patient = station.AddPatient("Nguyễn Văn An");
  patient.body.Erase("meta");
  station.Replace(patient);
  EXPECT_EQ(station.Get(patient.Reference()).body.At("meta.tag.0.code").String(),
            testkit::kStationId);
}

// What the program did not tag came with no station: the node's own.
TEST(GuardedStore, TakesAnUntaggedRecordAsTheNodesOwn) {
  TestStation station;
  fhir::store::Transaction transaction;
  const Json body = Json::Obj({{"resourceType", "Encounter"}, {"id", "imported"}});
  transaction.writes.push_back({.key = {fhir::model::ResourceType::kEncounter, "imported"},
                                .document = *fhir::model::Document::FromJson(body)});
  ASSERT_TRUE(station.store().Commit(std::move(transaction)).ok());
  auto& doctor = station.As(Role::kDoctor);
  EXPECT_TRUE(doctor.Read("Encounter", "imported").ok());
  EXPECT_EQ(doctor.SearchAll("Encounter")->size(), 1u);
}

TEST(GuardedStore, LetsNoRoleReachSecretsOrForgeTheTrail) {
  TestStation station;
  for (size_t role_index = 0; role_index < kRoleCount; ++role_index) {
    auto& scope = station.As(static_cast<Role>(role_index));
    for (const char* type : {"VerificationResult", "AuditEvent"}) {
      EXPECT_EQ(scope.Read(type, "x").error().code, ErrorCode::kForbidden);
      EXPECT_EQ(scope.Search(type).error().code, ErrorCode::kForbidden);
      EXPECT_EQ(CreateAs(scope, Json::Obj({{"resourceType", type}})).error().code,
                ErrorCode::kForbidden);
    }
  }
}

TEST(GuardedStore, ShowsEarlierVersionsOnlyToThoseGrantedThem) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  const fhir::store::Key key{fhir::model::ResourceType::kPatient, patient.id()};
  EXPECT_TRUE(station.As(Role::kDoctor).guarded().ReadVersion(key, 1).ok());
  EXPECT_EQ(station.As(Role::kNurse).guarded().ReadVersion(key, 1).error().code,
            ErrorCode::kForbidden);
  const fhir::store::HistoryQuery history{.type = key.type, .id = key.id};
  EXPECT_EQ(station.As(Role::kDoctor).guarded().History(history)->versions.size(), 1u);
  EXPECT_EQ(station.As(Role::kNurse).guarded().History(history).error().code,
            ErrorCode::kForbidden);
  EXPECT_EQ(station.As(Role::kDoctor).guarded().History({}).error().code, ErrorCode::kForbidden);
}

TEST(GuardedStore, HidesAnotherStationsHistory) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  const auto theirs = AddElsewhere(station, testkit::MakeEncounter(patient));
  const fhir::store::HistoryQuery history{.type = fhir::model::ResourceType::kEncounter,
                                          .id = theirs.id()};
  EXPECT_EQ(station.As(Role::kDoctor).guarded().History(history).error().code,
            ErrorCode::kNotFound);
}

TEST(GuardedStore, RefusesAndRecordsAUseCaseWithoutPermission) {
  TestStation station;
  auto& nurse = station.As(Role::kNurse);
  EXPECT_TRUE(nurse.guarded().Authorize("reception.check_in").ok());
  EXPECT_EQ(nurse.guarded().Authorize("visit.prescribe").error().code, ErrorCode::kForbidden);
  const auto trail = station.AuditTrail();
  ASSERT_EQ(trail.size(), 1u);
  EXPECT_EQ(trail[0]["outcome"].String(), "8");
  EXPECT_EQ(trail[0]["outcomeDesc"].String(), "visit.prescribe");
}

}  // namespace
}  // namespace access_control
