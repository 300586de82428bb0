#include "care/lab/endpoints.h"

#include "care/lab/collect_specimen.h"
#include "care/lab/enter_result.h"
#include "care/lab/verify_result.h"
#include "care/lab/worklist.h"
#include "care/shared/input.h"

namespace care::lab {

using access_control::Purpose;
using base::Json;
using base::Result;
using shared::ApiRequest;
using shared::Context;
using shared::Method;

namespace {

Result<Json> OrderJson(const Result<LabOrder>& order, Context& context) {
  if (!order.ok()) return order.error();
  TRY_ASSIGN(Json row, RowOf(*order, context));
  return Json::Obj({{"order", std::move(row)}});
}

Result<Json> List(const ApiRequest& request, Context& context) {
  const auto status = request.query.find("status");
  return Worklist(status == request.query.end() ? "" : status->second, context);
}

Result<Json> Collect(const ApiRequest& request, Context& context) {
  TRY_ASSIGN(const std::string label, CollectSpecimen(request.path.at("id"), context));
  return Json::Obj({{"label", label}});
}

Result<Json> Enter(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  EnterResultInput input;
  input.request_id = request.path.at("id");
  input.confirmed = in.Texts("confirmed");
  const auto& results = in.Items("results", 60);
  TRY(in.status());
  for (size_t i = 0; i < results.size(); ++i) {
    shared::Input row(results[i], "results[" + std::to_string(i) + "]");
    ResultValue value;
    value.analyte = row.RequiredText("analyte", "chỉ số", 40);
    // A number may come as a number or as text; its digits are kept as typed.
    const Json& raw = row.Raw("value");
    value.value = raw.IsNumber() ? std::string(raw.NumberText()) : row.Text("value", 500);
    TRY(row.status());
    input.results.push_back(std::move(value));
  }
  return OrderJson(EnterResult(input, context), context);
}

Result<Json> Verify(const ApiRequest& request, Context& context) {
  return OrderJson(VerifyResult(request.path.at("id"), context), context);
}

Result<Json> Reject(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  const std::string reason = in.RequiredText("reason", "lý do trả lại", 200);
  TRY(in.status());
  return OrderJson(RejectResult(request.path.at("id"), reason, context), context);
}

}  // namespace

std::vector<shared::Endpoint> Endpoints() {
  return {
      {Method::kGet, "/api/lab/worklist", "lab.worklist", Purpose::kTreatment,
       "Laboratory orders in the order they came", List},
      {Method::kPost, "/api/lab/orders/{id}/collect", "lab.collect", Purpose::kTreatment,
       "Label the specimen", Collect},
      {Method::kPost, "/api/lab/orders/{id}/results", "lab.enter", Purpose::kTreatment,
       "Enter preliminary results", Enter},
      {Method::kPost, "/api/lab/orders/{id}/verify", "lab.verify", Purpose::kTreatment,
       "A second person verifies the results", Verify},
      {Method::kPost, "/api/lab/orders/{id}/reject", "lab.verify", Purpose::kTreatment,
       "Send the results back to the bench", Reject},
  };
}

}  // namespace care::lab
