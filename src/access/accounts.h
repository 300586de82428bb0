// Accounts: the people who may log in. Each is a Practitioner and PractitionerRole that everyone
// can see, and a Credential that nobody can.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/audit_event.h"
#include "access/credentials.h"
#include "access/lock_out.h"
#include "access/principal.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "fhir/store/store.h"
#include "security/password_hasher.h"

namespace access_control {

struct NewUser {
  std::string login;  // 2 to 32 of a-z 0-9 . _ -
  std::string name;
  std::vector<Role> roles;
  std::string password;
  std::string personal_number = {};  // citizen number
  std::string licence = {};          // chứng chỉ hành nghề
};

struct UserChange {
  std::optional<std::string> name = {};
  std::optional<std::vector<Role>> roles = {};
  std::optional<bool> disabled = {};
  std::optional<std::string> new_password = {};
  bool unlock = false;
  bool operator==(const UserChange&) const = default;
};

struct User {
  std::string id;  // of the Practitioner
  std::string login;
  std::string name;
  std::vector<Role> roles;
  bool disabled = false;
  std::optional<base::Instant> locked_until;
  std::optional<base::Instant> last_login;
};

class Accounts {
 public:
  // Everything is borrowed. `station_id` is the Organization new people work for.
  Accounts(fhir::store::Store& store, security::PasswordHasher& hasher, const base::Clock& clock,
           base::Random& random, std::string station_id);

  // Who asks (`by`) is recorded; whether they may (users.manage) is decided by the caller. Accounts
  // of administrators are changed by administrators only; anyone who manages users may unlock them.
  base::Result<User> Create(const Principal& by, const NewUser& user);
  // Refuses what would leave nobody to manage accounts.
  base::Result<User> Change(const Principal& by, std::string_view practitioner_id,
                            const UserChange& change);
  base::Result<std::vector<User>> List();
  base::Result<User> FindByLogin(std::string_view login);

  // kUnauthenticated with the same words whether the login, the password or the account is wrong.
  // `device` is what tries: an address or a device cookie. `action` ("login", "unlock") is
  // recorded.
  base::Result<Principal> Authenticate(std::string_view login, std::string_view password,
                                       const std::string& device,
                                       std::string_view action = "login");
  base::Status ChangePassword(const Principal& who, std::string_view current,
                              std::string_view new_password, const std::string& device);
  // What the account may do now; kUnauthenticated when it is gone or disabled.
  base::Result<Principal> Current(std::string_view login);

 private:
  base::Result<Credential> CredentialOf(std::string_view practitioner_id);
  base::Result<std::vector<fhir::store::Write>> WritesOf(const Credential& credential,
                                                         const NewUser* made);
  base::Status KeepOneManager(const Credential& changed);
  base::Status SetPassword(Credential& credential, std::string_view password);
  base::Status CountFailure(const std::optional<Credential>& credential, const std::string& login,
                            const std::string& device);
  base::Status Welcome(Credential credential, std::string_view password, std::string_view action);
  base::Status Commit(const Principal& by, const Act& act, std::vector<fhir::store::Write> writes);
  base::Error Refuse(const Principal& who, std::string_view action, std::string detail,
                     std::string message);

  fhir::store::Store& store_;
  security::PasswordHasher& hasher_;
  const base::Clock& clock_;
  base::Random& random_;
  const std::string station_id_;
  LockOut lock_out_;
};

}  // namespace access_control
