#include "access/audit_anchor.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "storage/memory/memory_store.h"
#include "testkit/test_station.h"

namespace access_control {
namespace {

using fhir::store::AuditRecord;
using fhir::store::Sequence;

// The audit part of a store with somebody's fingers in it. Everything else is absent.
class TamperedRead final : public fhir::store::ReadTransaction {
 public:
  explicit TamperedRead(const std::vector<AuditRecord>& records) : records_(records) {}
  base::Result<std::vector<AuditRecord>> ReadAudit(Sequence after, size_t limit) override {
    std::vector<AuditRecord> found;
    for (const auto& record : records_) {
      if (record.sequence > after && found.size() < limit) found.push_back(record);
    }
    return found;
  }
  base::Result<std::vector<AuditRecord>> ReadAuditBackwards(Sequence, size_t) override {
    return std::vector<AuditRecord>(records_.rbegin(),
                                    records_.rbegin() + (records_.empty() ? 0 : 1));
  }
  base::Result<fhir::store::Stored> Read(const fhir::store::Key&) override { return Absent(); }
  base::Result<fhir::store::Stored> ReadVersion(const fhir::store::Key&,
                                                fhir::store::Version) override {
    return Absent();
  }
  base::Result<fhir::store::HistoryPage> History(const fhir::store::HistoryQuery&) override {
    return Absent();
  }
  base::Result<fhir::store::SearchPage> Search(const fhir::search::Query&) override {
    return Absent();
  }
  base::Result<base::Json> Explain(const fhir::search::Query&) override { return Absent(); }
  base::Result<std::vector<fhir::store::LogEntry>> ReadLog(Sequence, size_t) override {
    return Absent();
  }
  base::Result<Sequence> LastSequence() override { return Absent(); }

 private:
  static base::Error Absent() { return base::NotFound(""); }
  const std::vector<AuditRecord>& records_;
};

class TamperedStore final : public fhir::store::Store {
 public:
  std::vector<AuditRecord> records;

  base::Result<std::unique_ptr<fhir::store::ReadTransaction>> BeginRead() override {
    return std::unique_ptr<fhir::store::ReadTransaction>(new TamperedRead(records));
  }
  base::Result<fhir::store::CommitReceipt> Commit(fhir::store::Transaction) override {
    return base::NotFound("");
  }
  base::Status AppendAudit(std::vector<fhir::store::AuditEntry>) override { return base::Ok(); }
  base::Status FlushAudit() override { return base::Ok(); }
  base::Result<Sequence> ReadPosition(std::string_view) override { return Sequence{0}; }
  base::Status SavePosition(std::string_view, Sequence) override { return base::Ok(); }
  Subscription OnCommit(std::function<void(Sequence)>) override { return nullptr; }
  base::Result<fhir::store::StoreStatistics> Statistics() override {
    return fhir::store::StoreStatistics{};
  }
};

std::string Trouble(const base::Status& status) {
  return status.ok() ? "" : status.error().message + status.error().detail;
}

class AuditAnchorTest : public ::testing::Test {
 protected:
  AuditAnchorTest() {
    char name[] = "/tmp/tram-anchor-XXXXXX";
    folder = ::mkdtemp(name);
    anchor = std::make_unique<AuditAnchor>(folder, station.clock);
    for (int i = 0; i < 20; ++i) station.AddPatient("Nguyễn Văn An");
    CHECK(station.store().FlushAudit().ok());
    tampered.records = *(*station.store().BeginRead())->ReadAudit(0, 1000);
  }
  ~AuditAnchorTest() override { std::filesystem::remove_all(folder); }

  bool Holds() { return anchor->Verify(tampered)->ok; }

