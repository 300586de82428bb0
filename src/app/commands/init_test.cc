#include "app/commands/init.h"

#include <filesystem>
#include <sstream>

#include <gtest/gtest.h>

#include "access/accounts.h"
#include "app/commands/backup.h"
#include "security/password_hasher.h"
#include "storage/sqlite/sqlite_store.h"
#include "storage/sqlite/test_folder.h"

namespace app::commands {
namespace {

class InitCommand : public testing::Test {
 protected:
  InitCommand() {
    options_.folder = folder_.data();
    options_.station.name = "Trạm Y tế phường Bồ Đề";
    options_.station.facility_code = "01234";
  }

  bool CanLogIn(const storage::sqlite::DataFolder& folder, const std::string& password) {
    auto store = storage::sqlite::SqliteStore::Open({.folder = folder, .clock = &clock_});
    if (!store.ok()) return false;
    security::PasswordHasher hasher(random_);
    access_control::Accounts accounts(**store, hasher, clock_, random_, "");
    return accounts.Authenticate("quantri", password, "test").ok();
  }

  base::FixedClock clock_{base::Instant{1'795'219'500'000}};
  base::SystemRandom random_;
  storage::sqlite::TestFolder folder_;
  InitOptions options_;
};

TEST_F(InitCommand, MakesAStationWhoseAdministratorCanLogIn) {
  const auto result = Init(options_, clock_, random_);
  ASSERT_TRUE(result.ok()) << result.error().message << result.error().detail;
  EXPECT_TRUE(CanLogIn(options_.folder, result->password));
  EXPECT_FALSE(CanLogIn(options_.folder, "mot mat khau khac 9"));
  const auto store = folder_.Open(clock_);
  const auto read = std::move(store->BeginRead()).value();
  const auto page = read->Search(*fhir::search::ParseQueryText("Organization?identifier=01234"));
  ASSERT_TRUE(page.ok());
  ASSERT_EQ(page->matches.size(), 1u);
  EXPECT_EQ(page->matches[0].key.id, result->organization_id);
}

TEST_F(InitCommand, ShowsTheRecoveryKeyOnceAndRefusesToRunTwice) {
  std::ostringstream out, err;
  ASSERT_EQ(RunInit(options_, clock_, random_, out, err), 0) << err.str();
  EXPECT_NE(out.str().find("KHÓA KHÔI PHỤC"), std::string::npos);
  std::ostringstream again, reason;
  EXPECT_EQ(RunInit(options_, clock_, random_, again, reason), 1);
  EXPECT_FALSE(reason.str().empty());
  EXPECT_TRUE(again.str().empty());
}

TEST_F(InitCommand, BackupAndRestoreCarryTheStationToAnotherFolder) {
  const auto made = Init(options_, clock_, random_);
  ASSERT_TRUE(made.ok());
  std::ostringstream out, err;
  const std::string file = folder_.path() + "/station.backup";
  ASSERT_EQ(RunBackup({options_.folder, file}, clock_, random_, out, err), 0) << err.str();
  const storage::sqlite::TestFolder target;
  EXPECT_EQ(RunRestore({target.data(), file}, clock_, out, err), 1);  // no key at all
  ASSERT_EQ(RunRestore({.folder = target.data(), .file = file, .recovery_key = made->recovery_key},
                       clock_, out, err),
            0)
      << err.str();
  EXPECT_TRUE(CanLogIn(target.data(), made->password));
}

TEST_F(InitCommand, BackupIsRefusedWhileAServerOwnsTheFolder) {
  ASSERT_TRUE(Init(options_, clock_, random_).ok());
  const auto server = folder_.Open(clock_);
  std::ostringstream out, err;
  EXPECT_EQ(RunBackup({options_.folder, folder_.path() + "/x"}, clock_, random_, out, err), 1);
  EXPECT_NE(err.str().find("đang dùng"), std::string::npos);
}

}  // namespace
}  // namespace app::commands
