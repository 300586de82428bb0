// Compares the compiled permission table with tests/access/, which was written apart from it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "access/permissions.h"
#include "base/text.h"

namespace access_control {
namespace {

using fhir::model::ResourceType;

constexpr Interaction kInteractions[] = {
    Interaction::kRead,   Interaction::kVersionRead, Interaction::kHistory, Interaction::kSearch,
    Interaction::kCreate, Interaction::kUpdate,      Interaction::kPatch,   Interaction::kDelete};

std::vector<std::string> DataLines(const std::string& name) {
  const char* root = std::getenv("TRAM_SOURCE_DIR");
  std::ifstream file(std::string(root == nullptr ? "." : root) + "/tests/access/" + name);
  EXPECT_TRUE(file.is_open()) << name;
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.front() != '#') lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> Words(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::vector<ResourceType> EveryType() {
  std::vector<ResourceType> types;
  for (int value = 0; value <= static_cast<int>(ResourceType::kVisionPrescription); ++value) {
    types.push_back(static_cast<ResourceType>(value));
  }
  return types;
}

using Cell = std::tuple<std::string, std::string, std::string, std::string>;

// Role, station, interaction, type of every line.
std::set<Cell> ExpectedCells() {
  std::set<Cell> cells;
  for (const std::string& line : DataLines("expected_matrix.csv")) {
    const auto columns = base::Split(line, ',');
    EXPECT_EQ(columns.size(), 4u) << line;
    if (columns.size() != 4) continue;
    std::set<std::string> types;
    for (const std::string& word : Words(columns[3])) {
      if (word == "*") {
        for (const ResourceType type : EveryType()) types.emplace(Name(type));
      } else if (word.front() == '-') {
        EXPECT_EQ(types.erase(word.substr(1)), 1u) << line;
      } else {
        EXPECT_TRUE(fhir::model::ParseResourceType(word).has_value()) << word;
        types.insert(word);
      }
    }
    for (const std::string& interaction : Words(columns[2])) {
      for (const std::string& type : types) {
        cells.emplace(columns[0], columns[1], interaction, type);
        if (interaction == "update") cells.emplace(columns[0], columns[1], "patch", type);
      }
    }
  }
  return cells;
}

// Each role x resource type x interaction x own or other station: some 24,000 cases.
TEST(PermissionMatrix, GrantsExactlyWhatIsExpected) {
  const std::set<Cell> expected = ExpectedCells();
  ASSERT_FALSE(expected.empty());
  size_t cases = 0;
  size_t granted = 0;
  for (size_t role_index = 0; role_index < kRoleCount; ++role_index) {
    const Role role = static_cast<Role>(role_index);
    for (const ResourceType type : EveryType()) {
      for (const Interaction interaction : kInteractions) {
        for (const Relation relation : {Relation::kOwnStation, Relation::kOtherStation}) {
          const Cell cell{Name(role), relation == Relation::kOwnStation ? "own" : "other",
                          Name(interaction), Name(type)};
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
