#include "app/wiring/caller.h"

#include "access/sessions.h"
#include "base/limits.h"

namespace app::wiring {

using access_control::Session;
using access_control::Sessions;
using access_control::Touch;
using http::Request;

namespace {

std::string_view CookieName(const Request& request) {
  return request.secure ? "__Host-tram" : "tram";
}

std::string_view BearerToken(const Request& request) {
  const std::string_view value = request.headers.Get("Authorization");
  constexpr std::string_view kPrefix = "Bearer ";
  return value.starts_with(kPrefix) ? value.substr(kPrefix.size()) : std::string_view{};
}

bool ChangesSomething(http::Method method) {
  return method != http::Method::kGet && method != http::Method::kHead;
}

Touch TouchOf(const Request& request) {
  return request.headers.Get("X-Tram-Background").empty() ? Touch::kPerson : Touch::kBackground;
}

}  // namespace

std::string SessionToken(const Request& request) {
  return std::string(request.Cookie(CookieName(request)));
}

bool IsSameOrigin(const Request& request) {
  const std::string_view origin = request.headers.Get("Origin");
  if (origin.empty()) return true;  // not a browser, or a same-origin GET
  const std::string own = std::string(request.secure ? "https://" : "http://") +
                          std::string(request.headers.Get("Host"));
  return access_control::OriginMatches(origin, own);
}

base::Result<Session> FindSession(Node& node, const Request& request) {
  return node.sessions().Find(SessionToken(request), TouchOf(request));
}

base::Result<Caller> FindCaller(Node& node, const Request& request) {
  if (const std::string_view token = BearerToken(request); !token.empty()) {
    TRY_ASSIGN(auto who, node.tokens().Find(token));
    return Caller{std::move(who), "", {}};
  }
  TRY_ASSIGN(Session session, FindSession(node, request));
  if (session.locked) {
    base::Error error{base::ErrorCode::kUnauthenticated,
                      "Phiên làm việc đã khoá. Nhập mật khẩu để tiếp tục.", {}, {}, {}};
    error.extra = R"({"locked":true})";
    return error;
  }
  const std::string token = SessionToken(request);
  if (ChangesSomething(request.method)) {
    if (!IsSameOrigin(request) ||
        !Sessions::CsrfMatches(token, request.headers.Get("X-Tram-Csrf"))) {
      return base::Forbidden("Yêu cầu không đến từ trang của Trạm. Hãy tải lại trang.");
    }
  }
  access_control::Principal who = session.who;
  return Caller{std::move(who), token, std::move(session)};
}

void SetSessionCookie(const Request& request, const std::string& token, http::Response& response) {
  std::string cookie = std::string(CookieName(request)) + "=" + token + "; Path=/; HttpOnly; SameSite=Strict";
  if (request.secure) cookie += "; Secure";
  response.headers.Add("Set-Cookie", cookie);
}

void ClearSessionCookie(const Request& request, http::Response& response) {
  std::string cookie = std::string(CookieName(request)) + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0";
  if (request.secure) cookie += "; Secure";
  response.headers.Add("Set-Cookie", cookie);
}

size_t BodyLimit(const Request& request) {
  if (request.path.starts_with("/api/webhooks/")) return 256 * 1024;
  // Programs bring whole bundles; a browser brings a form (robustness: limits by credential).
  if (!BearerToken(request).empty()) return base::kBundleLimits.max_bytes;
  if (!SessionToken(request).empty()) return base::kResourceLimits.max_bytes;
  return base::kMaxAnonymousBodyBytes;
}

}  // namespace app::wiring
