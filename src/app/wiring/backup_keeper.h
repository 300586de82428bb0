// BackupKeeper: an encrypted copy of the record every hour while the station runs, the last day's
// and the last fortnight's kept, so that nobody has to think of it.
#pragma once

#include <optional>
#include <string>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "storage/sqlite/sqlite_store.h"

namespace app::wiring {

class BackupKeeper {
 public:
  static constexpr int64_t kEveryMillis = 60 * 60'000;

  // Backups lie in `folder`, ideally on another disk; made when missing.
  BackupKeeper(std::string folder, storage::sqlite::SqliteStore& store, const base::Clock& clock,
               base::Random& random);

  // The moment of the newest backup in the folder.
  std::optional<base::Instant> Newest() const;
  bool IsDue() const;
  // Writes one now, and removes what is no longer kept.
  base::Status Write();

 private:
  base::Status Prune();

  const std::string folder_;
  storage::sqlite::SqliteStore& store_;
  const base::Clock& clock_;
  base::Random& random_;
};

// Which of these backup names ("tram-20261121-0705.backup", any order) may go: hourly ones older than
// a day unless they are the last of their day, daily ones older than 14 days.
std::vector<std::string> Superfluous(std::vector<std::string> names, base::Instant now);

}  // namespace app::wiring
