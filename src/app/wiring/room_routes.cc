#include "app/wiring/room_routes.h"

#include "access/guarded_store.h"
#include "app/wiring/caller.h"
#include "care/billing/endpoints.h"
#include "care/insurance/build_dossier.h"
#include "care/insurance/claims_list.h"
#include "care/insurance/endpoints.h"
#include "care/billing/bill_view.h"
#include "care/lab/endpoints.h"
#include "care/pharmacy/endpoints.h"
#include "care/reception/endpoints.h"
#include "care/visit/catalogue_endpoints.h"
#include "care/visit/endpoints.h"

namespace app::wiring {

using access_control::Principal;
using access_control::Purpose;
using base::Json;
using base::Result;
using care::shared::ApiRequest;
using care::shared::Context;
using care::shared::Endpoint;
using http::Request;
using http::Response;

namespace {

http::Method MethodOf(care::shared::Method method) {
  switch (method) {
    case care::shared::Method::kGet: return http::Method::kGet;
    case care::shared::Method::kPost: return http::Method::kPost;
    case care::shared::Method::kPut: return http::Method::kPut;
    case care::shared::Method::kDelete: return http::Method::kDelete;
  }
  return http::Method::kGet;
}

// Nobody is logged in at the queue screen: it is served by the program itself.
Result<Principal> WhoMayCall(Node& node, const Request& request, const Endpoint& endpoint) {
  if (endpoint.permission == "public") return node.SystemPrincipal();
  TRY_ASSIGN(const Caller caller, FindCaller(node, request));
  if (endpoint.permission != "session") {
    access_control::GuardedStore guard(node.store(), caller.who, endpoint.purpose, node.clock(),
                                       node.random());
    TRY(guard.Authorize(endpoint.permission));
  }
  return caller.who;
}

Result<Json> Call(Node& node, const Request& request, const Endpoint& endpoint) {
  TRY_ASSIGN(const Principal who, WhoMayCall(node, request, endpoint));
  ApiRequest input;
  TRY_ASSIGN(input.body, ReadJsonBody(request));
  for (const auto& [name, value] : request.path_parameters) input.path[name] = value;
  for (const auto& [name, value] : request.query.items()) input.query[name] = value;
  Json output;
  TRY(node.As(who, endpoint.purpose, [&](Context& context) -> base::Status {
    TRY_ASSIGN(output, endpoint.handle(input, context));
    return base::Ok();
  }));
  return output;
}

// Closing shows bill and findings while the patient is still in the room: what listens to the event
// is waited for, then read.
Result<Json> CloseWithBill(Node& node, const Request& request, const Endpoint& endpoint) {
  TRY_ASSIGN(Json output, Call(node, request, endpoint));
  TRY(node.CatchUp());
  const std::string visit(request.PathParameter("id"));
  TRY_ASSIGN(const Caller caller, FindCaller(node, request));
  TRY(node.As(caller.who, Purpose::kPayment, [&](Context& context) -> base::Status {
    auto bill = care::billing::ReadBill(visit, context);
    output.Set("bill", bill.ok() ? std::move(*bill) : Json());
    auto dossier = care::insurance::ReadDossier(visit, context);
    output.Set("findings", dossier.ok() ? care::insurance::FindingsJson(dossier->findings) : Json::Arr());
    return base::Ok();
  }));
  return output;
}

Response Respond(const Result<Json>& result, const Request& request) {
  if (!result.ok()) return http::ErrorResponse(result.error(), request.id);
  return Response::Json(*result);
}

}  // namespace

Result<Json> ReadJsonBody(const Request& request) {
  if (request.body.empty()) return Json();
  TRY_ASSIGN(Json body, Json::Parse(request.body, base::kResourceLimits));
  if (!body.IsObject()) return base::Invalid("Dữ liệu gửi lên phải là một đối tượng JSON.");
  return body;
}

std::vector<Endpoint> RoomEndpoints() {
  std::vector<Endpoint> all;
  for (auto endpoints : {care::reception::Endpoints(), care::visit::Endpoints(),
                         care::visit::CatalogueEndpoints(), care::lab::Endpoints(),
                         care::pharmacy::Endpoints(), care::billing::Endpoints(),
                         care::insurance::Endpoints()}) {
    all.insert(all.end(), endpoints.begin(), endpoints.end());
  }
  return all;
}

void AddRoomRoutes(Node& node, http::Router& router) {
  for (const Endpoint& endpoint : RoomEndpoints()) {
    const bool closes = endpoint.permission == "visit.close";
    router.Add(
        MethodOf(endpoint.method), endpoint.path,
        [&node, endpoint, closes](const Request& request) {
          return Respond(closes ? CloseWithBill(node, request, endpoint)
                                : Call(node, request, endpoint),
                         request);
        },
        endpoint.summary);
  }
}

}  // namespace app::wiring
