// Many threads at once.
#include <atomic>
#include <thread>

#include "fhir/store/audit_chain.h"
#include "testkit/store_contract/parts.h"
#include "testkit/store_contract/store_contract.h"

namespace testkit {
namespace {

using fhir::store::Condition;
using fhir::store::Transaction;

template <class Work>
void InThreads(int count, const Work& work) {
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
  for (std::thread& thread : threads) thread.join();
}

TEST_P(StoreContract, LetsExactlyOneOfManySameConditionalCreatesThrough) {
  std::atomic<int> created{0}, refused{0};
  InThreads(64, [&](int i) {
    Transaction transaction;
    transaction.writes = {PutOf(R"({"resourceType":"Patient","id":"p)" + std::to_string(i) +
                                    R"(","identifier":[{"system":"cccd","value":"001"}]})",
                                0)};
    Condition condition;
    condition.kind = Condition::Kind::kNoMatch;
    condition.query = *fhir::search::ParseQueryText("Patient?identifier=cccd|001");
    transaction.conditions = {std::move(condition)};
    const auto receipt = store().Commit(std::move(transaction));
    if (receipt.ok()) {
      ++created;
    } else if (receipt.error().code == base::ErrorCode::kConflict) {
      ++refused;
    }
  });
  EXPECT_EQ(created, 1);
  EXPECT_EQ(refused, 63);
  EXPECT_EQ(Found("Patient?identifier=cccd|001").size(), 1u);
  EXPECT_EQ(*Snapshot()->LastSequence(), 1);
}

TEST_P(StoreContract, LosesNoUpdateWhenManyWriteOneResource) {
  MustPut(R"({"resourceType":"Basic","id":"counter","code":{"text":"0"}})");
  InThreads(8, [&](int) {
    for (int done = 0; done < 5;) {
      const auto stored = Snapshot()->Read(KeyOf("Basic/counter"));
      ASSERT_TRUE(stored.ok());
      const auto document = ParseOrDie(stored->body);
      const int count = std::stoi(std::string(document->root()["code"]["text"].text()));
      const auto receipt =
          Commit({PutOf(R"({"resourceType":"Basic","id":"counter","code":{"text":")" +
                            std::to_string(count + 1) + R"("}})",
                        stored->version)});
      if (receipt.ok()) ++done;
    }
  });
  const auto stored = Snapshot()->Read(KeyOf("Basic/counter"));
  EXPECT_EQ(ParseOrDie(stored->body)->root()["code"]["text"].text(), "40");
  EXPECT_EQ(stored->version, 41);
}

TEST_P(StoreContract, GivesConcurrentCommitsASequenceWithoutGaps) {
  InThreads(16, [&](int i) {
    for (int n = 0; n < 10; ++n) {
      Transaction transaction;
      transaction.writes = {
          PutOf(R"({"resourceType":"Patient","id":"p)" + std::to_string(i * 10 + n) + R"("})")};
      transaction.audit = {{clock_.Now(), R"({"resourceType":"AuditEvent"})"}};
      ASSERT_TRUE(store().Commit(std::move(transaction)).ok());
      ASSERT_TRUE(store().AppendAudit({{clock_.Now(), R"({"resourceType":"AuditEvent"})"}}).ok());
    }
  });
  ASSERT_TRUE(store().FlushAudit().ok());
  const auto snapshot = Snapshot();
  const auto log = snapshot->ReadLog(0, 1'000);
  ASSERT_TRUE(log.ok());
  ASSERT_EQ(log->size(), 160u);
  for (size_t i = 0; i < log->size(); ++i) {
    EXPECT_EQ((*log)[i].sequence, static_cast<fhir::store::Sequence>(i) + 1);
    EXPECT_EQ((*log)[i].changes.size(), 1u);
  }
  const auto report = fhir::store::VerifyAuditChain(*snapshot);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->records, 320);
  EXPECT_FALSE(report->fault.has_value());
}

TEST_P(StoreContract, ShowsReadersOnlyWholeCommits) {
  std::atomic<bool> stop{false};
  const auto put = [&](int n) {
    MustCommit({PutOf(R"({"resourceType":"Basic","id":"a","code":{"text":")" + std::to_string(n) +
                      R"("}})"),
                PutOf(R"({"resourceType":"Basic","id":"b","code":{"text":")" + std::to_string(n) +
                      R"("}})")});
  };
  put(0);
  std::thread writer([&] {
    for (int n = 1; n <= 100; ++n) put(n);
    stop = true;
  });
  do {
    const auto snapshot = Snapshot();
    const auto a = snapshot->Read(KeyOf("Basic/a"));
    const auto b = snapshot->Read(KeyOf("Basic/b"));
    EXPECT_TRUE(a.ok() && b.ok() && a->version == b->version);
  } while (!stop);
  writer.join();
}

}  // namespace

void LinkConcurrencyPart() {}

}  // namespace testkit
