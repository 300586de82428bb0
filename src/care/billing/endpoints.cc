#include "care/billing/endpoints.h"

#include "care/billing/bill_view.h"
#include "care/billing/price_visit.h"
#include "care/billing/receive_payment.h"
#include "care/shared/input.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"

namespace care::billing {

using access_control::Purpose;
using access_control::Record;
using base::Json;
using base::Result;
using shared::ApiRequest;
using shared::Context;
using shared::Method;

namespace {

Result<Json> List(const ApiRequest& request, Context& context) {
  const auto status = request.query.find("status");
  return ListInvoices(status == request.query.end() ? "" : status->second, context);
}

Result<Json> PayCash(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  const auto amount = in.Number("amount", "số tiền");
  if (!amount) in.Fail("amount", "Chưa nhập số tiền.");
  TRY(in.status());
  TRY_ASSIGN(const Record invoice, ReceiveCash(request.path.at("id"), *amount, context));
  const Json visit = shared::ExtensionValue(invoice.body, shared::ext::kEncounter);
  TRY_ASSIGN(Json bill, ReadBill(shared::ReferenceId(shared::ReferenceOf(visit)), context));
  return Json::Obj({{"bill", std::move(bill)}});
}

}  // namespace

std::vector<shared::Endpoint> Endpoints() {
  return {
      {Method::kGet, "/api/cashier/worklist", "billing.worklist", Purpose::kPayment,
       "Bills of today and what is still open", List},
      {Method::kGet, "/api/cashier/transfers", "billing.worklist", Purpose::kPayment,
       "Bank transfers a person must look at",
       [](const ApiRequest&, Context& context) { return ListKeptTransfers(context); }},
      {Method::kGet, "/api/visits/{id}/bill", "billing.read", Purpose::kPayment,
       "The bill of a visit with its QR code",
       [](const ApiRequest& request, Context& context) {
         return ReadBill(request.path.at("id"), context);
       }},
      {Method::kPost, "/api/invoices/{id}/pay-cash", "billing.receive", Purpose::kPayment,
       "Receive cash", PayCash},
      {Method::kGet, "/api/invoices/{id}/receipt", "billing.read", Purpose::kPayment,
       "The receipt as HTML",
       [](const ApiRequest& request, Context& context) {
         return ReadReceipt(request.path.at("id"), context);
       }},
  };
}

}  // namespace care::billing
