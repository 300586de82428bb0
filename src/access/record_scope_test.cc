#include "access/record_scope.h"

#include <gtest/gtest.h>

#include "testkit/sample_people.h"
#include "testkit/test_station.h"

namespace access_control {
namespace {

using base::ErrorCode;
using base::Json;
using testkit::TestStation;

TEST(RecordScope, PagesThroughEveryMatchUpToTheLimit) {
  TestStation station;
  for (int i = 0; i < 7; ++i) station.AddPatient("Nguyễn Văn An");
  auto& receptionist = station.As(Role::kReceptionist);
  EXPECT_EQ(receptionist.SearchAll("Patient?_count=3")->size(), 7u);
  EXPECT_EQ(receptionist.SearchAll("Patient")->size(), 7u);
  EXPECT_EQ(receptionist.SearchAll("Patient?_count=3", 6).error().code, ErrorCode::kTooLarge);
}

TEST(RecordScope, FindsTheOneMatchOrSaysWhyNot) {
  TestStation station;
  auto& receptionist = station.As(Role::kReceptionist);
  EXPECT_EQ(receptionist.SearchOne("Patient?name=an").error().code, ErrorCode::kNotFound);
  const auto an = station.AddPatient("Nguyễn Văn An");
  EXPECT_EQ(receptionist.SearchOne("Patient?name=an")->id(), an.id());
  station.AddPatient("Trần Thị An");
  EXPECT_EQ(receptionist.SearchOne("Patient?name=an").error().code, ErrorCode::kConflict);
}

TEST(RecordScope, WritesAllOrNothing) {
  TestStation station;
  auto patient = station.AddPatient("Nguyễn Văn An");
  station.Replace(patient);
  auto& receptionist = station.As(Role::kReceptionist);
  auto change = receptionist.NewChange();
  change.Create(testkit::MakeEncounter(patient));
  change.Update(patient);  // at a version that is no more
  EXPECT_EQ(receptionist.Commit(std::move(change)).error().code, ErrorCode::kConflict);
  EXPECT_TRUE(station.All("Encounter").empty());
}

TEST(RecordScope, KeepsToWhatAChangeRequires) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An", "1990-02-01", "male", "001090000001");
  auto& receptionist = station.As(Role::kReceptionist);
  const std::string same = "Patient?identifier=http://fhir.hl7.org.vn/core/sid/cccd|001090000001";

  auto twice = receptionist.NewChange();
  twice.Create(testkit::MakePatient("Nguyễn Văn An", "1990-02-01", "male", "001090000001"));
  twice.RequireNoMatch(same);
  EXPECT_EQ(receptionist.Commit(std::move(twice)).error().code, ErrorCode::kConflict);

  auto visit = receptionist.NewChange();
  visit.Create(testkit::MakeEncounter(patient));
  visit.Require(patient);
  station.Replace(patient);
  EXPECT_EQ(receptionist.Commit(std::move(visit)).error().code, ErrorCode::kConflict);
  EXPECT_TRUE(station.All("Encounter").empty());
}

TEST(RecordScope, RaisesEventsWithTheWrite) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  auto& nurse = station.As(Role::kNurse);
  auto change = nurse.NewChange();
  EXPECT_TRUE(change.empty());
  const auto reference = change.Create(testkit::MakeEncounter(patient));
  change.Raise("PatientCheckedIn", Json::Obj({{"encounter", reference}}));
  ASSERT_TRUE(nurse.Commit(std::move(change)).ok());
  EXPECT_EQ(station.EventNames(), std::vector<std::string>{"PatientCheckedIn"});
}

TEST(RecordScope, DeletesWhatItRead) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  const auto card = station.Add(testkit::MakeCoverage(patient, "DN4010123456789"));
  auto& receptionist = station.As(Role::kReceptionist);
  auto change = receptionist.NewChange();
  change.Delete(card);
  ASSERT_TRUE(receptionist.Commit(std::move(change)).ok());
  EXPECT_EQ(receptionist.Read("Coverage", card.id()).error().code, ErrorCode::kGone);
}

TEST(RecordScope, RefusesReferencesThatAreNone) {
  TestStation station;
  auto& doctor = station.As(Role::kDoctor);
  for (const char* reference : {"", "Patient", "Patient/", "Nonsense/1", "/1"}) {
    EXPECT_EQ(doctor.ReadReference(reference).error().code, ErrorCode::kInvalid) << reference;
  }
}

TEST(RetryOnConflict, TriesAgainAndGivesUpInTheEnd) {
  int tries = 0;
  const auto third = RetryOnConflict([&]() -> base::Result<int> {
    if (++tries < 3) return base::Conflict("");
    return tries;
  });
  EXPECT_EQ(*third, 3);
  tries = 0;
  const auto never = RetryOnConflict([&]() -> base::Result<int> {
    ++tries;
    return base::Conflict("");
  });
  EXPECT_EQ(never.error().code, ErrorCode::kConflict);
  EXPECT_EQ(tries, 5);
}

}  // namespace
}  // namespace access_control
