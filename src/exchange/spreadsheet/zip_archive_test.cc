#include "exchange/spreadsheet/zip_archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/spreadsheet/zip_for_test.h"

namespace exchange::spreadsheet {
namespace {

base::Result<std::string> ReadAll(std::string_view bytes, std::string_view name,
                                  size_t cap = 1UL << 20) {
  TRY_ASSIGN(const ZipArchive archive, ZipArchive::Open(bytes));
  std::string out;
  TRY(archive.Read(name, cap, [&](std::string_view piece) {
    out += piece;
    return base::Ok();
  }));
  return out;
}

TEST(ZipArchive, ReadsStoredAndDeflatedEntries) {
  const std::string bytes =
      ZipForTest().Add("a.txt", "Trạm y tế").AddStored("b.txt", "phường").Bytes();
  EXPECT_EQ(*ReadAll(bytes, "a.txt"), "Trạm y tế");
  EXPECT_EQ(*ReadAll(bytes, "b.txt"), "phường");
}

TEST(ZipArchive, RefusesAMissingEntry) {
  EXPECT_FALSE(ReadAll(ZipForTest().Add("a.txt", "x").Bytes(), "b.txt").ok());
}

TEST(ZipArchive, RefusesMoreThanTheCap) {
  const auto result =
      ReadAll(ZipForTest().Add("a.txt", std::string(5'000, 'x')).Bytes(), "a.txt", 4'999);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, base::ErrorCode::kTooLarge);
}

TEST(ZipArchive, RefusesABombByItsRatio) {
  const std::string bomb = ZipForTest().Add("a.txt", std::string(30UL << 20, '0')).Bytes();
  ASSERT_LT(bomb.size(), 100'000u);
  const auto result = ReadAll(bomb, "a.txt", 1UL << 30);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, base::ErrorCode::kTooLarge);
}

TEST(ZipArchive, RefusesAFlippedByteInTheContent) {
  std::string bytes = ZipForTest().AddStored("a.txt", "nội dung gốc").Bytes();
  bytes[40] = static_cast<char>(bytes[40] ^ 1);
  EXPECT_FALSE(ReadAll(bytes, "a.txt").ok());
}

TEST(ZipArchive, NeverReadsPastATruncatedFile) {
  const std::string whole = ZipForTest().Add("a.txt", "một hai ba").Add("b.txt", "bốn").Bytes();
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(ReadAll(std::string(whole.substr(0, size)), "a.txt").ok()) << size;
  }
}

TEST(ZipArchive, SurvivesEverySingleByteReplaced) {
  const std::string whole = ZipForTest().Add("a.txt", "một hai ba").Bytes();
  for (size_t at = 0; at < whole.size(); ++at) {
    for (int value : {0x00, 0x7F, 0xFF}) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(value);
      const auto result = ReadAll(damaged, "a.txt");
      EXPECT_TRUE(!result.ok() || *result == "một hai ba") << at;
    }
  }
}

TEST(ZipArchive, SaysThatAFileHasAPassword) {
  std::string bytes = ZipForTest().AddStored("a.txt", "x").Bytes();
  const size_t directory = bytes.find("PK\x01\x02");
  bytes[directory + 8] = 1;
  const auto archive = ZipArchive::Open(bytes);
  ASSERT_FALSE(archive.ok());
  EXPECT_THAT(archive.error().message, testing::HasSubstr("mật khẩu"));
}

}  // namespace
}  // namespace exchange::spreadsheet
