// Commits: all or nothing, expectations, conditions, deletions.
#include "base/json.h"
#include "testkit/store_contract/parts.h"
#include "testkit/store_contract/store_contract.h"

namespace testkit {
namespace {

using base::ErrorCode;
using fhir::store::Condition;
using fhir::store::Transaction;

constexpr char kAn[] = R"({"resourceType":"Patient","id":"an","active":true})";
constexpr char kBinh[] = R"({"resourceType":"Patient","id":"binh","active":true})";

template <class T>
ErrorCode CodeOf(const base::Result<T>& result) {
  return result.ok() ? ErrorCode::kInternal : result.error().code;
}

Condition NoMatch(std::string_view query) {
  Condition out;
  out.kind = Condition::Kind::kNoMatch;
  out.query = *fhir::search::ParseQueryText(query);
  return out;
}

TEST_P(StoreContract, GivesBackWhatWasStoredWithItsMeta) {
  const auto receipt = MustCommit({PutOf(
      R"({"resourceType":"Patient","id":"an","meta":{"versionId":"99","tag":[{"code":"x"}]},"multipleBirthInteger":1.50,"name":[{"text":"Nguyễn Văn Ân"}]})")});
  EXPECT_EQ(receipt.sequence, 1);
  EXPECT_EQ(receipt.versions, std::vector<fhir::store::Version>{1});
  EXPECT_EQ(receipt.at, clock_.Now());
  const auto stored = Snapshot()->Read(KeyOf("Patient/an"));
  ASSERT_TRUE(stored.ok());
  EXPECT_EQ(stored->version, 1);
  EXPECT_EQ(stored->last_updated, receipt.at);
  const auto body = base::Json::Parse(stored->body);
  ASSERT_TRUE(body.ok());
  EXPECT_EQ(body->At("meta.versionId").String(), "1");
  EXPECT_EQ(body->At("meta.lastUpdated").String(), receipt.at.ToUtc());
  EXPECT_EQ(body->At("meta.tag.0.code").String(), "x");
  EXPECT_EQ(body->At("name.0.text").String(), "Nguyễn Văn Ân");
  EXPECT_EQ((*body)["multipleBirthInteger"].NumberText(), "1.50");  // digits as written
}

TEST_P(StoreContract, CommitsAllOrNothing) {
  MustPut(kAn);
  const auto refused = Commit({PutOf(kBinh), PutOf(kAn, 7)});
  EXPECT_EQ(CodeOf(refused), ErrorCode::kConflict);
  EXPECT_EQ(CodeOf(Snapshot()->Read(KeyOf("Patient/binh"))), ErrorCode::kNotFound);
  EXPECT_EQ(*Snapshot()->LastSequence(), 1);
  EXPECT_TRUE(Found("Patient?_id=binh").empty());
}

TEST_P(StoreContract, ChecksTheVersionTheWriterSaw) {
  EXPECT_EQ(CodeOf(Commit({PutOf(kAn, 1)})), ErrorCode::kConflict);
  EXPECT_TRUE(Commit({PutOf(kAn, 0)}).ok());
  EXPECT_EQ(CodeOf(Commit({PutOf(kAn, 0)})), ErrorCode::kConflict);
  EXPECT_TRUE(Commit({PutOf(kAn, 1)}).ok());
  EXPECT_EQ(CodeOf(Commit({DeleteOf("Patient/an", 1)})), ErrorCode::kConflict);
  EXPECT_TRUE(Commit({DeleteOf("Patient/an", 2)}).ok());
  // Nothing is there any more, so 0 is right again; the deletion was version 3.
  EXPECT_TRUE(Commit({PutOf(kAn, 0)}).ok());
  EXPECT_EQ(Snapshot()->Read(KeyOf("Patient/an"))->version, 4);
}

TEST_P(StoreContract, LetsALaterWriteOfACommitSeeTheEarlierOne) {
  const auto receipt = MustCommit({PutOf(kAn, 0), PutOf(kAn, 1)});
  EXPECT_EQ(receipt.versions, (std::vector<fhir::store::Version>{1, 2}));
  EXPECT_EQ(CodeOf(Commit({PutOf(kBinh, 0), PutOf(kBinh, 0)})), ErrorCode::kConflict);
}

TEST_P(StoreContract, RefusesToDeleteWhatNeverWas) {
  EXPECT_EQ(CodeOf(Commit({DeleteOf("Patient/nobody")})), ErrorCode::kNotFound);
}

TEST_P(StoreContract, TellsDeletedFromNeverThere) {
  MustPut(kAn);
  MustCommit({DeleteOf("Patient/an")});
  EXPECT_EQ(CodeOf(Snapshot()->Read(KeyOf("Patient/an"))), ErrorCode::kGone);
  EXPECT_EQ(CodeOf(Snapshot()->Read(KeyOf("Patient/binh"))), ErrorCode::kNotFound);
  EXPECT_TRUE(Found("Patient?active=true").empty());
  EXPECT_EQ(store().Statistics()->resources, 0);
  MustPut(kAn);
  EXPECT_EQ(Snapshot()->Read(KeyOf("Patient/an"))->version, 3);
  EXPECT_EQ(Found("Patient?active=true"), std::vector<std::string>{"Patient/an"});
  EXPECT_EQ(store().Statistics()->resources, 1);
}

TEST_P(StoreContract, TellsIdsOfDifferentTypesApart) {
  MustPut(kAn);
  MustPut(R"({"resourceType":"Practitioner","id":"an","active":false})");
  EXPECT_NE(Snapshot()->Read(KeyOf("Patient/an"))->body.find("\"active\":true"), std::string::npos);
  EXPECT_EQ(Found("Practitioner?_id=an"), std::vector<std::string>{"Practitioner/an"});
}

TEST_P(StoreContract, RefusesACommitWhoseConditionsDoNotHold) {
  MustPut(R"({"resourceType":"Patient","id":"an","identifier":[{"system":"s","value":"1"}]})");
  Transaction taken;
  taken.writes = {PutOf(kBinh)};
  taken.conditions = {NoMatch("Patient?identifier=s|1")};
  EXPECT_EQ(CodeOf(store().Commit(std::move(taken))), ErrorCode::kConflict);
  EXPECT_EQ(CodeOf(Snapshot()->Read(KeyOf("Patient/binh"))), ErrorCode::kNotFound);

  Transaction free;
  free.writes = {PutOf(kBinh)};
  free.conditions = {
      NoMatch("Patient?identifier=s|2"),
      {.kind = Condition::Kind::kVersionIs, .key = KeyOf("Patient/an"), .version = 1},
      {.kind = Condition::Kind::kVersionIs, .key = KeyOf("Patient/x"), .version = 0}};
  EXPECT_TRUE(store().Commit(std::move(free)).ok());

  Transaction stale;
  stale.writes = {PutOf(kBinh)};
  stale.conditions = {
      {.kind = Condition::Kind::kVersionIs, .key = KeyOf("Patient/an"), .version = 2}};
  EXPECT_EQ(CodeOf(store().Commit(std::move(stale))), ErrorCode::kConflict);
}

TEST_P(StoreContract, CountsADeletedResourceAsAbsentInConditions) {
  MustPut(R"({"resourceType":"Patient","id":"an","identifier":[{"system":"s","value":"1"}]})");
  MustCommit({DeleteOf("Patient/an")});
  Transaction transaction;
  transaction.writes = {PutOf(kBinh)};
  transaction.conditions = {
      NoMatch("Patient?identifier=s|1"),
      {.kind = Condition::Kind::kVersionIs, .key = KeyOf("Patient/an"), .version = 0}};
  EXPECT_TRUE(store().Commit(std::move(transaction)).ok());
}

TEST_P(StoreContract, KeepsASnapshotAsItWas) {
  MustPut(kAn);
  const auto before = Snapshot();
  MustCommit({PutOf(R"({"resourceType":"Patient","id":"an","active":false})"), PutOf(kBinh)});
  MustCommit({DeleteOf("Patient/an")});
  const auto stored = before->Read(KeyOf("Patient/an"));
  ASSERT_TRUE(stored.ok());
  EXPECT_EQ(stored->version, 1);
  EXPECT_EQ(CodeOf(before->Read(KeyOf("Patient/binh"))), ErrorCode::kNotFound);
  EXPECT_EQ(CodeOf(before->ReadVersion(KeyOf("Patient/an"), 2)), ErrorCode::kNotFound);
  EXPECT_EQ(*before->LastSequence(), 1);
  const auto page = before->Search(*fhir::search::ParseQueryText("Patient?active=true"));
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(References(page->matches), std::vector<std::string>{"Patient/an"});
  EXPECT_EQ(before->ReadLog(0, 10)->size(), 1u);
}

TEST_P(StoreContract, StoresLargeBatchesAtOnce) {
  std::vector<fhir::store::Write> writes;
  for (int i = 0; i < 2'000; ++i) {
    writes.push_back(
        PutOf(R"({"resourceType":"Observation","id":"o)" + std::to_string(i) +
              R"(","status":"final","code":{"text":"a"},"subject":{"reference":"Patient/p)" +
              std::to_string(i % 10) + R"("}})"));
  }
  const auto receipt = MustCommit(std::move(writes));
  EXPECT_EQ(receipt.sequence, 1);
  EXPECT_EQ(receipt.versions.size(), 2'000u);
  EXPECT_EQ(Page("Observation?subject=Patient/p3&_total=accurate&_count=5").total, 200);
  EXPECT_EQ(store().Statistics()->resources, 2'000);
}

}  // namespace

void LinkCommitPart() {}

}  // namespace testkit
