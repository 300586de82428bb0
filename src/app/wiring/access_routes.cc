#include "access/endpoints.h"
#include "access/guarded_store.h"
#include "app/wiring/caller.h"
#include "app/wiring/room_routes.h"

namespace app::wiring {

using access_control::AccessEndpoint;
using access_control::AccessRequest;
using access_control::Purpose;
using access_control::SignedIn;
using base::Json;
using base::Result;
using http::Request;
using http::Response;

namespace {

Response Respond(const Result<Json>& result, const Request& request) {
  if (!result.ok()) return http::ErrorResponse(result.error(), request.id);
  return Response::Json(*result);
}

Response RespondSignedIn(const Result<SignedIn>& result, const Request& request) {
  if (!result.ok()) return http::ErrorResponse(result.error(), request.id);
  Response response = Response::Json(result->body);
  SetSessionCookie(request, result->token, response);
  return response;
}

// A page of another site must not log anybody in or out.
base::Status CheckOrigin(const Request& request) {
  if (IsSameOrigin(request)) return base::Ok();
  return base::Forbidden("Yêu cầu không đến từ trang của Trạm. Hãy tải lại trang.");
}

Result<SignedIn> Login(Node& node, const Request& request) {
  TRY(CheckOrigin(request));
  TRY_ASSIGN(const Json body, ReadJsonBody(request));
  return access_control::Login(node.access(), body, request.peer);
}

Result<SignedIn> Unlock(Node& node, const Request& request) {
  TRY(CheckOrigin(request));
  TRY_ASSIGN(const Json body, ReadJsonBody(request));
  return access_control::UnlockSession(node.access(), SessionToken(request), body, request.peer);
}

Result<Json> Me(Node& node, const Request& request) {
  TRY_ASSIGN(const auto session, FindSession(node, request));
  return access_control::Me(node.access(), session, SessionToken(request));
}

Result<Json> ChangePassword(Node& node, const Request& request) {
  TRY_ASSIGN(const Caller caller, FindCaller(node, request));
  TRY_ASSIGN(const Json body, ReadJsonBody(request));
  return access_control::ChangeOwnPassword(node.access(), caller.session, body);
}

Result<Json> Lock(Node& node, const Request& request) {
  TRY_ASSIGN(const Caller caller, FindCaller(node, request));
  TRY(node.sessions().Lock(caller.session_token));
  return Json::Obj();
}

Response Logout(Node& node, const Request& request) {
  if (const auto status = CheckOrigin(request); !status.ok()) {
    return http::ErrorResponse(status.error(), request.id);
  }
  Response response = Respond(access_control::Logout(node.access(), SessionToken(request)), request);
  ClearSessionCookie(request, response);
  return response;
}

Result<Json> CallGuarded(Node& node, const Request& request, const AccessEndpoint& endpoint) {
  TRY_ASSIGN(const Caller caller, FindCaller(node, request));
  access_control::GuardedStore guard(node.store(), caller.who, Purpose::kOperations, node.clock(),
                                     node.random());
  if (endpoint.permission != "session") TRY(guard.Authorize(endpoint.permission));
  AccessRequest input;
  TRY_ASSIGN(input.body, ReadJsonBody(request));
  for (const auto& [name, value] : request.path_parameters) input.path[name] = value;
  for (const auto& [name, value] : request.query.items()) input.query[name] = value;
  return endpoint.handle(input, node.access(), caller.who);
}

}  // namespace

void AddAccessRoutes(Node& node, http::Router& router) {
  using http::Method;
  router.Add(Method::kPost, "/api/login",
             [&node](const Request& request) { return RespondSignedIn(Login(node, request), request); },
             "Log in");
  router.Add(Method::kPost, "/api/unlock",
             [&node](const Request& request) { return RespondSignedIn(Unlock(node, request), request); },
             "Wake a locked session");
  router.Add(Method::kPost, "/api/logout",
             [&node](const Request& request) { return Logout(node, request); }, "Log out");
  router.Add(Method::kPost, "/api/lock",
             [&node](const Request& request) { return Respond(Lock(node, request), request); },
             "Lock the session");
  router.Add(Method::kGet, "/api/me",
             [&node](const Request& request) { return Respond(Me(node, request), request); },
             "Who is logged in");
  router.Add(Method::kPost, "/api/password",
             [&node](const Request& request) { return Respond(ChangePassword(node, request), request); },
             "Change one's own password");
  for (const AccessEndpoint& endpoint : access_control::Endpoints()) {
    const auto method = http::ParseMethod(endpoint.method);
    CHECK(method.has_value());
    router.Add(*method, endpoint.path,
               [&node, endpoint](const Request& request) {
                 return Respond(CallGuarded(node, request, endpoint), request);
               },
               endpoint.summary);
  }
}

}  // namespace app::wiring
