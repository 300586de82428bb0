#include "storage/sqlite/backup.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "base/text.h"
#include "fhir/store/audit_chain.h"
#include "storage/sqlite/test_folder.h"
#include "storage/sqlite/test_records.h"

namespace storage::sqlite {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

class Backup : public testing::Test {
 protected:
  Backup() : recovery_key_(source_.Create()), store_(source_.Open(clock_)) {
    for (int i = 0; i < 300; ++i) Put("r" + std::to_string(i), "Nguyễn Thị Bí Mật");
  }

  void Put(const std::string& id, const std::string& text) {
    ASSERT_TRUE(store_->Commit(SmallTransaction(id, text, clock_.Now())).ok());
  }
  std::string Write() {
    const std::string path = source_.path() + "/backup.tram";
    base::SystemRandom random;
    const auto written = store_->WriteBackup(path, random);
    EXPECT_TRUE(written.ok()) << written.error().message << written.error().detail;
    return path;
  }
  std::string DataKey() { return LoadPageKey(source_.data())->bytes; }

  base::FixedClock clock_{base::Instant{1'795'219'500'000}};
  TestFolder source_;
  TestFolder target_;
  std::string recovery_key_;
  std::unique_ptr<SqliteStore> store_;
};

TEST_F(Backup, RestoresEverythingWithEitherKey) {
  const std::string path = Write();
  for (const BackupKey& key :
       {BackupKey{.data_key = DataKey()}, BackupKey{.recovery_key = recovery_key_}}) {
    const TestFolder target;
    const auto restored = RestoreBackup(path, target.data(), key);
    ASSERT_TRUE(restored.ok()) << restored.error().message << restored.error().detail;
    const auto store = target.Open(clock_);
    auto read = store->BeginRead();
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(*(*read)->LastSequence(), 300);
    EXPECT_TRUE((*read)->Read(BasicKey("r299")).ok());
    const auto chain = fhir::store::VerifyAuditChain(**read);
    ASSERT_TRUE(chain.ok());
    EXPECT_EQ(chain->records, 300);
    EXPECT_FALSE(chain->fault.has_value());
    EXPECT_TRUE(store->Commit(SmallTransaction("after", "x", clock_.Now())).ok());
  }
}

TEST_F(Backup, HoldsTheSnapshotOfItsMomentWhileWorkGoesOn) {
  const std::string path = Write();
  Put("later", "x");
  ASSERT_TRUE(RestoreBackup(path, target_.data(), {.data_key = DataKey()}).ok());
  const auto restored = target_.Open(clock_);
  EXPECT_FALSE((*restored->BeginRead())->Read(BasicKey("later")).ok());
}

TEST_F(Backup, IsUnreadableWithoutAKey) {
  const std::string bytes = ReadFile(Write());
  EXPECT_EQ(bytes.find("Bí Mật"), std::string::npos);
  EXPECT_EQ(bytes.find("SQLite format"), std::string::npos);
  EXPECT_LT(bytes.size(), fs::file_size(DatabasePath(source_.data())) +
                              fs::file_size(DatabasePath(source_.data()) + "-wal"));
}

TEST_F(Backup, RefusesAWrongKeyAndLeavesNothing) {
  const std::string path = Write();
  const auto wrong = RestoreBackup(path, target_.data(), {.data_key = std::string(32, 'x')});
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().code, base::ErrorCode::kUnprocessable);
  EXPECT_FALSE(RestoreBackup(path, target_.data(), {.recovery_key = "0000-0000"}).ok());
  EXPECT_FALSE(HasDatabase(target_.data()));
}

TEST_F(Backup, NoticesEveryChangedByteAndACutEnd) {
  const std::string path = Write();
  const std::string whole = ReadFile(path);
  const std::string changed = source_.path() + "/changed.tram";
  for (const size_t at : {size_t{3}, size_t{20}, size_t{60}, whole.size() / 2, whole.size() - 1}) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    WriteFile(changed, bytes);
    EXPECT_FALSE(RestoreBackup(changed, target_.data(), {.data_key = DataKey()}).ok()) << at;
    EXPECT_FALSE(HasDatabase(target_.data()));
  }
  for (const size_t length : {whole.size() - 1, whole.size() / 2, size_t{200}, size_t{0}}) {
    WriteFile(changed, whole.substr(0, length));
    EXPECT_FALSE(RestoreBackup(changed, target_.data(), {.data_key = DataKey()}).ok()) << length;
  }
}

TEST_F(Backup, NeverOverwritesData) {
  const std::string path = Write();
  EXPECT_EQ(RestoreBackup(path, source_.data(), {.data_key = DataKey()}).error().code,
            base::ErrorCode::kConflict);
}

}  // namespace
}  // namespace storage::sqlite
