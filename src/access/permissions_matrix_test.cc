// Compares the compiled permission table with tests/access/, which was written apart from it.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "access/expected_matrix.h"
#include "access/permissions.h"
#include "base/text.h"

namespace access_control {
namespace {

using fhir::model::ResourceType;

// Each role x resource type x interaction x own or other station: some 24,000 cases.
TEST(PermissionMatrix, GrantsExactlyWhatIsExpected) {
  const std::set<Cell>& expected = ExpectedCells();
  ASSERT_FALSE(expected.empty());
  size_t cases = 0;
  size_t granted = 0;
  for (size_t role_index = 0; role_index < kRoleCount; ++role_index) {
    const Role role = static_cast<Role>(role_index);
    for (const ResourceType type : EveryType()) {
      for (const Interaction interaction : kInteractions) {
        for (const Relation relation : {Relation::kOwnStation, Relation::kOtherStation}) {
          const Cell cell = MakeCell(role, relation, interaction, type);
          const bool may = MayAccess({role}, type, interaction, relation);
          ++cases;
          granted += may ? 1 : 0;
          EXPECT_EQ(may, expected.count(cell) == 1)
              << std::get<0>(cell) << " " << std::get<1>(cell) << " " << std::get<2>(cell) << " "
              << std::get<3>(cell);
        }
      }
    }
  }
  EXPECT_EQ(granted, expected.size());
  EXPECT_GT(cases, 20'000u);
}

TEST(PermissionMatrix, GrantsNothingToNobody) {
  for (const ResourceType type : EveryType()) {
    for (const Interaction interaction : kInteractions) {
      EXPECT_FALSE(MayAccess({}, type, interaction, Relation::kOwnStation));
    }
  }
  EXPECT_FALSE(MayCall({}, "patients.search"));
  EXPECT_TRUE(PermissionsOf({}).empty());
}

TEST(PermissionMatrix, NeverGrantsMoreForAnotherStationThanForOnesOwn) {
  for (size_t role_index = 0; role_index < kRoleCount; ++role_index) {
    const std::vector<Role> roles{static_cast<Role>(role_index)};
    for (const ResourceType type : EveryType()) {
      for (const Interaction interaction : kInteractions) {
        if (!MayAccess(roles, type, interaction, Relation::kOtherStation)) continue;
        EXPECT_TRUE(MayAccess(roles, type, interaction, Relation::kOwnStation)) << Name(type);
      }
    }
  }
}

TEST(PermissionMatrix, AddsUpWhatSeveralRolesGrant) {
  const std::vector<Role> both{Role::kReceptionist, Role::kCashier};
  EXPECT_TRUE(MayCall(both, "reception.check_in"));
  EXPECT_TRUE(MayCall(both, "billing.receive"));
  EXPECT_FALSE(MayCall(both, "visit.prescribe"));
  EXPECT_TRUE(MayAccess(both, ResourceType::kPatient, Interaction::kCreate, Relation::kOwnStation));
  EXPECT_TRUE(MayAccess(both, ResourceType::kInvoice, Interaction::kUpdate, Relation::kOwnStation));
}

// Each role x use case.
TEST(UseCaseMatrix, IsHeldExactlyByWhomeverIsExpected) {
  std::map<std::string, std::set<std::string>> holders;
  for (const std::string& line : DataLines("expected_routes.csv")) {
    const auto columns = base::Split(line, ',');
    ASSERT_EQ(columns.size(), 4u) << line;
    const std::string permission(columns[2]);
    const auto words = Words(columns[3]);
    const std::set<std::string> roles(words.begin(), words.end());
    if (permission == "public" || permission == "session") {
      EXPECT_TRUE(roles.empty()) << line;
      continue;
    }
    const auto [known, fresh] = holders.emplace(permission, roles);
    EXPECT_TRUE(fresh || known->second == roles) << line << ": holders differ between two routes";
  }
  ASSERT_GT(holders.size(), 20u);
  for (const auto& [permission, roles] : holders) {
    EXPECT_TRUE(IsPermission(permission)) << permission;
    for (size_t role_index = 0; role_index < kRoleCount; ++role_index) {
      const Role role = static_cast<Role>(role_index);
      EXPECT_EQ(MayCall({role}, permission), roles.count(std::string(Name(role))) == 1)
          << Name(role) << " " << permission;
    }
  }
  // And the table holds no permission that nobody expects.
  for (size_t role_index = 0; role_index < kRoleCount; ++role_index) {
    for (const auto permission : PermissionsOf({static_cast<Role>(role_index)})) {
      EXPECT_EQ(holders.count(std::string(permission)), 1u) << permission;
    }
  }
}

TEST(UseCaseMatrix, RefusesAPermissionThatIsNotInTheTable) {
  EXPECT_FALSE(MayCall({Role::kSystem, Role::kAdministrator}, "nothing.at_all"));
  EXPECT_FALSE(MayCall({Role::kSystem}, "public"));
  EXPECT_FALSE(MayCall({Role::kSystem}, ""));
}

TEST(Roles, HaveNamesThatReadBack) {
  for (size_t role_index = 0; role_index < kRoleCount; ++role_index) {
    const Role role = static_cast<Role>(role_index);
    const auto parsed = ParseRole(Name(role));
    ASSERT_TRUE(parsed.ok());
    EXPECT_EQ(*parsed, role);
  }
  EXPECT_FALSE(ParseRole("").ok());
  EXPECT_FALSE(ParseRole("Doctor").ok());
  EXPECT_FALSE(IsPersonal(Role::kSystem));
  EXPECT_FALSE(IsPersonal(Role::kProgram));
}

}  // namespace
}  // namespace access_control
