// Bad days of the one file: wrong keys, damaged pages, many threads, a full queue.
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "fhir/store/audit_chain.h"
#include "storage/sqlite/files.h"
#include "storage/sqlite/test_folder.h"
#include "storage/sqlite/test_records.h"

namespace storage::sqlite {
namespace {

namespace fs = std::filesystem;

class Durability : public testing::Test {
 protected:
  Durability() { folder_.Create(); }
  void Put(SqliteStore& store, const std::string& id, const std::string& text = "x") {
    ASSERT_TRUE(store.Commit(SmallTransaction(id, text, clock_.Now())).ok());
  }
  std::string Database() { return DatabasePath(folder_.data()); }

  base::FixedClock clock_{base::Instant{1'795'219'500'000}};
  TestFolder folder_;
};

TEST_F(Durability, KeepsEverythingOverARestart) {
  {
    const auto store = folder_.Open(clock_);
    Put(*store, "a");
    ASSERT_TRUE(store->AppendAudit({{clock_.Now(), "{}"}}).ok());
    ASSERT_TRUE(store->SavePosition("outbox", 17).ok());
  }
  const auto store = folder_.Open(clock_);
  EXPECT_TRUE((*store->BeginRead())->Read(BasicKey("a")).ok());
  EXPECT_EQ(*store->ReadPosition("outbox"), 17);
  EXPECT_EQ((*store->BeginRead())->ReadAudit(0, 10)->size(), 2u);
  EXPECT_EQ(store->Commit(SmallTransaction("b", "x", clock_.Now()))->sequence, 2);
  EXPECT_EQ(store->Statistics()->resources, 2);
}

TEST_F(Durability, LetsNoSecondProcessIn) {
  const auto store = folder_.Open(clock_);
  const auto second = SqliteStore::Open(folder_.options(clock_));
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, base::ErrorCode::kConflict);
}

TEST_F(Durability, HidesWhatItStores) {
  {
    const auto store = folder_.Open(clock_);
    Put(*store, "a", "Nguyễn Thị Bí Mật");
  }
  std::ifstream file(Database(), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  EXPECT_GT(bytes.size(), 4'096u);
  EXPECT_EQ(bytes.find("SQLite format 3"), std::string::npos);
  EXPECT_EQ(bytes.find("Bí Mật"), std::string::npos);
  EXPECT_EQ(bytes.find("CREATE TABLE"), std::string::npos);
}

TEST_F(Durability, RefusesAWrongKey) {
  { const auto store = folder_.Open(clock_); }
  ASSERT_TRUE(WriteSmallFile(folder_.data().directory + "/key", std::string(64, 'b')).ok());
  const auto opened = SqliteStore::Open(folder_.options(clock_));
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, base::ErrorCode::kUnprocessable);
}

TEST_F(Durability, NoticesABitThatFlippedOnDisk) {
  {
    const auto store = folder_.Open(clock_);
    for (int i = 0; i < 200; ++i) Put(*store, "r" + std::to_string(i), "text " + std::to_string(i));
  }
  // Every page is authenticated, so a flip anywhere in the pages of `resource` must surface.
  const auto pages = static_cast<int64_t>(fs::file_size(Database()) / 4'096);
  int noticed = 0;
  for (int64_t page = 1; page < pages; ++page) {
    std::fstream file(Database(), std::ios::binary | std::ios::in | std::ios::out);
    const int64_t at = page * 4'096 + 100;
    file.seekg(at);
    const char before = static_cast<char>(file.get());
    file.seekp(at);
    file.put(static_cast<char>(before ^ 4));
    file.close();
    const auto store = SqliteStore::Open(folder_.options(clock_));
    bool failed = !store.ok();
    for (int i = 0; store.ok() && !failed && i < 200; ++i) {
      const std::string id = "r" + std::to_string(i);
      auto read = (*store)->BeginRead();
      if (!read.ok()) {
        failed = true;
        break;
      }
      const auto stored = (*read)->Read(BasicKey(id));
      // Either the truth or an error; never something else.
      if (stored.ok()) {
        ASSERT_NE(stored->body.find("text " + std::to_string(i) + "\""), std::string::npos);
      } else {
        ASSERT_EQ(stored.error().code, base::ErrorCode::kInternal);
        failed = true;
      }
    }
    noticed += failed ? 1 : 0;
    std::fstream repair(Database(), std::ios::binary | std::ios::in | std::ios::out);
    repair.seekp(at);
    repair.put(before);
  }
  EXPECT_GT(noticed, 0);
}

TEST_F(Durability, CommitsOf64ThreadsShareSyncs) {
  const auto store = folder_.Open(clock_);
  std::atomic<int> failures{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 64; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 20; ++i) {
        const std::string id = std::to_string(thread) + "-" + std::to_string(i);
        if (!store->Commit(SmallTransaction(id, "x", clock_.Now())).ok()) ++failures;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  const auto read = std::move(store->BeginRead()).value();
  EXPECT_EQ(*read->LastSequence(), 64 * 20);
  EXPECT_EQ(fhir::store::VerifyAuditChain(*read)->records, 64 * 20);
  EXPECT_LT(store->CommitGroups(), 64 * 20 / 4);
}

TEST_F(Durability, RefusesWorkBeyondItsQueue) {
  OpenOptions options = folder_.options(clock_);
  options.max_waiting_commits = 1;
  const auto store = std::move(SqliteStore::Open(options)).value();
  std::atomic<int> stored{0}, refused{0}, other{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 32; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 5; ++i) {
        const std::string id = std::to_string(thread) + "-" + std::to_string(i);
        const auto receipt = store->Commit(SmallTransaction(id, "x", clock_.Now()));
        if (receipt.ok()) {
          ++stored;
        } else {
          ++(receipt.error().code == base::ErrorCode::kUnavailable ? refused : other);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(other, 0);
  EXPECT_GT(refused, 0);
  // What was refused left no trace, what was acknowledged is there.
  EXPECT_EQ(*(*store->BeginRead())->LastSequence(), stored);
  EXPECT_EQ(store->Statistics()->resources, stored);
}

}  // namespace
}  // namespace storage::sqlite
