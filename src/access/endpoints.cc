#include "access/endpoints.h"

#include "access/audit_event.h"
#include "access/audit_view.h"
#include "access/permissions.h"

namespace access_control {
namespace {

using base::Json;
using base::Result;

Json TextOrNull(const std::optional<base::Instant>& moment) {
  return moment.has_value() ? Json(moment->ToLocal()) : Json();
}

Json RoleNames(const std::vector<Role>& roles) {
  Json names = Json::Arr();
  for (const Role role : roles) names.Push(Name(role));
  return names;
}

Result<std::vector<Role>> ParseRoles(const Json& names) {
  std::vector<Role> roles;
  for (const Json& name : names.Items()) {
    TRY_ASSIGN(const Role role, ParseRole(name.String()));
    roles.push_back(role);
  }
  return roles;
}

Json UserJson(const User& user) {
  return Json::Obj({{"id", user.id},
                    {"login", user.login},
                    {"name", user.name},
                    {"roles", RoleNames(user.roles)},
                    {"disabled", user.disabled},
                    {"lockedUntil", TextOrNull(user.locked_until)},
                    {"lastLogin", TextOrNull(user.last_login)}});
}

Json MeJson(const AccessServices& services, const Principal& who, bool locked) {
  Json permissions = Json::Arr();
  for (const auto name : PermissionsOf(who.roles)) permissions.Push(name);
  return Json::Obj({{"id", who.practitioner_id},
                    {"login", who.login},
                    {"name", who.display_name},
                    {"roles", RoleNames(who.roles)},
                    {"station", Json::Obj({{"id", services.station.id},
                                           {"name", services.station.name},
                                           {"code", services.station.code}})},
                    {"locked", locked},
                    {"permissions", std::move(permissions)}});
}

SignedIn Welcome(const AccessServices& services, OpenedSession opened) {
  Json me = MeJson(services, opened.session.who, opened.session.locked);
  return {std::move(opened.token), Json::Obj({{"me", std::move(me)}, {"csrf", opened.csrf}})};
}

base::Status Note(AccessServices& services, const Principal& who, const Act& act) {
  return services.store.AppendAudit(
      {MakeAuditEntry(who, Purpose::kOperations, act, services.clock.Now(), services.random)});
}

Result<Json> ListUsers(const AccessRequest&, AccessServices& services, const Principal&) {
  TRY_ASSIGN(const auto users, services.accounts.List());
  Json items = Json::Arr();
  for (const User& user : users) items.Push(UserJson(user));
  return Json::Obj({{"items", std::move(items)}, {"next", ""}});
}

Result<Json> CreateUser(const AccessRequest& request, AccessServices& services,
                        const Principal& who) {
  const Json& body = request.body;
  TRY_ASSIGN(auto roles, ParseRoles(body["roles"]));
  TRY_ASSIGN(const User user,
             services.accounts.Create(who, {.login = body["login"].String(),
                                            .name = body["name"].String(),
                                            .roles = std::move(roles),
                                            .password = body["password"].String(),
                                            .personal_number = body["personalNumber"].String(),
                                            .licence = body["licence"].String()}));
  return UserJson(user);
}

Result<Json> ChangeUser(const AccessRequest& request, AccessServices& services,
                        const Principal& who) {
  const Json& body = request.body;
  UserChange change{.unlock = body["unlock"].Bool()};
  if (body.Has("name")) change.name = body["name"].String();
  if (body.Has("roles")) {
    TRY_ASSIGN(change.roles, ParseRoles(body["roles"]));
  }
  if (body.Has("disabled")) change.disabled = body["disabled"].Bool();
  if (body.Has("newPassword")) change.new_password = body["newPassword"].String();
  const std::string& id = request.path.at("id");
  TRY_ASSIGN(const User user, services.accounts.Change(who, id, change));
  if (change.roles.has_value() || change.disabled == true || change.new_password.has_value()) {
    // What they may do has changed: whoever is logged in as them logs in again.
    TRY(services.sessions.RevokeAllOf(id));
  }
  return UserJson(user);
}

Result<Json> ListSessions(const AccessRequest&, AccessServices& services, const Principal&) {
  Json items = Json::Arr();
  for (const Session& session : services.sessions.List()) {
    items.Push(Json::Obj({{"id", session.id},
                          {"userId", session.who.practitioner_id},
                          {"name", session.who.display_name},
                          {"device", session.device},
                          {"createdAt", session.created.ToLocal()},
                          {"lastSeen", session.last_seen.ToLocal()},
                          {"locked", session.locked}}));
  }
  return Json::Obj({{"items", std::move(items)}, {"next", ""}});
}

Result<Json> RevokeSession(const AccessRequest& request, AccessServices& services,
                           const Principal& who) {
  TRY(services.sessions.Revoke(request.path.at("id")));
  TRY(Note(services, who, {.action = "logout", .detail = "revoked session"}));
  return Json::Obj();
}

Json TokenJson(const ProgramToken& token) {
  return Json::Obj({{"id", token.id},
                    {"name", token.name},
                    {"roles", RoleNames(token.roles)},
                    {"createdAt", token.created.ToLocal()},
                    {"expiresAt", token.expires.ToLocal()}});
}

Result<Json> ListTokens(const AccessRequest&, AccessServices& services, const Principal&) {
  TRY_ASSIGN(const auto tokens, services.tokens.List());
  Json items = Json::Arr();
  for (const ProgramToken& token : tokens) items.Push(TokenJson(token));
  return Json::Obj({{"items", std::move(items)}, {"next", ""}});
}

Result<Json> CreateToken(const AccessRequest& request, AccessServices& services,
                         const Principal& who) {
  TRY_ASSIGN(const auto roles, ParseRoles(request.body["roles"]));
  TRY_ASSIGN(const auto made,
             services.tokens.Create(who, request.body["name"].String(), roles,
                                    static_cast<int>(request.body["days"].Int(90))));
  Json answer = TokenJson(made.about);
  answer.Set("token", made.token);
  return answer;
}

Result<Json> RevokeToken(const AccessRequest& request, AccessServices& services,
                         const Principal& who) {
  TRY(services.tokens.Revoke(who, request.path.at("id")));
  return Json::Obj();
}

Result<Json> ReadAuditTrail(const AccessRequest& request, AccessServices& services,
                            const Principal& who) {
  const auto get = [&](const char* name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string() : found->second;
  };
  const AuditFilter filter{.patient = get("patient"),
                           .person = get("person"),
                           .from = get("from"),
                           .to = get("to"),
                           .next = get("next")};
  return ViewAudit(services.store, who, filter, services.clock, services.random);
}

Result<Json> VerifyAudit(const AccessRequest&, AccessServices& services, const Principal&) {
  TRY_ASSIGN(const ChainVerdict verdict, services.anchor.Verify(services.store));
  return Json::Obj(
      {{"ok", verdict.ok}, {"records", verdict.records}, {"message", verdict.message}});
}

}  // namespace

Result<SignedIn> Login(AccessServices& services, const Json& body, const std::string& device) {
  TRY_ASSIGN(const Principal who, services.accounts.Authenticate(
                                      body["login"].String(), body["password"].String(), device));
  TRY_ASSIGN(OpenedSession opened, services.sessions.Open(who, device));
  return Welcome(services, std::move(opened));
}

Result<SignedIn> UnlockSession(AccessServices& services, std::string_view token, const Json& body,
                               const std::string& device) {
  TRY_ASSIGN(const Session session, services.sessions.Find(token, Touch::kBackground));
  TRY_ASSIGN(const Principal who,
             services.accounts.Authenticate(session.who.login, body["password"].String(), device,
                                            "unlock"));
  TRY_ASSIGN(OpenedSession opened, services.sessions.Unlock(token, who));
  return Welcome(services, std::move(opened));
}

Json Me(const AccessServices& services, const Session& session, std::string_view token) {
  return Json::Obj(
      {{"me", MeJson(services, session.who, session.locked)}, {"csrf", Sessions::CsrfOf(token)}});
}

Result<Json> Logout(AccessServices& services, std::string_view token) {
  auto session = services.sessions.Find(token, Touch::kBackground);
  TRY(services.sessions.Close(token));
  if (session.ok()) TRY(Note(services, session->who, {.action = "logout"}));
  return Json::Obj();
}

Result<Json> ChangeOwnPassword(AccessServices& services, const Session& session, const Json& body) {
  TRY(services.accounts.ChangePassword(session.who, body["current"].String(), body["new"].String(),
                                       session.device));
  TRY(services.sessions.RevokeAllOf(session.who.practitioner_id, session.id));
  return Json::Obj();
}

std::vector<AccessEndpoint> Endpoints() {
  return {
      {"GET", "/api/users", "users.manage", "The people who may log in", ListUsers},
      {"POST", "/api/users", "users.manage", "Give a person an account", CreateUser},
      {"PUT", "/api/users/{id}", "users.manage", "Change, disable or unlock an account",
       ChangeUser},
      {"GET", "/api/sessions", "sessions.manage", "Who is logged in where", ListSessions},
      {"DELETE", "/api/sessions/{id}", "sessions.manage", "End somebody's session", RevokeSession},
      {"GET", "/api/tokens", "tokens.manage", "Bearer tokens of programs", ListTokens},
      {"POST", "/api/tokens", "tokens.manage", "Make a bearer token, shown once", CreateToken},
      {"DELETE", "/api/tokens/{id}", "tokens.manage", "End a bearer token", RevokeToken},
      {"GET", "/api/audit", "audit.read", "The audit trail, newest first", ReadAuditTrail},
      {"GET", "/api/audit/verify", "audit.read", "Verify the audit chain", VerifyAudit},
  };
}

}  // namespace access_control
