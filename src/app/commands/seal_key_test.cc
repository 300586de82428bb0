#include "app/commands/seal_key.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

namespace app::commands {
namespace {

TEST(SealKey, WritesASealedCopyWhereTheMachineCan) {
  char name[] = "/tmp/tram-seal-XXXXXX";
  const std::filesystem::path folder = mkdtemp(name);
  std::ofstream(folder / "key") << std::string(64, 'a');
  const auto sealed = SealKey(folder.string());
  if (sealed.ok()) {
    std::ifstream file(*sealed, std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(file)), {});
    EXPECT_GT(content.size(), 64U);
    EXPECT_EQ(content.find(std::string(64, 'a')), std::string::npos);
  } else {
    EXPECT_EQ(sealed.error().code, base::ErrorCode::kUnavailable);
  }
  std::filesystem::remove_all(folder);
}

TEST(SealKey, SaysSoWhenThereIsNoKey) {
  EXPECT_EQ(SealKey("/nonexistent").error().code, base::ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace app::commands
