#include "access/program_tokens.h"

#include <algorithm>

#include "access/audit_event.h"
#include "access/secrets.h"
#include "base/text.h"
#include "security/token.h"

namespace access_control {
namespace {

using base::Instant;
using base::Json;

// The token's own digest is its key in the store: found without a search, useless to a thief.
constexpr std::string_view kKind = "token-";
constexpr size_t kDigestCharacters = 48;

base::Error NoSuchProgram() {
  return {base::ErrorCode::kUnauthenticated, "Mã truy cập không có hoặc đã hết hạn.", {}, {}};
}

fhir::store::Key KeyOf(std::string_view token) {
  return SecretKey(kKind, security::TokenDigest(token).substr(0, kDigestCharacters));
}

ProgramToken FromFields(const Json& fields) {
  ProgramToken token{.id = fields["id"].String(),
                     .name = fields["name"].String(),
                     .created = Instant{fields["created"].Int()},
                     .expires = Instant{fields["expires"].Int()}};
  for (const Json& name : fields["roles"].Items()) {
    if (auto role = ParseRole(name.String()); role.ok() && *role != Role::kSystem) {
      token.roles.push_back(*role);
    }
  }
  return token;
}

}  // namespace

ProgramTokens::ProgramTokens(fhir::store::Store& store, const base::Clock& clock,
                             base::Random& random, std::string station_id)
    : store_(store), clock_(clock), random_(random), station_id_(std::move(station_id)) {}

base::Result<MadeProgramToken> ProgramTokens::Create(const Principal& by, std::string_view name,
                                                     const std::vector<Role>& roles, int days) {
  if (base::Trim(name).empty() || !base::IsValidUtf8(name) || name.size() > 200) {
    return base::Unprocessable("Hãy đặt tên cho chương trình.", "name");
  }
  if (roles.empty() || std::find(roles.begin(), roles.end(), Role::kSystem) != roles.end()) {
    return base::Unprocessable("Vai trò này không giao cho chương trình được.", "roles");
  }
  if (days < 1 || days > kMostDays) {
    return base::Unprocessable("Thời hạn từ 1 đến 366 ngày.", "days");
  }
  const Instant now = clock_.Now();
  MadeProgramToken made{.token = security::MakeToken(random_),
                        .about = {.id = base::MakeUuid7(now, random_),
                                  .name = base::ToNfc(base::Trim(name)),
                                  .roles = roles,
                                  .created = now,
                                  .expires = now.AddDays(days)}};
  Json fields = Json::Obj({{"id", made.about.id},
                           {"name", made.about.name},
                           {"created", made.about.created.millis},
                           {"expires", made.about.expires.millis}});
  Json names = Json::Arr();
  for (const Role role : roles) names.Push(Name(role));
  fields.Set("roles", std::move(names));
  TRY_ASSIGN(auto write, WriteOf({KeyOf(made.token), std::move(fields), 0}));
  fhir::store::Transaction transaction;
  transaction.writes.push_back(std::move(write));
  transaction.audit.push_back(MakeAuditEntry(
      by, Purpose::kOperations,
      {.action = "create", .references = {"Device/" + made.about.id}, .detail = "program token"},
      now, random_));
  TRY(store_.Commit(std::move(transaction)));
  return made;
}

base::Result<Principal> ProgramTokens::Find(std::string_view token) {
  if (!security::LooksLikeToken(token)) return NoSuchProgram();
  TRY_ASSIGN(const auto secret, ReadSecret(store_, KeyOf(token)));
  if (!secret.has_value()) return NoSuchProgram();
  const ProgramToken about = FromFields(secret->fields);
  if (about.expires <= clock_.Now()) return NoSuchProgram();
  return Principal{.display_name = about.name,
                   .roles = about.roles,
                   .station_id = station_id_,
                   .program_id = about.id};
}

base::Result<std::vector<ProgramToken>> ProgramTokens::List() {
  TRY_ASSIGN(const auto secrets, ListSecrets(store_, kKind));
  std::vector<ProgramToken> tokens;
  for (const Secret& secret : secrets) tokens.push_back(FromFields(secret.fields));
  return tokens;
}

base::Status ProgramTokens::Revoke(const Principal& by, std::string_view id) {
  TRY_ASSIGN(const auto secrets, ListSecrets(store_, kKind));
  for (const Secret& secret : secrets) {
    if (secret.fields["id"].String() != id) continue;
    fhir::store::Transaction transaction;
    transaction.writes.push_back(DeletionOf(secret));
    transaction.audit.push_back(MakeAuditEntry(by, Purpose::kOperations,
                                               {.action = "delete",
                                                .references = {"Device/" + std::string(id)},
                                                .detail = "program token"},
                                               clock_.Now(), random_));
    TRY(store_.Commit(std::move(transaction)));
    return base::Ok();
  }
  return base::NotFound("Mã truy cập này không còn.");
}

}  // namespace access_control
