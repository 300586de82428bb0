// Sorting and turning pages, also while others write.
#include <set>

#include "testkit/store_contract/parts.h"
#include "testkit/store_contract/store_contract.h"

namespace testkit {
namespace {

using Ids = std::vector<std::string>;

std::string PatientJson(const std::string& id, const std::string& rest) {
  return R"({"resourceType":"Patient","id":")" + id + R"(")" + rest + "}";
}

TEST_P(StoreContract, SortsByAnyParameter) {
  MustPut(
      PatientJson("a", R"(,"birthDate":"1990","gender":"male","name":[{"text":"Đào Văn Ân"}])"));
  MustPut(PatientJson(
      "b",
      R"(,"birthDate":"1980-05","gender":"female","name":[{"family":"An","given":["Bình"]}])"));
  MustPut(PatientJson("c", R"(,"gender":"male","name":[{"text":"Ẩn Danh"},{"text":"Zé"}])"));
  MustPut(PatientJson("d", R"(,"birthDate":"1980-05","name":[])"));
  const auto order = [&](std::string_view sort) {
    std::string out;
    for (const std::string& each : Found("Patient?_sort=" + std::string(sort))) out += each.back();
    return out;
  };
  EXPECT_EQ(order("birthdate"), "bdac");  // equals in the order of creation, none at the end
  EXPECT_EQ(order("-birthdate"), "abdc");
  EXPECT_EQ(order("name"), "bcad");  // an binh, an danh, dao van an
  EXPECT_EQ(order("-name"), "acbd");
  EXPECT_EQ(order("gender,birthdate"), "bacd");
  EXPECT_EQ(order("-gender,-birthdate"), "acbd");
  EXPECT_EQ(order("_id"), "abcd");
  EXPECT_EQ(order("-_id"), "dcba");
  clock_.Advance(1'000);
  MustPut(PatientJson("a", ""));
  EXPECT_EQ(order("_lastUpdated"), "bcda");
  EXPECT_EQ(order("-_lastUpdated"), "abcd");
}

TEST_P(StoreContract, SortsSeveralDatesByTheLeastOrTheGreatest) {
  MustPut(
      R"({"resourceType":"Encounter","id":"a","status":"finished","class":{},"period":{"start":"2026-01-01","end":"2026-01-02"}})");
  MustPut(
      R"({"resourceType":"Encounter","id":"b","status":"finished","class":{},"period":{"start":"2025-01-01"}})");
  MustPut(
      R"({"resourceType":"Encounter","id":"c","status":"finished","class":{},"period":{"start":"2026-01-01","end":"2026-03-01"}})");
  EXPECT_EQ(Found("Encounter?_sort=date"), (Ids{"Encounter/b", "Encounter/a", "Encounter/c"}));
  EXPECT_EQ(Found("Encounter?_sort=-date"), (Ids{"Encounter/b", "Encounter/c", "Encounter/a"}));
}

// Turns every page of `query` and calls `between` after each.
template <class Between>
Ids AllPages(const Between& between,
             const std::function<fhir::store::SearchPage(const std::string&)>& read) {
  Ids out;
  std::string page;
  do {
    const fhir::store::SearchPage found = read(page);
    for (const std::string& each : References(found.matches)) out.push_back(each);
    page = found.next_page;
    between();
  } while (!page.empty() && out.size() < 1'000);
  return out;
}

TEST_P(StoreContract, TurnsPagesWithoutGapOrRepeat) {
  for (int i = 0; i < 23; ++i) {
    MustPut(PatientJson("p" + std::to_string(i),
                        R"(,"active":true,"birthDate":"19)" + std::to_string(50 + i % 4) + R"(")"));
  }
  for (std::string_view sort : {"", "&_sort=birthdate", "&_sort=-birthdate", "&_sort=gender",
                                "&_sort=-_id", "&_sort=birthdate,-_id"}) {
    const std::string query = "Patient?active=true&_count=5" + std::string(sort);
    const Ids whole = Found("Patient?active=true&_count=1000" + std::string(sort));
    ASSERT_EQ(whole.size(), 23u);
    EXPECT_EQ(AllPages([] {}, [&](const std::string& p) { return Page(query, p); }), whole)
        << query;
  }
}

TEST_P(StoreContract, NeverSkipsOrRepeatsWhatStaysWhileOthersWrite) {
  for (int i = 0; i < 12; ++i) {
    MustPut(PatientJson("p" + std::to_string(10 + i), R"(,"active":true,"birthDate":"1990-01-)" +
                                                          std::to_string(10 + i) + R"(")"));
  }
  for (std::string_view sort : {"", "&_sort=birthdate", "&_sort=-birthdate"}) {
    const std::string query = "Patient?active=true&_count=3" + std::string(sort);
    int round = 0;
    const Ids seen = AllPages(
        [&] {
          // New ones before and after, and one that was already seen goes away.
          const std::string id = "new" + std::to_string(sort.size()) + "-" + std::to_string(round);
          MustPut(PatientJson(id, R"(,"active":true,"birthDate":"1980-01-01")"));
          MustPut(PatientJson(id + "b", R"(,"active":true,"birthDate":"2000-01-01")"));
          if (round++ == 1) MustCommit({DeleteOf("Patient/" + id)});
        },
        [&](const std::string& p) { return Page(query, p); });
    std::set<std::string> unique(seen.begin(), seen.end());
    EXPECT_EQ(unique.size(), seen.size()) << query;
    for (int i = 0; i < 12; ++i) {
      EXPECT_TRUE(unique.contains("Patient/p" + std::to_string(10 + i))) << query;
    }
    // Start the next round with the same twelve.
    for (const std::string& each : Found("Patient?active=true&_count=1000")) {
      if (each.find("new") != std::string::npos) MustCommit({DeleteOf(each)});
    }
  }
}

TEST_P(StoreContract, RefusesAPageTokenItDidNotMake) {
  auto query = *fhir::search::ParseQueryText("Patient?_sort=birthdate");
  for (const char* token : {"x", "!!", "1.2.3.4", "AAAA"}) {
    query.page = token;
    const auto page = Snapshot()->Search(query);
    ASSERT_FALSE(page.ok()) << token;
    EXPECT_EQ(page.error().code, base::ErrorCode::kInvalid);
  }
}

TEST_P(StoreContract, GivesTheLastPageNoSuccessor) {
  for (int i = 0; i < 4; ++i) MustPut(PatientJson("p" + std::to_string(i), ""));
  EXPECT_NE(Page("Patient?_count=3").next_page, "");
  EXPECT_EQ(Page("Patient?_count=4").next_page, "");
  EXPECT_EQ(Page("Patient?_count=4").matches.size(), 4u);
}

TEST_P(StoreContract, KeepsTheFirstCreationAsTheOrderOfAnUnsortedSearch) {
  MustPut(PatientJson("b", ""));
  MustPut(PatientJson("a", ""));
  MustPut(PatientJson("c", ""));
  MustCommit({DeleteOf("Patient/a")});
  MustPut(PatientJson("b", R"(,"active":true)"));
  MustPut(PatientJson("a", ""));
  EXPECT_EQ(Found("Patient"), (Ids{"Patient/b", "Patient/a", "Patient/c"}));
}

}  // namespace

void LinkPagePart() {}

}  // namespace testkit