  testkit::TestStation station;
  std::string folder;
  TamperedStore tampered;
  std::unique_ptr<AuditAnchor> anchor;
};

TEST_F(AuditAnchorTest, AcceptsAnUntouchedChain) {
  ASSERT_GE(tampered.records.size(), 20u);
  EXPECT_TRUE(Holds());
  ASSERT_EQ(Trouble(anchor->Advance(tampered)), "");
  const auto verdict = anchor->Verify(tampered);
  EXPECT_TRUE(verdict->ok);
  EXPECT_EQ(verdict->records, static_cast<Sequence>(tampered.records.size()));
  EXPECT_EQ(verdict->anchored, verdict->records);
}

TEST_F(AuditAnchorTest, AcceptsRecordsAfterTheAnchor) {
  ASSERT_EQ(Trouble(anchor->Advance(station.store())), "");
  station.AddPatient("Trần Thị Bình");
  EXPECT_TRUE(anchor->Verify(station.store())->ok);
  EXPECT_EQ(Trouble(anchor->Advance(station.store())), "");
}

TEST_F(AuditAnchorTest, FindsAnyChangedRecord) {
  const auto whole = tampered.records;
  for (size_t i = 0; i < whole.size(); ++i) {
    tampered.records = whole;
    tampered.records[i].entry.body[i * 7 % tampered.records[i].entry.body.size()] ^= 1;
    EXPECT_FALSE(Holds()) << i;
    tampered.records = whole;
    tampered.records[i].entry.at.millis += 1;
    EXPECT_FALSE(Holds()) << i;
  }
}

TEST_F(AuditAnchorTest, FindsAnyRemovedOrSwappedRecord) {
  ASSERT_EQ(Trouble(anchor->Advance(tampered)), "");
  const auto whole = tampered.records;
  for (size_t i = 0; i < whole.size(); ++i) {
    tampered.records = whole;
    tampered.records.erase(tampered.records.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(Holds()) << i;
    if (i == 0) continue;
    tampered.records = whole;
    std::swap(tampered.records[i - 1].entry, tampered.records[i].entry);
    EXPECT_FALSE(Holds()) << i;
  }
}

TEST_F(AuditAnchorTest, FindsACutTailByTheAnchorOnly) {
  tampered.records.pop_back();
  EXPECT_TRUE(Holds());  // without an anchor nobody can tell: the message says so
  tampered.records = *(*station.store().BeginRead())->ReadAudit(0, 1000);
  ASSERT_EQ(Trouble(anchor->Advance(tampered)), "");
  tampered.records.pop_back();
  EXPECT_FALSE(Holds());
  EXPECT_EQ(anchor->Advance(tampered).error().code, base::ErrorCode::kConflict);
  tampered.records.clear();
  EXPECT_FALSE(Holds());
}

// Whoever can write the store can compute the hashes anew; not the anchor.
TEST_F(AuditAnchorTest, FindsAChainRewrittenWithRightHashes) {
  ASSERT_EQ(Trouble(anchor->Advance(tampered)), "");
  std::string previous(fhir::store::kNoPreviousHash);
  tampered.records[3].entry.body = R"({"resourceType":"AuditEvent"})";
  for (auto& record : tampered.records) {
    record.previous_hash = previous;
    record.hash = fhir::store::HashAudit(previous, record.sequence, record.entry);
    previous = record.hash;
  }
  EXPECT_FALSE(Holds());
}

TEST_F(AuditAnchorTest, FindsAForgedAnchorAndALostKey) {
  ASSERT_EQ(Trouble(anchor->Advance(tampered)), "");
  const std::string path = folder + "/audit-anchor.json";
  std::string text;
  std::getline(std::ifstream(path), text);
  const size_t digit = text.find("\"sequence\":") + 11;
  ASSERT_LT(digit, text.size());
  text[digit] = text[digit] == '9' ? '8' : '9';
  std::ofstream(path) << text;
  EXPECT_FALSE(Holds());

  std::filesystem::remove(path);
  ASSERT_EQ(Trouble(anchor->Advance(tampered)), "");
  EXPECT_TRUE(Holds());
  std::filesystem::remove(folder + "/audit-anchor.key");
  EXPECT_FALSE(Holds());
}

TEST_F(AuditAnchorTest, KeepsItsKeyToItself) {
  ASSERT_EQ(Trouble(anchor->Advance(tampered)), "");
  const auto rights = std::filesystem::status(folder + "/audit-anchor.key").permissions();
  EXPECT_EQ(rights & std::filesystem::perms::mask,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace
}  // namespace access_control
