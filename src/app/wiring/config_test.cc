#include "app/wiring/config.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

namespace app::wiring {
namespace {

class ConfigFile : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/tram-config-XXXXXX";
    folder_ = mkdtemp(name);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / name) << content;
    return (folder_ / name).string();
  }

  std::filesystem::path folder_;
};

TEST_F(ConfigFile, ReadsAddressAndSecretsFromFiles) {
  Write("sepay.key", "bi-mat\n");
  const auto config = ReadConfig(Write("tram.toml", "[http]\naddress = \"0.0.0.0\"\nport = 80\n"
                                                    "[sepay]\nhmac_secret_file = \"sepay.key\"\n"));
  ASSERT_TRUE(config.ok()) << config.error().message;
  EXPECT_EQ(config->address, "0.0.0.0");
  EXPECT_EQ(config->port, 80);
  EXPECT_EQ(config->sepay.hmac_secret, "bi-mat");
}

TEST_F(ConfigFile, NamesTheKeyAtFault) {
  EXPECT_EQ(ReadConfig(Write("a.toml", "[http]\nprot = 80\n")).error().field, "http.prot");
  EXPECT_EQ(ReadConfig(Write("b.toml", "[http]\nport = 99999\n")).error().field, "http.port");
  EXPECT_EQ(ReadConfig(Write("c.toml", "[http]\naddress = 5\n")).error().field, "http.address");
  EXPECT_FALSE(ReadConfig(Write("d.toml", "[http\n")).ok());
  EXPECT_FALSE(ReadConfig((folder_ / "missing.toml").string()).ok());
}

TEST_F(ConfigFile, RefusesAMissingSecret) {
  EXPECT_FALSE(ReadConfig(Write("tram.toml", "[casso]\napi_key_file = \"nowhere\"\n")).ok());
}

}  // namespace
}  // namespace app::wiring
