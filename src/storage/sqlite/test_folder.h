// For this folder's tests and benchmarks: a fresh data folder that is removed at the end.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/random.h"
#include "base/time.h"
#include "storage/sqlite/data_folder.h"
#include "storage/sqlite/sqlite_store.h"

namespace storage::sqlite {

class TestFolder {
 public:
  explicit TestFolder(const std::string& parent = "/tmp") {
    std::string pattern = parent + "/tram_store_XXXXXX";
    CHECK(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::string& path() const { return path_; }
  DataFolder data() const { return {.directory = path_ + "/data"}; }
  // The recovery key.
  std::string Create() const {
    base::SystemRandom random;
    auto created = CreateDataFolder(data(), random);
    CHECK(created.ok());
    return std::move(created).value();
  }
  OpenOptions options(const base::Clock& clock) const {
    return {.folder = data(), .clock = &clock};
  }
  std::unique_ptr<SqliteStore> Open(const base::Clock& clock) const {
    auto store = SqliteStore::Open(options(clock));
    CHECK(store.ok());
    return std::move(store).value();
  }

 private:
  std::string path_;
};

}  // namespace storage::sqlite
