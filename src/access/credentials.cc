#include "access/credentials.h"

#include "access/secrets.h"
#include "base/text.h"
#include "security/digest.h"

namespace access_control {
namespace {

using base::Instant;
using base::Json;
using fhir::store::Key;
using fhir::store::Write;

Json MillisOf(const std::optional<Instant>& moment) {
  return moment.has_value() ? Json(moment->millis) : Json();
}

std::optional<Instant> InstantOf(const Json& millis) {
  if (!millis.IsNumber()) return std::nullopt;
  return Instant{millis.Int()};
}

Credential FromFields(const Json& fields) {
  Credential credential{
      .login = fields["login"].String(),
      .practitioner_id = fields["practitioner"].String(),
      .display_name = fields["name"].String(),
      .station_id = fields["station"].String(),
      .password_hash = fields["passwordHash"].String(),
      .disabled = fields["disabled"].Bool(),
      .password_changed = Instant{fields["passwordChanged"].Int()},
      .last_login = InstantOf(fields["lastLogin"]),
      .locked_until = InstantOf(fields["lockedUntil"]),
  };
  for (const Json& name : fields["roles"].Items()) {
    // A role a newer version knew and this one does not grants nothing.
    if (auto role = ParseRole(name.String()); role.ok() && IsPersonal(*role)) {
      credential.roles.push_back(*role);
    }
  }
  return credential;
}

}  // namespace

Principal Credential::ToPrincipal() const {
  return {.practitioner_id = practitioner_id,
          .login = login,
          .display_name = display_name,
          .roles = roles,
          .station_id = station_id};
}

Key CredentialKey(std::string_view login) {
  return SecretKey("credential-", base::ToHex(security::Sha256(login)).substr(0, 40));
}

base::Result<std::optional<Credential>> ReadCredential(fhir::store::Store& store,
                                                       std::string_view login) {
  TRY_ASSIGN(const auto secret, ReadSecret(store, CredentialKey(login)));
  if (!secret.has_value()) return std::optional<Credential>();
  std::optional<Credential> credential = FromFields(secret->fields);
  credential->version = secret->version;
  return credential;
}

base::Result<std::vector<Credential>> ListCredentials(fhir::store::Store& store) {
  TRY_ASSIGN(const auto secrets, ListSecrets(store, "credential-"));
  std::vector<Credential> credentials;
  for (const Secret& secret : secrets) {
    credentials.push_back(FromFields(secret.fields));
    credentials.back().version = secret.version;
  }
  return credentials;
}

base::Result<Write> ToWrite(const Credential& credential) {
  Json fields = Json::Obj({{"login", credential.login},
                           {"practitioner", credential.practitioner_id},
                           {"name", credential.display_name},
                           {"station", credential.station_id},
                           {"passwordHash", credential.password_hash},
                           {"disabled", credential.disabled},
                           {"passwordChanged", credential.password_changed.millis}});
  Json roles = Json::Arr();
  for (const Role role : credential.roles) roles.Push(Name(role));
  fields.Set("roles", std::move(roles));
  fields.SetIf("lastLogin", MillisOf(credential.last_login));
  fields.SetIf("lockedUntil", MillisOf(credential.locked_until));
  return WriteOf({CredentialKey(credential.login), std::move(fields), credential.version});
}

}  // namespace access_control
