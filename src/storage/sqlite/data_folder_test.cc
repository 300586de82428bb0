#include "storage/sqlite/data_folder.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "base/text.h"
#include "storage/sqlite/files.h"
#include "storage/sqlite/test_folder.h"

namespace storage::sqlite {
namespace {

namespace fs = std::filesystem;

TEST(CreateDataFolder, MakesAKeyOnlyItsOwnerCanRead) {
  const TestFolder folder;
  folder.Create();
  const auto key = LoadPageKey(folder.data());
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->bytes.size(), kKeyBytes);
  EXPECT_EQ(key->cipher, BestCipherOfThisProcessor());
  EXPECT_EQ(fs::status(folder.data().directory + "/key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(folder.data().directory).permissions(), fs::perms::owner_all);
}

TEST(CreateDataFolder, LeavesAFolderWithDataAlone) {
  const TestFolder folder;
  folder.Create();
  base::SeededRandom random(1);
  const auto again = CreateDataFolder(folder.data(), random);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, base::ErrorCode::kConflict);
}

TEST(CreateDataFolder, TakesTheKeyThatSystemdHands) {
  const TestFolder folder;
  DataFolder data = folder.data();
  data.credentials_directory = folder.path() + "/credentials";
  fs::create_directories(data.credentials_directory);
  const std::string hex(64, 'a');
  ASSERT_TRUE(WriteSmallFile(data.credentials_directory + "/tram.key", hex).ok());
  base::SeededRandom random(1);
  ASSERT_TRUE(CreateDataFolder(data, random).ok());
  EXPECT_EQ(KeyOrigin(data), "systemd-credential");
  EXPECT_FALSE(fs::exists(data.directory + "/key"));
  EXPECT_EQ(base::ToHex(LoadPageKey(data)->bytes), hex);
}

TEST(RecoveryKey, OpensTheWrapHoweverItIsTyped) {
  base::SeededRandom random(7);
  const std::string key = MakeRecoveryKey(random);
  EXPECT_EQ(key.size(), 39u);  // 8 groups of 4 and 7 dashes
  const std::string data_key(32, '\x5a');
  const std::string wrapped = WrapKey(data_key, key, random);
  EXPECT_EQ(*UnwrapKey(wrapped, key), data_key);
  std::string lower;
  for (const char letter : key) {
    if (letter == '-') {
      lower += ' ';
    } else {
      lower += letter == '0' ? 'o' : static_cast<char>(std::tolower(letter));
    }
  }
  EXPECT_EQ(*UnwrapKey(wrapped, lower), data_key);
}

TEST(RecoveryKey, RefusesAnotherKeyAndAChangedWrap) {
  base::SeededRandom random(7);
  const std::string key = MakeRecoveryKey(random);
  std::string wrapped = WrapKey(std::string(32, 'k'), key, random);
  EXPECT_FALSE(UnwrapKey(wrapped, MakeRecoveryKey(random)).ok());
  EXPECT_FALSE(UnwrapKey(wrapped, "").ok());
  EXPECT_FALSE(UnwrapKey(wrapped, "not a key at all!").ok());
  char& last = wrapped[wrapped.size() - 2];
  last = last == '0' ? '1' : '0';
  EXPECT_FALSE(UnwrapKey(wrapped, key).ok());
  EXPECT_FALSE(UnwrapKey("tram-recovery-1 zz", key).ok());
}

TEST(FolderLock, LetsOneHolderInAtATime) {
  const TestFolder folder;
  auto first = FolderLock::Take(folder.path());
  ASSERT_TRUE(first.ok());
  const auto second = FolderLock::Take(folder.path());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, base::ErrorCode::kConflict);
  { const FolderLock released = std::move(*first); }
  EXPECT_TRUE(FolderLock::Take(folder.path()).ok());
}

}  // namespace
}  // namespace storage::sqlite
