#include "access/program_tokens.h"

#include <gtest/gtest.h>

#include "access/store_record_scope.h"
#include "testkit/test_station.h"

namespace access_control {
namespace {

using base::ErrorCode;
using testkit::Someone;
using testkit::TestStation;

class ProgramTokensTest : public ::testing::Test {
 protected:
  TestStation station;
  ProgramTokens tokens{station.store(), station.clock, station.random,
                       std::string(testkit::kStationId)};
  const Principal admin = Someone(Role::kAdministrator);
};

TEST_F(ProgramTokensTest, ActsInItsRolesUntilItsDay) {
  const auto made = tokens.Create(admin, "Máy xét nghiệm", {Role::kLabTechnician}, 30);
  ASSERT_TRUE(made.ok());
  const auto who = tokens.Find(made->token);
  ASSERT_TRUE(who.ok());
  EXPECT_EQ(who->roles, std::vector<Role>{Role::kLabTechnician});
  EXPECT_EQ(who->Reference(), "Device/" + made->about.id);
  station.clock.Advance(30LL * 86'400'000);
  EXPECT_EQ(tokens.Find(made->token).error().code, ErrorCode::kUnauthenticated);
}

TEST_F(ProgramTokensTest, EndsWhenRevoked) {
  const auto made = tokens.Create(admin, "HIS", {Role::kProgram}, 30);
  EXPECT_EQ(tokens.List()->size(), 1u);
  ASSERT_TRUE(tokens.Revoke(admin, made->about.id).ok());
  EXPECT_EQ(tokens.Find(made->token).error().code, ErrorCode::kUnauthenticated);
  EXPECT_EQ(tokens.Revoke(admin, made->about.id).error().code, ErrorCode::kNotFound);
}

TEST_F(ProgramTokensTest, IsNeverTheSystemNorForEver) {
  EXPECT_EQ(tokens.Create(admin, "x", {Role::kSystem}, 30).error().field, "roles");
  EXPECT_EQ(tokens.Create(admin, "x", {}, 30).error().field, "roles");
  EXPECT_EQ(tokens.Create(admin, "x", {Role::kProgram}, 0).error().field, "days");
  EXPECT_EQ(tokens.Create(admin, "x", {Role::kProgram}, 4000).error().field, "days");
  EXPECT_EQ(tokens.Create(admin, " ", {Role::kProgram}, 30).error().field, "name");
}

TEST_F(ProgramTokensTest, IsNamedInTheTrail) {
  const auto patient = station.AddPatient("Nguyễn Văn An");
  const auto made = tokens.Create(admin, "HIS", {Role::kProgram}, 30);
  ASSERT_TRUE(station.As(*tokens.Find(made->token)).Read("Patient", patient.id()).ok());
  const auto trail = station.AuditTrail();
  EXPECT_EQ(trail.back().At("agent.0.who.reference").String(), "Device/" + made->about.id);
}

}  // namespace
}  // namespace access_control
