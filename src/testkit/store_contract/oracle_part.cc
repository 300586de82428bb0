// Random searches: the store must find exactly what the literal evaluator in storage/memory finds,
// in the same order and on the same pages.
#include <algorithm>
#include <cstdlib>

#include "storage/memory/memory_store.h"
#include "testkit/store_contract/parts.h"
#include "testkit/store_contract/random_record.h"
#include "testkit/store_contract/store_contract.h"

namespace testkit {
namespace {

using fhir::store::Store;

int FromEnvironment(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::atoi(text) : otherwise;
}

// Everything a search answers, page after page, as one text.
std::string Answer(Store& store, fhir::search::Query query) {
  auto read = store.BeginRead();
  CHECK(read.ok());
  std::string out;
  int pages = 0;
  do {
    auto page = (*read)->Search(query);
    if (!page.ok())
      return out + " error " + std::string(base::Name(page.error().code)) + page.error().detail;
    for (const std::string& each : References(page->matches)) out += each + " ";
    std::vector<std::string> included = References(page->included);
    std::ranges::sort(included);
    out += "| ";
    for (const std::string& each : included) out += each + " ";
    if (page->total) out += "total " + std::to_string(*page->total);
    out += "\n";
    query.page = page->next_page;
  } while (!query.page.empty() && ++pages < 50);
  return out;
}

TEST_P(StoreContract, FindsWhatTheLiteralEvaluatorFinds) {
  const int seed = FromEnvironment("TRAM_SEARCH_SEED", 20261121);
  // The evaluator compared with itself only shows that the generator works.
  const bool itself = GetParam().name == "memory";
  const int searches = itself ? 300 : FromEnvironment("TRAM_SEARCHES", 3'000);
  const auto oracle = storage::memory::MakeMemoryStore(clock_);
  RandomRecord random(static_cast<uint64_t>(seed));
  const auto commit_to_both = [&](const std::vector<fhir::store::Write>& writes) {
    clock_.Advance(500);
    const auto ours = Commit(writes);
    fhir::store::Transaction transaction;
    transaction.writes = writes;
    const auto theirs = oracle->Commit(std::move(transaction));
    ASSERT_EQ(ours.ok(), theirs.ok());
    if (ours.ok()) {
      ASSERT_EQ(ours->versions, theirs->versions);
    }
  };
  for (int i = 0; i < 60; ++i) {
    std::vector<fhir::store::Write> writes;
    for (int n = 0; n < 6; ++n) writes.push_back(PutOf(random.Resource()));
    commit_to_both(writes);
    if (i % 3 == 0) commit_to_both({DeleteOf(random.Reference())});
  }
  int found = 0;
  for (int i = 0; i < searches; ++i) {
    const std::string text = random.Query();
    const auto query = fhir::search::ParseQueryText(text);
    ASSERT_TRUE(query.ok()) << text << ": " << query.error().message;
    const std::string expected = Answer(*oracle, *query);
    if (expected.size() > 3) ++found;
    ASSERT_EQ(Answer(store(), *query), expected)
        << text << "\nseed " << seed << ", search " << i << " (TRAM_SEARCH_SEED, TRAM_SEARCHES)";
  }
  // A generator whose searches mostly find nothing proves nothing.
  EXPECT_GT(found, searches / 4);
}

}  // namespace

void LinkOraclePart() {}

}  // namespace testkit
