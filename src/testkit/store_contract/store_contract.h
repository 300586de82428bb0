// What every store must do, as one parametrised suite. A store's test program says
//
//   INSTANTIATE_TEST_SUITE_P(Memory, testkit::StoreContract,
//                            testing::Values(testkit::StoreMaker{"memory", MakeIt}),
//                            testkit::MakerName);
//
// and links tram_testkit_store_contract.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/time.h"
#include "fhir/store/store.h"

namespace testkit {

struct StoreMaker {
  std::string name;
  // An empty store; the clock outlives it.
  std::function<std::unique_ptr<fhir::store::Store>(const base::Clock&)> make;
};
void PrintTo(const StoreMaker& maker, std::ostream* out);  // for gtest
std::string MakerName(const testing::TestParamInfo<StoreMaker>& info);

fhir::model::DocumentPtr ParseOrDie(std::string_view json);
// kPut of a resource in JSON, kDelete of "Patient/p1".
fhir::store::Write PutOf(std::string_view json,
                         std::optional<fhir::store::Version> expected = std::nullopt);
fhir::store::Write DeleteOf(std::string_view reference,
                            std::optional<fhir::store::Version> expected = std::nullopt);
fhir::store::Key KeyOf(std::string_view reference);

struct SearchCase {
  std::string query;
  std::string expected;  // ids in the order of the alphabet
};

class StoreContract : public testing::TestWithParam<StoreMaker> {
 protected:
  StoreContract();
  ~StoreContract() override;

  fhir::store::Store& store() { return *store_; }
  std::unique_ptr<fhir::store::ReadTransaction> Snapshot();

  base::Result<fhir::store::CommitReceipt> Commit(std::vector<fhir::store::Write> writes);
  // Must succeed.
  fhir::store::CommitReceipt MustCommit(std::vector<fhir::store::Write> writes);
  void MustPut(std::string_view json) { MustCommit({PutOf(json)}); }

  // "Type/id" of what a search finds, in its order; or the message of its refusal.
  std::vector<std::string> Found(std::string_view query);
  fhir::store::SearchPage Page(std::string_view query, const std::string& page = "");

  void PutSmallStation();
  void ExpectFound(const std::vector<SearchCase>& cases);

  base::FixedClock clock_{base::Instant{1'795'219'500'000}};  // 2026-11-21T07:05:00+07:00
  std::unique_ptr<fhir::store::Store> store_;
};

std::vector<std::string> References(const std::vector<fhir::store::Stored>& resources);

}  // namespace testkit
