// Bearer tokens for other programs: made by an administrator, shown once, bound to roles and a day
// on which they end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "fhir/store/store.h"

namespace access_control {

struct ProgramToken {
  std::string id;  // also of its Device in the audit trail
  std::string name;
  std::vector<Role> roles;
  base::Instant created;
  base::Instant expires;
};

struct MadeProgramToken {
  std::string token;  // shown once, never kept
  ProgramToken about;
};

class ProgramTokens {
 public:
  static constexpr int kMostDays = 366;

  ProgramTokens(fhir::store::Store& store, const base::Clock& clock, base::Random& random,
                std::string station_id);

  // Roles: "program" or those of people; never "system".
  base::Result<MadeProgramToken> Create(const Principal& by, std::string_view name,
                                        const std::vector<Role>& roles, int days);
  // kUnauthenticated when there is none or it has ended.
  base::Result<Principal> Find(std::string_view token);
  base::Result<std::vector<ProgramToken>> List();
  base::Status Revoke(const Principal& by, std::string_view id);

 private:
  fhir::store::Store& store_;
  const base::Clock& clock_;
  base::Random& random_;
  const std::string station_id_;
};

}  // namespace access_control
