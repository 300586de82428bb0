#include "access/accounts.h"

#include <algorithm>

#include "access/permissions.h"
#include "access/record_facts.h"
#include "access/record_scope.h"
#include "access/secrets.h"
#include "base/log.h"
#include "base/text.h"
#include "security/password_rules.h"

namespace access_control {
namespace {

using base::Json;
using fhir::store::Write;

constexpr std::string_view kLoginSystem = "https://tram.health/fhir/sid/login";
constexpr std::string_view kRoleSystem = "https://tram.health/fhir/CodeSystem/role";
constexpr std::string_view kPersonalNumberSystem = "http://fhir.hl7.org.vn/core/sid/cccd";
constexpr std::string_view kLicenceSystem = "http://fhir.hl7.org.vn/core/sid/cchn";
constexpr std::string_view kManage = "users.manage";
constexpr std::string_view kWrong = "Tên đăng nhập hoặc mật khẩu không đúng.";

base::Error Unauthenticated(std::string message) {
  return {base::ErrorCode::kUnauthenticated, std::move(message), {}, {}};
}

std::string Lowered(std::string_view login) {
  std::string lowered(base::Trim(login));
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lowered;
}

bool IsLogin(std::string_view login) {
  return login.size() >= 2 && login.size() <= 32 &&
         std::all_of(login.begin(), login.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
                  c == '-';
         });
}

base::Status CheckRoles(const std::vector<Role>& roles) {
  if (roles.empty()) return base::Unprocessable("Hãy chọn ít nhất một vai trò.", "roles");
  if (!std::all_of(roles.begin(), roles.end(), IsPersonal)) {
    return base::Unprocessable("Vai trò này không dành cho người dùng.", "roles");
  }
  return base::Ok();
}

// Only who manages the machine makes, changes or unmakes another who does.
base::Status CheckReach(const Principal& by, const std::vector<Role>& roles) {
  const bool touches = std::find(roles.begin(), roles.end(), Role::kAdministrator) != roles.end();
  if (!touches || by.Has(Role::kAdministrator) || by.Has(Role::kSystem)) return base::Ok();
  return base::Forbidden("Chỉ quản trị viên mới được thay đổi tài khoản quản trị viên.");
}

base::Status CheckName(std::string_view name) {
  if (base::Trim(name).empty() || !base::IsValidUtf8(name) || name.size() > 200) {
    return base::Unprocessable("Hãy nhập họ tên.", "name");
  }
  return base::Ok();
}

User UserOf(const Credential& credential, base::Instant now) {
  User user{.id = credential.practitioner_id,
            .login = credential.login,
            .name = credential.display_name,
            .roles = credential.roles,
            .disabled = credential.disabled,
            .last_login = credential.last_login};
  if (credential.locked_until > now) user.locked_until = credential.locked_until;
  return user;
}

void SetIdentifier(Json& resource, std::string_view system, const std::string& value) {
  if (value.empty()) return;
  resource.Slot("identifier").Push(Json::Obj({{"system", system}, {"value", value}}));
}

base::Error WaitError(base::Instant until) {
  const int minute = until.LocalMinuteOfDay();
  std::string time = std::to_string(minute / 60) + ":" + (minute % 60 < 10 ? "0" : "") +
                     std::to_string(minute % 60);
  return Unauthenticated("Bạn đã nhập sai nhiều lần. Hãy thử lại sau " + time +
                         " hoặc nhờ trưởng trạm mở khoá.");
}

}  // namespace

Accounts::Accounts(fhir::store::Store& store, security::PasswordHasher& hasher,
                   const base::Clock& clock, base::Random& random, std::string station_id)
    : store_(store),
      hasher_(hasher),
      clock_(clock),
      random_(random),
      station_id_(std::move(station_id)) {}

base::Status Accounts::Commit(const Principal& by, const Act& act, std::vector<Write> writes) {
  fhir::store::Transaction transaction{.writes = std::move(writes)};
  transaction.audit.push_back(MakeAuditEntry(by, Purpose::kOperations, act, clock_.Now(), random_));
  TRY(store_.Commit(std::move(transaction)));
  return base::Ok();
}

