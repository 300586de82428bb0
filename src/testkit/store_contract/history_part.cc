// History: of one resource, of a type, of all.
#include <set>

#include "testkit/store_contract/parts.h"
#include "testkit/store_contract/store_contract.h"

namespace testkit {
namespace {

using fhir::model::ResourceType;
using fhir::store::HistoryQuery;

std::string PatientJson(int id, bool active) {
  return R"({"resourceType":"Patient","id":"p)" + std::to_string(id) + R"(","active":)" +
         (active ? "true}" : "false}");
}

std::vector<std::string> Names(const fhir::store::HistoryPage& page) {
  std::vector<std::string> out;
  for (const auto& each : page.versions) {
    out.push_back(each.key.id + "." + std::to_string(each.version) +
                  (each.deleted ? " deleted" : ""));
  }
  return out;
}

TEST_P(StoreContract, ListsTheVersionsOfAResourceNewestFirst) {
  MustPut(PatientJson(1, true));
  MustPut(PatientJson(1, false));
  MustCommit({DeleteOf("Patient/p1")});
  MustPut(PatientJson(1, true));
  HistoryQuery query{.type = ResourceType::kPatient, .id = "p1"};
  const auto history = Snapshot()->History(query);
  ASSERT_TRUE(history.ok());
  EXPECT_EQ(Names(*history), (std::vector<std::string>{"p1.4", "p1.3 deleted", "p1.2", "p1.1"}));
  EXPECT_TRUE(history->versions[1].body.empty());
  EXPECT_NE(history->versions[2].body.find("\"active\":false"), std::string::npos);
  EXPECT_NE(history->versions[2].body.find("\"versionId\":\"2\""), std::string::npos);
  query.id = "nobody";
  EXPECT_FALSE(Snapshot()->History(query).ok());
}

TEST_P(StoreContract, ReadsAnyVersionOfAResource) {
  MustPut(PatientJson(1, true));
  MustPut(PatientJson(1, false));
  MustCommit({DeleteOf("Patient/p1")});
  const auto snapshot = Snapshot();
  EXPECT_NE(snapshot->ReadVersion(KeyOf("Patient/p1"), 1)->body.find("true"), std::string::npos);
  EXPECT_NE(snapshot->ReadVersion(KeyOf("Patient/p1"), 2)->body.find("false"), std::string::npos);
  EXPECT_TRUE(snapshot->ReadVersion(KeyOf("Patient/p1"), 3)->deleted);
  EXPECT_FALSE(snapshot->ReadVersion(KeyOf("Patient/p1"), 4).ok());
  EXPECT_FALSE(snapshot->ReadVersion(KeyOf("Patient/p1"), 0).ok());
  EXPECT_FALSE(snapshot->ReadVersion(KeyOf("Patient/p2"), 1).ok());
}

TEST_P(StoreContract, ListsTheHistoryOfATypeAndOfAll) {
  MustPut(PatientJson(1, true));
  MustCommit({PutOf(R"({"resourceType":"Practitioner","id":"d1"})"), PutOf(PatientJson(2, true))});
  MustPut(PatientJson(1, false));
  HistoryQuery query{.type = ResourceType::kPatient};
  EXPECT_EQ(Names(*Snapshot()->History(query)), (std::vector<std::string>{"p1.2", "p2.1", "p1.1"}));
  query.type.reset();
  EXPECT_EQ(Names(*Snapshot()->History(query)),
            (std::vector<std::string>{"p1.2", "p2.1", "d1.1", "p1.1"}));
}

TEST_P(StoreContract, TurnsThePagesOfAHistoryWithoutGapOrRepeat) {
  for (int i = 0; i < 7; ++i) MustPut(PatientJson(i % 3, i % 2 == 0));
  for (const bool one : {true, false}) {
    HistoryQuery query{.type = ResourceType::kPatient, .id = one ? "p0" : "", .count = 2};
    std::vector<std::string> names;
    do {
      const auto page = Snapshot()->History(query);
      ASSERT_TRUE(page.ok());
      for (const std::string& name : Names(*page)) names.push_back(name);
      query.page = page->next_page;
      // What is written meanwhile is newer than the first page and never shows.
      MustPut(R"({"resourceType":"Practitioner","id":"d1"})");
    } while (!query.page.empty());
    EXPECT_EQ(names.size(), one ? 3u : 7u);
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  }
}

TEST_P(StoreContract, LimitsAHistoryByTime) {
  MustPut(PatientJson(1, true));
  const base::Instant first = clock_.Now();
  clock_.Advance(60'000);
  MustPut(PatientJson(1, false));
  MustPut(PatientJson(2, true));
  const base::Instant second = clock_.Now();
  HistoryQuery since{.type = ResourceType::kPatient, .since = second};
  EXPECT_EQ(Names(*Snapshot()->History(since)), (std::vector<std::string>{"p2.1", "p1.2"}));
  HistoryQuery at{.type = ResourceType::kPatient, .at = first.AddMillis(1'000)};
  EXPECT_EQ(Names(*Snapshot()->History(at)), std::vector<std::string>{"p1.1"});
}

}  // namespace

void LinkHistoryPart() {}

}  // namespace testkit
