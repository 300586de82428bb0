// What acts leave in the audit trail, and what they must never leave there.
#include <gtest/gtest.h>

#include "access/store_record_scope.h"
#include "testkit/sample_people.h"
#include "testkit/test_station.h"

namespace access_control {
namespace {

using base::Json;
using testkit::TestStation;

const Json& Last(const std::vector<Json>& trail) { return trail.back(); }

bool Mentions(const Json& event, const std::string& reference) {
  for (const Json& entity : event["entity"].Items()) {
    if (entity["what"]["reference"].String() == reference) return true;
  }
  return false;
}

TEST(AuditTrail, SaysWhoReadWhatOfWhomAndWhy) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  const auto encounter = station.Add(testkit::MakeEncounter(patient));
  ASSERT_TRUE(station.As(Role::kCashier, Purpose::kPayment).Read("Encounter", encounter.id()).ok());
  const auto trail = station.AuditTrail();
  const Json& event = Last(trail);
  EXPECT_EQ(event["resourceType"].String(), "AuditEvent");
  EXPECT_EQ(event.At("agent.0.who.reference").String(), "Practitioner/cashier-1");
  EXPECT_EQ(event.At("agent.0.role.0.coding.0.code").String(), "cashier");
  EXPECT_EQ(event.At("subtype.0.code").String(), "read");
  EXPECT_EQ(event["action"].String(), "R");
  EXPECT_EQ(event["outcome"].String(), "0");
  EXPECT_EQ(event["recorded"].String(), "2026-11-21T00:05:00.000Z");
  EXPECT_EQ(event.At("purposeOfEvent.0.coding.0.code").String(), "HPAYMT");
  EXPECT_TRUE(Mentions(event, encounter.Reference()));
  EXPECT_TRUE(Mentions(event, patient.Reference()));
}

TEST(AuditTrail, NamesEveryoneASearchShowedButNotWhatWasSearched) {
  TestStation station;
  const auto one = station.AddPatient("Nguyễn Văn An");
  const auto two = station.AddPatient("Trần Văn An");
  ASSERT_TRUE(station.As(Role::kReceptionist).Search("Patient?name=an&_sort=birthdate").ok());
  const auto trail = station.AuditTrail();
  const Json& event = Last(trail);
  EXPECT_EQ(event.At("subtype.0.code").String(), "search");
  EXPECT_TRUE(Mentions(event, one.Reference()));
  EXPECT_TRUE(Mentions(event, two.Reference()));
  std::string query;
  for (const Json& entity : event["entity"].Items()) query += entity["description"].String();
  EXPECT_EQ(query, "Patient?name&_sort:birthdate");
}

TEST(AuditTrail, LosesNobodyWhenASearchShowsMany) {
  TestStation station;
  for (int i = 0; i < 250; ++i) station.AddPatient("Nguyễn Văn An");
  const size_t before = station.AuditTrail().size();
  ASSERT_TRUE(station.As(Role::kReceptionist).Search("Patient?_count=250").ok());
  const auto trail = station.AuditTrail();
  size_t named = 0;
  for (size_t i = before; i < trail.size(); ++i) {
    for (const Json& entity : trail[i]["entity"].Items()) {
      named += entity["role"]["code"].String() == "1" ? 1 : 0;
    }
  }
  EXPECT_EQ(trail.size() - before, 3u);
  EXPECT_EQ(named, 250u);
}

TEST(AuditTrail, RecordsAWriteInTheSameCommit) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  auto& nurse = station.As(Role::kNurse);
  auto change = nurse.NewChange();
  const std::string reference = change.Create(testkit::MakeEncounter(patient));
  ASSERT_TRUE(nurse.Commit(std::move(change)).ok());
  const auto trail = station.AuditTrail();
  EXPECT_EQ(Last(trail).At("subtype.0.code").String(), "create");
  EXPECT_EQ(Last(trail)["action"].String(), "C");
  EXPECT_TRUE(Mentions(Last(trail), reference));
  EXPECT_TRUE(Mentions(Last(trail), patient.Reference()));
}

TEST(AuditTrail, RecordsRefusalsAndLostRaces) {
  TestStation station;
  auto patient = station.AddPatient("Nguyễn Văn An");
  EXPECT_FALSE(station.As(Role::kAdministrator).Read("Patient", patient.id()).ok());
  auto trail = station.AuditTrail();
  EXPECT_EQ(Last(trail)["outcome"].String(), "8");
  EXPECT_EQ(Last(trail)["outcomeDesc"].String(), "forbidden");
  EXPECT_TRUE(Mentions(Last(trail), patient.Reference()));

  station.Replace(patient);  // now at version 2
  auto& receptionist = station.As(Role::kReceptionist);
  auto change = receptionist.NewChange();
  change.Update(patient);
  EXPECT_EQ(receptionist.Commit(std::move(change)).error().code, base::ErrorCode::kConflict);
  trail = station.AuditTrail();
  EXPECT_EQ(Last(trail)["outcome"].String(), "4");
  EXPECT_EQ(Last(trail)["outcomeDesc"].String(), "conflict");
}

TEST(AuditTrail, HoldsNoNameNumberOrSearchedWord) {
  TestStation station;
  const auto patient = station.AddPatient("Đặng Thị Kỳ Lạ", "1990-02-01", "female", "001190123456");
  auto& receptionist = station.As(Role::kReceptionist);
  ASSERT_TRUE(receptionist.Search("Patient?name=ky la").ok());
  ASSERT_TRUE(
      receptionist.Search("Patient?identifier=http://fhir.hl7.org.vn/core/sid/cccd|001190123456")
          .ok());
  ASSERT_TRUE(receptionist.Read("Patient", patient.id()).ok());
  EXPECT_FALSE(receptionist.Search("Condition?code=B20").ok());
  for (const Json& event : station.AuditTrail()) {
    const std::string text = event.Dump();
    for (const char* secret : {"Kỳ Lạ", "ky la", "001190123456", "1990-02-01", "B20"}) {
      EXPECT_EQ(text.find(secret), std::string::npos) << text;
    }
  }
}

}  // namespace
}  // namespace access_control
