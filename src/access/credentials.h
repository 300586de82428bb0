// Credential: what an account needs to be proved and may do. Lies where secrets lie (secrets.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/result.h"
#include "base/time.h"
#include "fhir/store/store.h"

namespace access_control {

struct Credential {
  std::string login;  // lower case
  std::string practitioner_id;
  std::string display_name;
  // Authoritative. PractitionerRole only publishes them: whoever may write that type gains nothing.
  std::vector<Role> roles;
  std::string station_id;
  std::string password_hash;  // PHC string
  bool disabled = false;
  base::Instant password_changed;
  std::optional<base::Instant> last_login;
  std::optional<base::Instant> locked_until;
  fhir::store::Version version = 0;  // as read; 0 = new

  Principal ToPrincipal() const;
};

// "credential-" and a digest: logins are found by key, without a search, and two of one name
// conflict.
fhir::store::Key CredentialKey(std::string_view login);

// nullopt when there is none.
base::Result<std::optional<Credential>> ReadCredential(fhir::store::Store& store,
                                                       std::string_view login);
base::Result<fhir::store::Write> ToWrite(const Credential& credential);
base::Result<std::vector<Credential>> ListCredentials(fhir::store::Store& store);

}  // namespace access_control
