// `tram backup` and `tram restore`: a station's data as one encrypted file, and back.
#pragma once

#include <ostream>
#include <string>

#include "base/random.h"
#include "base/time.h"
#include "storage/sqlite/data_folder.h"

namespace app::commands {

struct BackupOptions {
  storage::sqlite::DataFolder folder;
  std::string file;
};
// Refused while a server owns the folder; then the server makes the backup
// (SqliteStore::WriteBackup).
int RunBackup(const BackupOptions& options, const base::Clock& clock, base::Random& random,
              std::ostream& out, std::ostream& err);

struct RestoreOptions {
  storage::sqlite::DataFolder folder;  // must hold no data
  std::string file;
  std::string key_file = {};      // of the old data folder; or
  std::string recovery_key = {};  // as `tram init` showed it
};
// Checks pages and audit chain before it says yes.
int RunRestore(const RestoreOptions& options, const base::Clock& clock, std::ostream& out,
               std::ostream& err);

}  // namespace app::commands
