#include "care/pharmacy/endpoints.h"

#include "care/pharmacy/dispense.h"
#include "care/pharmacy/stock.h"
#include "care/pharmacy/worklist.h"
#include "care/shared/input.h"

namespace care::pharmacy {

using access_control::Purpose;
using base::Json;
using base::Result;
using shared::ApiRequest;
using shared::Context;
using shared::Method;

namespace {

Result<Json> DispensePrescription(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  DispenseInput input;
  input.encounter_id = in.RequiredText("visitId", "lượt khám", 64);
  const auto& lines = in.Items("lines", 60);
  TRY(in.status());
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string where = "lines[" + std::to_string(i) + "]";
    shared::Input line_in(lines[i], where);
    DispenseLine line;
    line.request_id = line_in.RequiredText("requestId", "dòng thuốc", 64);
    const auto& lots = line_in.Items("lots", 20);
    TRY(line_in.status());
    for (size_t j = 0; j < lots.size(); ++j) {
      shared::Input lot_in(lots[j], where + ".lots[" + std::to_string(j) + "]");
      const std::string lot = lot_in.RequiredText("lotId", "lô", 64);
      const auto quantity = lot_in.Number("quantity", "số lượng");
      TRY(lot_in.status());
      // A lot offered but not taken from is no error.
      if (quantity && !quantity->IsZero()) line.lots.push_back({lot, *quantity});
    }
    input.lines.push_back(std::move(line));
  }
  TRY_ASSIGN(const DispenseOutput output, Dispense(input, context));
  return Json::Obj({{"dispensed", output.lines}, {"complete", output.complete}});
}

Result<Json> Stock(const ApiRequest& request, Context& context) {
  const auto text = request.query.find("text");
  const auto low = request.query.find("low");
  return StockList(text == request.query.end() ? "" : text->second,
                   low != request.query.end() && (low->second == "1" || low->second == "true"),
                   context);
}

Result<Json> Receive(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  ReceiveInput input;
  input.drug = in.RequiredText("drug", "thuốc", 40);
  input.lot_number = in.RequiredText("lot", "số lô", 40);
  const auto expires = in.Date("expires", "hạn dùng");
  const auto quantity = in.Number("quantity", "số lượng");
  const auto cost = in.Number("unitCost", "đơn giá");
  if (!expires) in.Fail("expires", "Chưa nhập hạn dùng.");
  if (!quantity) in.Fail("quantity", "Chưa nhập số lượng.");
  TRY(in.status());
  input.expires = *expires;
  input.quantity = *quantity;
  input.unit_cost = cost.value_or(base::Decimal(0));
  TRY_ASSIGN(const Lot lot, ReceiveStock(input, context));
  return ToJson(lot);
}

Result<Json> Adjust(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  const auto quantity = in.Number("quantity", "số đếm được");
  const std::string reason = in.RequiredText("reason", "lý do", 200);
  if (!quantity) in.Fail("quantity", "Chưa nhập số đếm được.");
  TRY(in.status());
  TRY_ASSIGN(const Lot lot, AdjustStock(request.path.at("lotId"), *quantity, reason, context));
  return ToJson(lot);
}

}  // namespace

std::vector<shared::Endpoint> Endpoints() {
  return {
      {Method::kGet, "/api/pharmacy/worklist", "pharmacy.worklist", Purpose::kTreatment,
       "Signed prescriptions waiting, with the lots to take",
       [](const ApiRequest&, Context& context) { return Worklist(context); }},
      {Method::kPost, "/api/pharmacy/dispense", "pharmacy.dispense", Purpose::kTreatment,
       "Hand out a prescription against stock lots", DispensePrescription},
      {Method::kGet, "/api/pharmacy/stock", "pharmacy.stock", Purpose::kOperations,
       "The shelf with expiry and shortage warnings", Stock},
      {Method::kPost, "/api/pharmacy/stock", "pharmacy.receive", Purpose::kOperations,
       "Receive a lot", Receive},
      {Method::kPost, "/api/pharmacy/stock/{lotId}/adjust", "pharmacy.receive",
       Purpose::kOperations, "Set what counting found", Adjust},
  };
}

}  // namespace care::pharmacy