// Practitioner and PractitionerRole as everyone sees them, and the credential, in one transaction.
base::Result<std::vector<Write>> Accounts::WritesOf(const Credential& credential,
                                                    const NewUser* made) {
  using fhir::model::ResourceType;
  const fhir::store::Key person{ResourceType::kPractitioner, credential.practitioner_id};
  const fhir::store::Key role{ResourceType::kPractitionerRole,
                              credential.practitioner_id + "-role"};
  Json practitioner = Json::Obj({{"resourceType", "Practitioner"}, {"id", person.id}});
  fhir::store::Version person_version = 0;
  fhir::store::Version role_version = 0;
  if (made == nullptr) {
    TRY_ASSIGN(auto read, store_.BeginRead());
    TRY_ASSIGN(const auto stored, read->Read(person));
    TRY_ASSIGN(practitioner, Json::Parse(stored.body));
    person_version = stored.version;
    TRY_ASSIGN(const auto stored_role, read->Read(role));
    role_version = stored_role.version;
  } else {
    TagStations(practitioner, {credential.station_id});
    SetIdentifier(practitioner, kLoginSystem, credential.login);
    SetIdentifier(practitioner, kPersonalNumberSystem, made->personal_number);
    SetIdentifier(practitioner, kLicenceSystem, made->licence);
  }
  practitioner.Set("active", !credential.disabled);
  practitioner.Set("name", Json::Arr({Json::Obj({{"text", credential.display_name}})}));

  Json codes = Json::Arr();
  for (const Role held : credential.roles) {
    codes.Push(Json::Obj(
        {{"coding", Json::Arr({Json::Obj({{"system", kRoleSystem}, {"code", Name(held)}})})}}));
  }
  Json practitioner_role = Json::Obj({{"resourceType", "PractitionerRole"}, {"id", role.id}});
  TagStations(practitioner_role, {credential.station_id});
  practitioner_role.Set("active", !credential.disabled);
  practitioner_role.Set("practitioner",
                        Json::Obj({{"reference", "Practitioner/" + credential.practitioner_id},
                                   {"display", credential.display_name}}));
  practitioner_role.Set("organization",
                        Json::Obj({{"reference", "Organization/" + credential.station_id}}));
  practitioner_role.Set("code", std::move(codes));

  TRY_ASSIGN(auto person_document, fhir::model::Document::FromJson(practitioner));
  TRY_ASSIGN(auto role_document, fhir::model::Document::FromJson(practitioner_role));
  TRY_ASSIGN(Write secret, ToWrite(credential));
  std::vector<Write> writes;
  writes.push_back({.key = person, .document = person_document, .expected = person_version});
  writes.push_back({.key = role, .document = role_document, .expected = role_version});
  writes.push_back(std::move(secret));
  return writes;
}

base::Status Accounts::SetPassword(Credential& credential, std::string_view password) {
  TRY(security::CheckPassword(password, {credential.login, credential.display_name}));
  TRY_ASSIGN(credential.password_hash, hasher_.Hash(password));
  credential.password_changed = clock_.Now();
  return base::Ok();
}

base::Result<User> Accounts::Create(const Principal& by, const NewUser& user) {
  const std::string login = Lowered(user.login);
  if (!IsLogin(login)) {
    return base::Unprocessable(
        "Tên đăng nhập gồm 2 đến 32 chữ thường không dấu, số, dấu chấm hoặc gạch.", "login");
  }
  TRY(CheckName(user.name));
  TRY(CheckRoles(user.roles));
  TRY(CheckReach(by, user.roles));
  Credential credential{.login = login,
                        .practitioner_id = base::MakeUuid7(clock_.Now(), random_),
                        .display_name = base::ToNfc(base::Trim(user.name)),
                        .roles = user.roles,
                        .station_id = station_id_};
  TRY_ASSIGN(const auto taken, ReadCredential(store_, login));
  if (taken.has_value()) {
    return base::Conflict("Tên đăng nhập này đã có người dùng.", "login");
  }
  TRY(SetPassword(credential, user.password));
  TRY_ASSIGN(auto writes, WritesOf(credential, &user));
  auto done = Commit(by,
                     {.action = "create",
                      .references = {"Practitioner/" + credential.practitioner_id},
                      .detail = "user"},
                     std::move(writes));
  if (!done.ok() && done.error().code == base::ErrorCode::kConflict) {
    return base::Conflict("Tên đăng nhập này đã có người dùng.", "login");
  }
  TRY(std::move(done));
  return UserOf(credential, clock_.Now());
}

