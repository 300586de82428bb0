#include "app/wiring/config.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <toml++/toml.h>

#include "base/text.h"

namespace app::wiring {
namespace {

base::Result<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::NotFound("Không đọc được tệp " + path.string() + ".");
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

class Reader {
 public:
  Reader(const toml::table& root, std::filesystem::path folder)
      : root_(root), folder_(std::move(folder)) {}

  base::Result<std::string> Text(const char* section, const char* key, std::string otherwise = {}) {
    const auto node = root_[section][key];
    if (!node) return otherwise;
    const auto value = node.value<std::string>();
    if (!value) return base::Invalid("Cấu hình: giá trị phải là chữ.", std::string(section) + "." + key);
    return *value;
  }

  base::Result<int64_t> Number(const char* section, const char* key, int64_t otherwise, int64_t low,
                               int64_t high) {
    const auto node = root_[section][key];
    if (!node) return otherwise;
    const auto value = node.value<int64_t>();
    if (!value || *value < low || *value > high) {
      return base::Invalid("Cấu hình: cần một số từ " + std::to_string(low) + " đến " +
                               std::to_string(high) + ".",
                           std::string(section) + "." + key);
    }
    return *value;
  }

  base::Result<std::string> Secret(const char* section, const char* key) {
    TRY_ASSIGN(const std::string name, Text(section, key));
    if (name.empty()) return std::string();
    TRY_ASSIGN(const std::string content, ReadFile(folder_ / name));
    return std::string(base::Trim(content));
  }

  base::Status RefuseUnknown() {
    constexpr const char* kKnown[] = {
        "http.address", "http.port", "http.certificate", "http.key", "http.workers",
        "sepay.api_key_file", "sepay.hmac_secret_file", "casso.api_key_file", "casso.hmac_secret_file"};
    for (const auto& [section, content] : root_) {
      const auto* table = content.as_table();
      if (table == nullptr) return base::Invalid("Cấu hình: khoá lạ.", std::string(section.str()));
      for (const auto& [key, value] : *table) {
        const std::string name = std::string(section.str()) + "." + std::string(key.str());
        bool known = false;
        for (const char* candidate : kKnown) known = known || name == candidate;
        if (!known) return base::Invalid("Cấu hình: khoá lạ.", name);
      }
    }
    return base::Ok();
  }

 private:
  const toml::table& root_;
  std::filesystem::path folder_;
};

}  // namespace

base::Result<Config> ReadConfig(const std::string& path) {
  TRY_ASSIGN(const std::string text, ReadFile(path));
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return base::Invalid("Tệp cấu hình sai cú pháp ở dòng " +
                         std::to_string(error.source().begin.line) + ".");
  }
  Reader reader(root, std::filesystem::path(path).parent_path());
  TRY(reader.RefuseUnknown());
  Config config;
  TRY_ASSIGN(config.address, reader.Text("http", "address", config.address));
  TRY_ASSIGN(const int64_t port, reader.Number("http", "port", config.port, 0, 65535));
  config.port = static_cast<uint16_t>(port);
  TRY_ASSIGN(config.certificate_file, reader.Text("http", "certificate"));
  TRY_ASSIGN(config.key_file, reader.Text("http", "key"));
  TRY_ASSIGN(const int64_t workers, reader.Number("http", "workers", config.workers, 1, 256));
  config.workers = static_cast<int>(workers);
  TRY_ASSIGN(config.sepay.api_key, reader.Secret("sepay", "api_key_file"));
  TRY_ASSIGN(config.sepay.hmac_secret, reader.Secret("sepay", "hmac_secret_file"));
  TRY_ASSIGN(config.casso.api_key, reader.Secret("casso", "api_key_file"));
  TRY_ASSIGN(config.casso.hmac_secret, reader.Secret("casso", "hmac_secret_file"));
  return config;
}

}  // namespace app::wiring
