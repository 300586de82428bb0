// Backups: one file with every page of a snapshot, compressed with zstd and sealed with AES-256-GCM
// in chunks, so that a cut, changed or reordered file is noticed before it is used.
#pragma once

#include <string>

#include "base/random.h"
#include "base/result.h"
#include "storage/sqlite/data_folder.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

// `reader` gives the snapshot; commits go on meanwhile. Written beside `path` and renamed when
// whole.
base::Status WriteBackup(Database& reader, const DataFolder& folder, const std::string& path,
                         base::Random& random);

// One of the two is given.
struct BackupKey {
  std::string data_key = {};      // the bytes of the key file
  std::string recovery_key = {};  // as shown by `tram init`
};

// Makes `folder` (which must hold no database) the data folder of the backup: pages, key file,
// recovery wrap. Checks the file's integrity before it says yes; on an error no database is left.
base::Status RestoreBackup(const std::string& path, const DataFolder& folder, const BackupKey& key);

}  // namespace storage::sqlite
