// `tram user add|list|passwd|disable|enable|unlock`: accounts from the command line, when the server
// is stopped and nobody can log in to do it: the way back in for a station without IT staff.
#pragma once

#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "fhir/store/store.h"

namespace app::commands {

struct UserOptions {
  enum class Action { kAdd, kList, kPassword, kDisable, kEnable, kUnlock };
  Action action = Action::kList;
  std::string login = {};
  std::string name = {};                // add: họ tên
  std::vector<std::string> roles = {};  // add: "nurse", "doctor" …
  std::string personal_number = {};
  std::string licence = {};
  // add, passwd: make a password and print it, instead of asking for one.
  bool generate = false;
};

// Passwords come from `input`, one line, without echo when that is a terminal; never from arguments,
// which every process may read. 0 done; 1 refused, with the reason on `err`.
int RunUser(const UserOptions& options, fhir::store::Store& store, const std::string& station_id,
            const base::Clock& clock, base::Random& random, std::istream& input, std::ostream& out,
            std::ostream& err);

}  // namespace app::commands
