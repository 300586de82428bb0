#include "access/guarded_store.h"
#include "app/wiring/caller.h"
#include "app/wiring/room_routes.h"
#include "care/billing/receive_payment.h"
#include "care/insurance/build_dossier.h"

namespace app::wiring {

using access_control::Purpose;
using base::Result;
using care::shared::Context;
using http::Request;
using http::Response;
namespace webhook = exchange::payment_webhook;

namespace {

Result<std::string> ClaimFile(Node& node, const Request& request) {
  TRY_ASSIGN(const Caller caller, FindCaller(node, request));
  access_control::GuardedStore guard(node.store(), caller.who, Purpose::kPayment, node.clock(),
                                     node.random());
  TRY(guard.Authorize("insurance.claims"));
  std::string xml;
  TRY(node.As(caller.who, Purpose::kPayment, [&](Context& context) -> base::Status {
    TRY_ASSIGN(auto built, care::insurance::ReadDossier(std::string(request.PathParameter("visitId")), context));
    xml = std::move(built.xml);
    return base::Ok();
  }));
  return xml;
}

webhook::Headers HeadersOf(const Request& request) {
  return {request.headers.Get("Authorization"), request.headers.Get("X-SePay-Timestamp"),
          request.headers.Get("X-SePay-Signature"), request.headers.Get("secure-token"),
          request.headers.Get("X-Casso-Signature")};
}

base::Status TakeTransfers(Node& node, const Request& request, webhook::Provider provider) {
  const base::Instant now = node.clock().Now();
  const Config& config = node.options().config;
  const bool sepay = provider == webhook::Provider::kSepay;
  TRY_ASSIGN(const auto transfers,
             sepay ? webhook::ReadSepay(request.body, HeadersOf(request), config.sepay, now)
                   : webhook::ReadCasso(request.body, HeadersOf(request), config.casso, now));
  return node.As(node.SystemPrincipal(), Purpose::kPayment, [&](Context& context) -> base::Status {
    for (const webhook::BankTransfer& transfer : transfers) {
      TRY(care::billing::ReceiveTransfer(transfer, request.body, context));
    }
    return base::Ok();
  });
}

void AddWebhook(Node& node, http::Router& router, const char* path, webhook::Provider provider) {
  router.Add(
      http::Method::kPost, path,
      [&node, provider](const Request& request) {
        const base::Status taken = TakeTransfers(node, request, provider);
        if (!taken.ok()) return http::ErrorResponse(taken.error(), request.id);
        return Response::Json(base::Json::Obj({{"success", true}}));
      },
      "A bank transfer reported by a signed webhook");
}

}  // namespace

void AddFileRoutes(Node& node, http::Router& router) {
  router.Add(
      http::Method::kGet, "/api/claims/{visitId}/file",
      [&node](const Request& request) {
        auto xml = ClaimFile(node, request);
        if (!xml.ok()) return http::ErrorResponse(xml.error(), request.id);
        Response response{.status = 200};
        response.body = std::move(*xml);
        response.headers.Add("Content-Type", "application/xml; charset=utf-8");
        response.headers.Add("Content-Disposition", "attachment; filename=\"ho-so.xml\"");
        return response;
      },
      "The claims file of a visit");
}

void AddWebhookRoutes(Node& node, http::Router& router) {
  AddWebhook(node, router, "/api/webhooks/sepay", webhook::Provider::kSepay);
  AddWebhook(node, router, "/api/webhooks/casso", webhook::Provider::kCasso);
}

}  // namespace app::wiring
