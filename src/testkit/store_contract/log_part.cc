// The change log, positions of its readers, listeners, and the audit chain.
#include "fhir/store/audit_chain.h"
#include "testkit/store_contract/parts.h"
#include "testkit/store_contract/store_contract.h"

namespace testkit {
namespace {

using fhir::store::Sequence;
using fhir::store::Transaction;

constexpr char kAn[] = R"({"resourceType":"Patient","id":"an"})";

TEST_P(StoreContract, LogsEachCommitOnceInOrder) {
  Transaction first;
  first.writes = {PutOf(kAn), PutOf(R"({"resourceType":"Practitioner","id":"d1"})")};
  first.events = {{"PatientArrived", R"({"patient":"an"})"}, {"QueueChanged", "{}"}};
  ASSERT_TRUE(store().Commit(std::move(first)).ok());
  clock_.Advance(1'000);
  MustCommit({DeleteOf("Patient/an")});
  Transaction event_only;
  event_only.events = {{"Tick", "{}"}};
  ASSERT_TRUE(store().Commit(std::move(event_only)).ok());

  const auto log = Snapshot()->ReadLog(0, 10);
  ASSERT_TRUE(log.ok());
  ASSERT_EQ(log->size(), 3u);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ((*log)[i].sequence, static_cast<Sequence>(i) + 1);
  ASSERT_EQ((*log)[0].changes.size(), 2u);
  EXPECT_EQ((*log)[0].changes[1].key, KeyOf("Practitioner/d1"));
  ASSERT_EQ((*log)[0].events.size(), 2u);
  EXPECT_EQ((*log)[0].events[0].name, "PatientArrived");
  EXPECT_EQ((*log)[0].events[0].payload, R"({"patient":"an"})");
  EXPECT_TRUE((*log)[1].changes[0].deleted);
  EXPECT_EQ((*log)[1].changes[0].version, 2);
  EXPECT_EQ((*log)[1].at, clock_.Now());
  EXPECT_TRUE((*log)[2].changes.empty());
  EXPECT_EQ(Snapshot()->ReadLog(1, 1)->front().sequence, 2);
  EXPECT_TRUE(Snapshot()->ReadLog(3, 10)->empty());
}

TEST_P(StoreContract, LeavesNoGapInTheSequenceForARefusedCommit) {
  MustPut(kAn);
  EXPECT_FALSE(Commit({PutOf(kAn, 9)}).ok());
  EXPECT_EQ(MustCommit({PutOf(kAn)}).sequence, 2);
}

TEST_P(StoreContract, NeverLetsTheTimeOfCommitsGoBack) {
  const auto first = MustCommit({PutOf(kAn)});
  clock_.Advance(-3'600'000);
  const auto second = MustCommit({PutOf(kAn)});
  EXPECT_GE(second.at, first.at);
}

TEST_P(StoreContract, KeepsThePositionOfEachReader) {
  EXPECT_EQ(*store().ReadPosition("outbox"), 0);
  ASSERT_TRUE(store().SavePosition("outbox", 7).ok());
  ASSERT_TRUE(store().SavePosition("screens", 9).ok());
  ASSERT_TRUE(store().SavePosition("outbox", 8).ok());
  EXPECT_EQ(*store().ReadPosition("outbox"), 8);
  EXPECT_EQ(*store().ReadPosition("screens"), 9);
}

TEST_P(StoreContract, TellsListenersOfCommitsUntilTheyLeave) {
  std::vector<Sequence> heard;
  auto subscription = store().OnCommit([&](Sequence sequence) { heard.push_back(sequence); });
  MustPut(kAn);
  EXPECT_FALSE(Commit({PutOf(kAn, 9)}).ok());
  MustPut(kAn);
  subscription.reset();
  MustPut(kAn);
  // A store may tell of several commits at once; the last one heard counts.
  ASSERT_FALSE(heard.empty());
  EXPECT_LE(heard.size(), 2u);
  EXPECT_EQ(heard.back(), 2);
}

TEST_P(StoreContract, ChainsAuditRecordsOfCommitsAndReads) {
  Transaction transaction;
  transaction.writes = {PutOf(kAn)};
  transaction.audit = {{clock_.Now(), R"({"resourceType":"AuditEvent","id":"1"})"},
                       {clock_.Now(), R"({"resourceType":"AuditEvent","id":"2"})"}};
  ASSERT_TRUE(store().Commit(std::move(transaction)).ok());
  ASSERT_TRUE(
      store().AppendAudit({{clock_.Now(), R"({"resourceType":"AuditEvent","id":"3"})"}}).ok());
  ASSERT_TRUE(store().FlushAudit().ok());

  const auto snapshot = Snapshot();
  const auto records = snapshot->ReadAudit(0, 10);
  ASSERT_TRUE(records.ok());
  ASSERT_EQ(records->size(), 3u);
  EXPECT_EQ((*records)[0].previous_hash, fhir::store::kNoPreviousHash);
  EXPECT_EQ((*records)[2].entry.body, R"({"resourceType":"AuditEvent","id":"3"})");
  EXPECT_EQ((*records)[2].entry.at, clock_.Now());
  const auto report = fhir::store::VerifyAuditChain(*snapshot);
  ASSERT_TRUE(report.ok());
  EXPECT_FALSE(report->fault.has_value());
  EXPECT_EQ(report->records, 3);
  const auto backwards = snapshot->ReadAuditBackwards(0, 2);
  ASSERT_EQ(backwards->size(), 2u);
  EXPECT_EQ((*backwards)[0].sequence, 3);
  EXPECT_EQ(snapshot->ReadAuditBackwards(2, 5)->front().sequence, 1);
  EXPECT_EQ(*snapshot->LastSequence(), 1);  // audit alone is no commit
}

TEST_P(StoreContract, KeepsNoAuditRecordOfARefusedCommit) {
  Transaction transaction;
  transaction.writes = {PutOf(kAn, 5)};
  transaction.audit = {{clock_.Now(), R"({"resourceType":"AuditEvent","id":"1"})"}};
  EXPECT_FALSE(store().Commit(std::move(transaction)).ok());
  EXPECT_TRUE(Snapshot()->ReadAudit(0, 10)->empty());
}

}  // namespace

void LinkLogPart() {}

}  // namespace testkit
