// `tram init`: makes a station's data folder: key, encrypted database, the station's Organization
// and its first administrator; shows the recovery key once.
#pragma once

#include <ostream>
#include <string>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "care/shared/station.h"
#include "storage/sqlite/data_folder.h"

namespace app::commands {

struct InitOptions {
  storage::sqlite::DataFolder folder;
  care::shared::Station station;  // organization_id: the one the server looks for when empty
  std::string login = "quantri";  // of the first administrator
  std::string name = "Quản trị viên";
  std::string password = {};  // "" = made here and shown once
};

struct InitResult {
  std::string recovery_key;
  std::string password;
  std::string organization_id;
};

// On an error the folder may be left half made; it holds no data then and can be removed.
base::Result<InitResult> Init(const InitOptions& options, const base::Clock& clock,
                              base::Random& random);

// The command: 0, or 1 and the reason on `err`.
int RunInit(const InitOptions& options, const base::Clock& clock, base::Random& random,
            std::ostream& out, std::ostream& err);

}  // namespace app::commands
