// The record in one encrypted SQLite file: many readers, one writer with group commit.
#pragma once

#include <memory>
#include <string>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "fhir/store/store.h"
#include "storage/sqlite/data_folder.h"

namespace storage::sqlite {

struct OpenOptions {
  DataFolder folder;
  const base::Clock* clock = nullptr;  // outlives the store
  size_t most_readers = 16;
  int64_t search_timeout_millis = 5'000;
  size_t max_waiting_commits = 4'000;
  std::string vfs = {};  // tests put a failing disk here
};

class SqliteStore : public fhir::store::Store {
 public:
  // Opens the folder made by CreateDataFolder, creates or migrates the database in it and holds the
  // folder's lock. kConflict while another process has it.
  static base::Result<std::unique_ptr<SqliteStore>> Open(const OpenOptions& options);

  // Writes an encrypted, compressed copy of the present state while work goes on.
  virtual base::Status WriteBackup(const std::string& path, base::Random& random) = 0;
  // How often the disk was synced for commits since the start, to judge group commit.
  virtual int64_t CommitGroups() = 0;
};

}  // namespace storage::sqlite
