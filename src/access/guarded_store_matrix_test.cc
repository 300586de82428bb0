// The whole matrix once more, through the guard itself on a store that holds a record of every type
// for two stations: what tests/access/expected_matrix.csv does not grant does not happen.
#include <gtest/gtest.h>

#include "access/expected_matrix.h"
#include "access/guarded_store.h"
#include "testkit/test_station.h"

namespace access_control {
namespace {

using base::ErrorCode;
using base::Json;
using fhir::model::ResourceType;
using fhir::store::Key;
using fhir::store::Transaction;
using fhir::store::Write;
using testkit::TestStation;

std::string StationOf(Relation relation) {
  return std::string(relation == Relation::kOwnStation ? testkit::kStationId
                                                       : testkit::kOtherStationId);
}

Key KeyOf(ResourceType type, Relation relation) {
  return {type, relation == Relation::kOwnStation ? "own" : "other"};
}

Transaction Put(const Key& key, Relation relation) {
  Json body = Json::Obj({{"resourceType", Name(key.type)}, {"id", key.id}});
  TagStations(body, {StationOf(relation)});
  Transaction transaction;
  transaction.writes.push_back({.key = key, .document = *fhir::model::Document::FromJson(body)});
  return transaction;
}

Transaction Deletion(const Key& key) {
  Transaction transaction;
  transaction.writes.push_back({.action = Write::Action::kDelete, .key = key});
  return transaction;
}

class GuardMatrixTest : public ::testing::TestWithParam<Role> {
 protected:
  void SetUp() override {
    for (const ResourceType type : EveryType()) {
      if (fhir::model::IsAbstract(type)) continue;
      types.push_back(type);
      for (const Relation relation : {Relation::kOwnStation, Relation::kOtherStation}) {
        // Past the guard, so that even types nobody may write are there.
        ASSERT_TRUE(station.store().Commit(Put(KeyOf(type, relation), relation)).ok());
      }
    }
  }

  bool Expected(Relation relation, Interaction interaction, ResourceType type) const {
    return ExpectedCells().count(MakeCell(GetParam(), relation, interaction, type)) == 1;
  }
  std::string Label(Relation relation, Interaction interaction, ResourceType type) const {
    const auto [role, where, what, name] = MakeCell(GetParam(), relation, interaction, type);
    return role + " " + where + " " + what + " " + name;
  }
  bool FindsInSearch(GuardedStore& guarded, const Key& key) {
    fhir::search::Query query;
    query.types = {key.type};
    const auto page = guarded.Search(query);
    if (!page.ok()) return false;
    return std::any_of(page->matches.begin(), page->matches.end(),
                       [&](const auto& match) { return match.key == key; });
  }

  bool Happens(GuardedStore& guarded, Relation relation, Interaction interaction,
               ResourceType type) {
    const Key key = KeyOf(type, relation);
    switch (interaction) {
      case Interaction::kRead: return guarded.Read(key).ok();
      case Interaction::kVersionRead: return guarded.ReadVersion(key, 1).ok();
      case Interaction::kHistory: {
        const auto page = guarded.History({.type = type, .id = key.id});
        return page.ok() && !page->versions.empty();
      }
      case Interaction::kSearch: return FindsInSearch(guarded, key);
      case Interaction::kCreate: {
        const Key fresh{type, "new-" + key.id};
        if (!guarded.Commit(Put(fresh, relation)).ok()) return false;
        return station.store().Commit(Deletion(fresh)).ok();
      }
      case Interaction::kUpdate:
      case Interaction::kPatch: return guarded.Commit(Put(key, relation)).ok();
      case Interaction::kDelete:
        if (!guarded.Commit(Deletion(key)).ok()) return false;
        return station.store().Commit(Put(key, relation)).ok();
    }
    return false;
  }

  TestStation station;
  std::vector<ResourceType> types;
};

TEST_P(GuardMatrixTest, LetsHappenExactlyWhatIsExpected) {
  GuardedStore& guarded = station.As(GetParam()).guarded();
  for (const ResourceType type : types) {
    for (const Relation relation : {Relation::kOwnStation, Relation::kOtherStation}) {
      for (const Interaction interaction : kInteractions) {
        EXPECT_EQ(Happens(guarded, relation, interaction, type),
                  Expected(relation, interaction, type))
            << Label(relation, interaction, type);
      }
    }
  }
}

// Not a word tells whether another station holds a record.
TEST_P(GuardMatrixTest, AnswersForAnotherStationAsForARecordThatIsNot) {
  GuardedStore& guarded = station.As(GetParam()).guarded();
  for (const ResourceType type : types) {
    if (Expected(Relation::kOtherStation, Interaction::kRead, type)) continue;
    const auto theirs = guarded.Read({type, "other"});
    const auto none = guarded.Read({type, "no-such-record"});
    ASSERT_FALSE(theirs.ok() || none.ok()) << Name(type);
    EXPECT_EQ(theirs.error().code, none.error().code) << Name(type);
    EXPECT_EQ(theirs.error().message, none.error().message) << Name(type);
  }
}

INSTANTIATE_TEST_SUITE_P(EveryRole, GuardMatrixTest,
                         ::testing::Values(Role::kReceptionist, Role::kNurse, Role::kDoctor,
                                           Role::kLabTechnician, Role::kPharmacist, Role::kCashier,
                                           Role::kStationHead, Role::kAdministrator, Role::kSystem,
                                           Role::kProgram),
                         [](const auto& role) { return std::string(Name(role.param)); });

}  // namespace
}  // namespace access_control
