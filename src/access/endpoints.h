// What the access part offers over HTTP (docs/api.md): signing in and out as plain functions, since
// they set cookies, and everything behind a permission as data that app/wiring binds.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "access/accounts.h"
#include "access/audit_anchor.h"
#include "access/program_tokens.h"
#include "access/sessions.h"
#include "base/json.h"
#include "base/result.h"

namespace access_control {

struct StationName {
  std::string id;
  std::string name;
  std::string code;
};

// Borrowed by everything below; made once by app/wiring.
struct AccessServices {
  fhir::store::Store& store;
  Accounts& accounts;
  Sessions& sessions;
  ProgramTokens& tokens;
  AuditAnchor& anchor;
  const base::Clock& clock;
  base::Random& random;
  StationName station;
};

// ---- Signing in: the token goes into the cookie `__Host-tram` (or `tram` without TLS), HttpOnly,
// SameSite=Strict, Path=/; the body to the browser.

struct SignedIn {
  std::string token;
  base::Json body;  // {me, csrf}
};

// POST /api/login {login, password}, public.
base::Result<SignedIn> Login(AccessServices& services, const base::Json& body,
                             const std::string& device);
// POST /api/unlock {password}; the session may be locked, that is what it is for.
base::Result<SignedIn> UnlockSession(AccessServices& services, std::string_view token,
                                     const base::Json& body, const std::string& device);
// GET /api/me; also for a locked session, whose `me.locked` is true.
base::Json Me(const AccessServices& services, const Session& session, std::string_view token);
// POST /api/logout.
base::Result<base::Json> Logout(AccessServices& services, std::string_view token);
// POST /api/password {current, new}; every other session of the person ends.
base::Result<base::Json> ChangeOwnPassword(AccessServices& services, const Session& session,
                                           const base::Json& body);

// ---- Behind a permission
// ---------------------------------------------------------------------------

struct AccessRequest {
  std::map<std::string, std::string> path;
  std::map<std::string, std::string> query;
  base::Json body;
};

struct AccessEndpoint {
  std::string method;  // "GET"
  std::string path;    // "/api/users/{id}"
  std::string
      permission;  // a row of permissions.toml; the caller checks it (GuardedStore::Authorize)
  std::string summary;
  std::function<base::Result<base::Json>(const AccessRequest&, AccessServices&, const Principal&)>
      handle;
};

std::vector<AccessEndpoint> Endpoints();

}  // namespace access_control
