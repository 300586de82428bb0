#include "testkit/test_station.h"

#include <gtest/gtest.h>

namespace testkit {
namespace {

using access_control::Role;

TEST(TestStation, IsSetUpInThreeLines) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An", "1990-02-01", "male", "001090000001");
  auto& receptionist = station.As(Role::kReceptionist);

  const auto found = receptionist.SearchOne(
      "Patient?identifier=http://fhir.hl7.org.vn/core/sid/cccd|001090000001");
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->id(), patient.id());
  EXPECT_EQ(found->version, 1);
}

TEST(TestStation, RefusesLikeLifeDoes) {
  TestStation station;
  const auto patient = station.AddPatient("Nguyễn Văn An");
  EXPECT_EQ(station.As(Role::kAdministrator).Read("Patient", patient.id()).error().code,
            base::ErrorCode::kForbidden);
}

TEST(TestRecordScope, WritesAndReadsInItsRole) {
  TestRecordScope nurse(Role::kNurse);
  const auto patient = nurse.station().AddPatient("Trần Thị Bình");
  auto change = nurse.NewChange();
  const std::string reference = change.Create(
      base::Json::Obj({{"resourceType", "Observation"},
                       {"status", "final"},
                       {"code", base::Json::Obj({{"text", "mạch"}})},
                       {"subject", base::Json::Obj({{"reference", patient.Reference()}})}}));
  ASSERT_TRUE(nurse.Commit(std::move(change)).ok());
  EXPECT_TRUE(nurse.ReadReference(reference).ok());
}

}  // namespace
}  // namespace testkit