base::Result<Credential> Accounts::CredentialOf(std::string_view practitioner_id) {
  TRY_ASSIGN(const auto credentials, ListCredentials(store_));
  for (const Credential& credential : credentials) {
    if (credential.practitioner_id == practitioner_id) return credential;
  }
  return base::NotFound("Không có người dùng này.");
}

base::Status Accounts::KeepOneManager(const Credential& changed) {
  if (!changed.disabled && MayCall(changed.roles, kManage)) return base::Ok();
  TRY_ASSIGN(const auto credentials, ListCredentials(store_));
  const bool other = std::any_of(credentials.begin(), credentials.end(), [&](const Credential& c) {
    return c.login != changed.login && !c.disabled && MayCall(c.roles, kManage);
  });
  const bool was = std::any_of(credentials.begin(), credentials.end(), [&](const Credential& c) {
    return c.login == changed.login && !c.disabled && MayCall(c.roles, kManage);
  });
  if (was && !other) {
    return base::Unprocessable(
        "Đây là người cuối cùng quản lý được tài khoản. Hãy giao quyền cho người khác trước.");
  }
  return base::Ok();
}

base::Result<User> Accounts::Change(const Principal& by, std::string_view practitioner_id,
                                    const UserChange& change) {
  return RetryOnConflict([&]() -> base::Result<User> {
    TRY_ASSIGN(Credential credential, CredentialOf(practitioner_id));
    // Nobody is kept locked out for want of an administrator.
    if (!(change == UserChange{.unlock = true})) TRY(CheckReach(by, credential.roles));
    std::vector<std::string> what;
    if (change.name.has_value()) {
      TRY(CheckName(*change.name));
      credential.display_name = base::ToNfc(base::Trim(*change.name));
      what.emplace_back("name");
    }
    if (change.roles.has_value()) {
      TRY(CheckRoles(*change.roles));
      TRY(CheckReach(by, *change.roles));
      credential.roles = *change.roles;
      what.emplace_back("roles");
    }
    if (change.disabled.has_value()) {
      credential.disabled = *change.disabled;
      what.emplace_back(credential.disabled ? "disabled" : "enabled");
    }
    if (change.new_password.has_value()) {
      TRY(SetPassword(credential, *change.new_password));
      what.emplace_back("password");
    }
    if (change.unlock || change.new_password.has_value()) {
      credential.locked_until.reset();
      lock_out_.Forgive(credential.login);
      if (change.unlock) what.emplace_back("unlock");
    }
    TRY(KeepOneManager(credential));
    TRY_ASSIGN(auto writes, WritesOf(credential, nullptr));
    TRY(Commit(by,
               {.action = "update",
                .references = {"Practitioner/" + credential.practitioner_id},
                .detail = "user " + base::Join(what, " ")},
               std::move(writes)));
    return UserOf(credential, clock_.Now());
  });
}

base::Result<std::vector<User>> Accounts::List() {
  TRY_ASSIGN(const auto credentials, ListCredentials(store_));
  std::vector<User> users;
  for (const Credential& credential : credentials) {
    users.push_back(UserOf(credential, clock_.Now()));
  }
  std::sort(users.begin(), users.end(),
            [](const User& left, const User& right) { return left.login < right.login; });
  return users;
}

base::Result<User> Accounts::FindByLogin(std::string_view login) {
  TRY_ASSIGN(const auto credential, ReadCredential(store_, Lowered(login)));
  if (!credential.has_value()) return base::NotFound("Không có người dùng này.");
  return UserOf(*credential, clock_.Now());
}

base::Error Accounts::Refuse(const Principal& who, std::string_view action, std::string detail,
                             std::string message) {
  const Act act{.action = action, .outcome = Outcome::kRefused, .detail = std::move(detail)};
  const auto status =
      store_.AppendAudit({MakeAuditEntry(who, Purpose::kOperations, act, clock_.Now(), random_)});
  if (!status.ok()) base::LogError("audit_append_failed", {{"code", Name(status.error().code)}});
  return Unauthenticated(std::move(message));
}

