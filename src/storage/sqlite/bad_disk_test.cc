// A disk that fills up below the cipher, through a VFS of our own: writes are refused clearly,
// reads go on, and when there is room again work goes on without a restart.
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "fhir/store/audit_chain.h"
#include "storage/sqlite/test_folder.h"
#include "storage/sqlite/test_records.h"
#include "storage/sqlite/test_vfs.h"

namespace storage::sqlite {
namespace {

enum class Fault { kNone, kFull, kSyncFails };
std::atomic<Fault> g_fault{Fault::kNone};
std::atomic<int> g_faults_hit{0};

int FailAsTold(DiskOperation operation) {
  const bool full = g_fault == Fault::kFull && operation == DiskOperation::kGrow;
  const bool unsynced = g_fault == Fault::kSyncFails && operation == DiskOperation::kSync;
  if (!full && !unsynced) return SQLITE_OK;
  ++g_faults_hit;
  return full ? SQLITE_FULL : SQLITE_IOERR_FSYNC;
}

class BadDisk : public testing::Test {
 protected:
  BadDisk() {
    folder_.Create();
    SetDiskHook(&FailAsTold);
    OpenOptions options = folder_.options(clock_);
    options.vfs = TestVfs();
    auto opened = SqliteStore::Open(options);
    CHECK(opened.ok());
    store_ = std::move(opened).value();
    g_faults_hit = 0;
  }
  ~BadDisk() override {
    g_fault = Fault::kNone;
    store_.reset();
    SetDiskHook(nullptr);
  }

  base::Result<fhir::store::CommitReceipt> Put(const std::string& id) {
    return store_->Commit(SmallTransaction(id, std::string(2'000, 'x') + id, clock_.Now()));
  }
  bool Has(const std::string& id) {
    auto read = store_->BeginRead();
    return read.ok() && (*read)->Read(BasicKey(id)).ok();
  }
  void ExpectWholeChain(fhir::store::Sequence records) {
    const auto read = std::move(store_->BeginRead()).value();
    const auto chain = fhir::store::VerifyAuditChain(*read);
    ASSERT_TRUE(chain.ok());
    EXPECT_EQ(chain->records, records);
    EXPECT_FALSE(chain->fault.has_value());
  }

  base::FixedClock clock_{base::Instant{1'795'219'500'000}};
  TestFolder folder_;
  std::unique_ptr<SqliteStore> store_;
};

TEST_F(BadDisk, WhenFullRefusesWritesGoesOnReadingAndRecovers) {
  ASSERT_TRUE(Put("before").ok());
  g_fault = Fault::kFull;
  // Some fit into what the files have allocated; then it must refuse.
  int stored = 0;
  base::Error refusal;
  for (int i = 0; i < 1'000 && refusal.message.empty(); ++i) {
    const auto receipt = Put("full" + std::to_string(i));
    if (receipt.ok()) {
      ++stored;
    } else {
      refusal = receipt.error();
    }
  }
  EXPECT_EQ(refusal.code, base::ErrorCode::kUnavailable);
  EXPECT_NE(refusal.message.find("đầy"), std::string::npos);
  EXPECT_GT(g_faults_hit, 0);
  EXPECT_TRUE(Has("before"));
  for (int i = 0; i < stored; ++i) EXPECT_TRUE(Has("full" + std::to_string(i)));
  EXPECT_FALSE(Has("full" + std::to_string(stored)));

  g_fault = Fault::kNone;
  const auto after = Put("after");
  ASSERT_TRUE(after.ok()) << after.error().detail;
  EXPECT_EQ(after->sequence, stored + 2);  // no gap for what was refused
  ExpectWholeChain(stored + 2);
}

TEST_F(BadDisk, KeepsReadAuditsUntilThereIsRoomAgain) {
  ASSERT_TRUE(Put("before").ok());
  g_fault = Fault::kFull;
  while (Put("filler").ok()) {
  }
  const auto records = [&] { return (*store_->BeginRead())->ReadAudit(0, 10'000)->size(); };
  const size_t before = records();
  std::vector<fhir::store::AuditEntry> entries(50, {clock_.Now(), std::string(3'000, 'a')});
  ASSERT_TRUE(store_->AppendAudit(std::move(entries)).ok());
  EXPECT_FALSE(store_->FlushAudit().ok());
  EXPECT_EQ(records(), before);
  g_fault = Fault::kNone;
  ASSERT_TRUE(store_->FlushAudit().ok());
  EXPECT_EQ(records(), before + 50);
  ExpectWholeChain(static_cast<fhir::store::Sequence>(before) + 50);
}

TEST_F(BadDisk, AfterAFailedSyncReopensAndLosesNothingAcknowledged) {
  ASSERT_TRUE(Put("before").ok());
  g_fault = Fault::kSyncFails;
  const auto failed = Put("unsure");
  ASSERT_FALSE(failed.ok());
  EXPECT_GT(g_faults_hit, 0);
  EXPECT_TRUE(Has("before"));
  g_fault = Fault::kNone;
  // The first work after it reopens the file and checks what was acknowledged.
  const auto after = Put("after");
  ASSERT_TRUE(after.ok()) << after.error().message << after.error().detail;
  EXPECT_TRUE(Has("before"));
  EXPECT_TRUE(Has("after"));
  const auto log = (*store_->BeginRead())->ReadLog(0, 100);
  ASSERT_TRUE(log.ok());
  for (size_t i = 0; i < log->size(); ++i) {
    EXPECT_EQ((*log)[i].sequence, static_cast<fhir::store::Sequence>(i) + 1);
  }
}

}  // namespace
}  // namespace storage::sqlite
