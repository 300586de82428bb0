// Caller: who is behind a request, judged once: a session cookie with its CSRF header, a bearer
// token, or nobody.
#pragma once

#include <string>

#include "access/principal.h"
#include "access/sessions.h"
#include "app/wiring/node.h"
#include "base/result.h"
#include "http/request.h"
#include "http/response.h"

namespace app::wiring {

struct Caller {
  access_control::Principal who;
  std::string session_token;  // "" for a program
  access_control::Session session;
};

// kUnauthenticated when nobody is logged in or the session is locked (extra {"locked": true});
// kForbidden when a request that changes something lacks the CSRF header or comes from elsewhere.
base::Result<Caller> FindCaller(Node& node, const http::Request& request);

// The session alone, locked or not, without the CSRF check: for /api/me, unlock and logout.
base::Result<access_control::Session> FindSession(Node& node, const http::Request& request);
std::string SessionToken(const http::Request& request);
bool IsSameOrigin(const http::Request& request);

// "tram", or "__Host-tram" over TLS; HttpOnly, SameSite=Strict.
void SetSessionCookie(const http::Request& request, const std::string& token,
                      http::Response& response);
void ClearSessionCookie(const http::Request& request, http::Response& response);

// How long a body the request may bring, by its header alone.
size_t BodyLimit(const http::Request& request);

}  // namespace app::wiring