base::Status Accounts::CountFailure(const std::optional<Credential>& credential,
                                    const std::string& login, const std::string& device) {
  const auto until = lock_out_.CountFailure(login, device, clock_.Now());
  if (!until.has_value() || !credential.has_value()) return base::Ok();
  // Kept, so that a restart does not give a guesser fresh tries.
  Credential locked = *credential;
  locked.locked_until = until;
  TRY_ASSIGN(Write write, ToWrite(locked));
  const auto saved =
      Commit(locked.ToPrincipal(), {.action = "lock-out", .outcome = Outcome::kRefused},
             {std::move(write)});
  // Somebody else's change of the account came first; the wait in memory holds all the same.
  if (!saved.ok() && saved.error().code != base::ErrorCode::kConflict) return saved;
  return base::Ok();
}

// Records the log-in and, if the cost of hashing has risen, hashes anew.
base::Status Accounts::Welcome(Credential credential, std::string_view password,
                               std::string_view action) {
  lock_out_.Forgive(credential.login);
  credential.last_login = clock_.Now();
  credential.locked_until.reset();
  if (hasher_.IsOutdated(credential.password_hash)) {
    TRY_ASSIGN(credential.password_hash, hasher_.Hash(password));
  }
  TRY_ASSIGN(Write write, ToWrite(credential));
  const Principal who = credential.ToPrincipal();
  auto saved = Commit(who, {.action = action}, {std::move(write)});
  if (saved.ok() || saved.error().code != base::ErrorCode::kConflict) return saved;
  // Two log-ins of one person at once: the other has written the time, this one is recorded alone.
  return store_.AppendAudit(
      {MakeAuditEntry(who, Purpose::kOperations, {.action = action}, clock_.Now(), random_)});
}

base::Result<Principal> Accounts::Authenticate(std::string_view login, std::string_view password,
                                               const std::string& device, std::string_view action) {
  const std::string lowered = Lowered(login);
  TRY_ASSIGN(const auto credential, ReadCredential(store_, lowered));
  // A name that is no account's may be a password typed into the wrong field: it is not recorded.
  const Principal who =
      credential.has_value() ? credential->ToPrincipal() : Principal{.station_id = station_id_};
  auto until = lock_out_.WaitUntil(lowered, device, clock_.Now());
  if (credential.has_value() && credential->locked_until > clock_.Now()) {
    until = std::max(until, credential->locked_until);
  }
  if (until.has_value()) {
    Refuse(who, action, "waiting", {});
    return WaitError(*until);
  }
  TRY_ASSIGN(const bool right,
             hasher_.Verify(password, credential.has_value() ? credential->password_hash : ""));
  if (!right) {
    TRY(CountFailure(credential, lowered, device));
    return Refuse(who, action, credential.has_value() ? "wrong password" : "unknown login",
                  std::string(kWrong));
  }
  if (credential->disabled) return Refuse(who, action, "disabled", std::string(kWrong));
  TRY(Welcome(*credential, password, action));
  return who;
}

base::Status Accounts::ChangePassword(const Principal& who, std::string_view current,
                                      std::string_view new_password, const std::string& device) {
  TRY(Authenticate(who.login, current, device, "password"));
  TRY_ASSIGN(auto credential, ReadCredential(store_, who.login));
  if (!credential.has_value()) return Unauthenticated("Hãy đăng nhập lại.");
  TRY(SetPassword(*credential, new_password));
  TRY_ASSIGN(Write write, ToWrite(*credential));
  return Commit(who,
                {.action = "update",
                 .references = {"Practitioner/" + who.practitioner_id},
                 .detail = "own password"},
                {std::move(write)});
}

base::Result<Principal> Accounts::Current(std::string_view login) {
  TRY_ASSIGN(const auto credential, ReadCredential(store_, login));
  if (!credential.has_value() || credential->disabled) return Unauthenticated("Hãy đăng nhập lại.");
  return credential->ToPrincipal();
}

}  // namespace access_control
