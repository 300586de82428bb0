// The WAL-reset race of SQLite 3.7.0 to 3.51.2: a connection that checkpoints while the writer
// restarts the WAL could lose committed data (https://www.sqlite.org/wal.html#walreset). Our store
// never checkpoints from two connections; this test does, with the window held open, and our
// SQLite must lose nothing.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "base/time.h"
#include "storage/sqlite/test_folder.h"
#include "storage/sqlite/test_vfs.h"

namespace storage::sqlite {
namespace {

constexpr int64_t kMillis = 4'000;

// Up to 300 microseconds of doing nothing, differently each time.
int Dawdle(DiskOperation operation) {
  if (operation != DiskOperation::kUnfetch) return SQLITE_OK;
  thread_local uint64_t state = std::hash<std::thread::id>()(std::this_thread::get_id()) | 1;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(state % 300);
  while (std::chrono::steady_clock::now() < until) {
  }
  return SQLITE_OK;
}

class Connection {
 public:
  explicit Connection(const std::string& path) {
    CHECK(sqlite3_open_v2(path.c_str(), &handle_,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                          PlainTestVfs().c_str()) == SQLITE_OK);
    sqlite3_busy_timeout(handle_, 10'000);
    Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=0;");
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { sqlite3_close_v2(handle_); }

  int Run(const char* sql) { return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr); }
  int64_t Read(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    CHECK(sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr) == SQLITE_OK);
    CHECK(sqlite3_step(statement) == SQLITE_ROW);
    const int64_t value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
  }
  void Checkpoint() {
    sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  }

 private:
  sqlite3* handle_ = nullptr;
};

TEST(WalResetRace, LosesNoCommitWithTwoCheckpointersAndAWidenedWindow) {
  // In memory where there is such a file system: the race is in the WAL's index, not on the disk.
  const TestFolder folder(std::filesystem::exists("/dev/shm") ? "/dev/shm" : "/tmp");
  const std::string path = folder.path() + "/race.db";
  Connection writer(path);
  ASSERT_EQ(writer.Run("CREATE TABLE counter(id INTEGER PRIMARY KEY, value INTEGER, filler TEXT);"
                       "INSERT INTO counter VALUES(1, 0, hex(zeroblob(1500))),"
                       "(2, 0, hex(zeroblob(1500))), (3, 0, hex(zeroblob(1500)))"),
            SQLITE_OK);
  SetDiskHook(&Dawdle);
  std::atomic<bool> stop{false};
  const auto checkpoint_often = [&] {
    Connection connection(path);
    while (!stop) connection.Checkpoint();
  };
  std::thread first(checkpoint_often), second(checkpoint_often);

  int64_t committed = 0;
  int64_t lost = 0;
  {
    Connection witness(path);
    const int64_t end = base::MonotonicMillis() + kMillis;
    while (lost == 0 && base::MonotonicMillis() < end) {
      const std::string update =
          "UPDATE counter SET value=" + std::to_string(committed + 1) + " WHERE id IN (1,2,3)";
      if (writer.Run(update.c_str()) == SQLITE_OK) ++committed;
      lost = committed - witness.Read("SELECT min(value) FROM counter");
    }
  }
  stop = true;
  first.join();
  second.join();
  SetDiskHook(nullptr);
  EXPECT_EQ(lost, 0) << "after " << committed << " commits";
  EXPECT_GT(committed, 100);
  EXPECT_EQ(writer.Read("SELECT min(value) FROM counter"), committed);
}

}  // namespace
}  // namespace storage::sqlite
