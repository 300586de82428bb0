#include "care/lab/worklist.h"

#include <map>

#include "care/lab/analytes.h"
#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"

namespace care::lab {

using access_control::Record;
using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;

namespace {

Json Optional(const std::optional<base::Decimal>& value) { return value ? Json(*value) : Json(); }

std::string_view KindName(shared::ResultKind kind) {
  switch (kind) {
    case shared::ResultKind::kQuantity: return "number";
    case shared::ResultKind::kCoded: return "choice";
    case shared::ResultKind::kText: return "text";
  }
  return "text";
}

Json AnalyteJson(const shared::Analyte& analyte, const Json& patient, base::Date on) {
  const shared::ReferenceRange* range = RangeFor(analyte, patient, on);
  Json choices = Json::Arr();
  for (const shared::ResultOption& option : analyte.options) choices.Push(option.text);
  return Json::Obj({{"code", analyte.code},
                    {"name", analyte.name},
                    {"unit", analyte.unit},
                    {"range", RangeText(range)},
                    {"low", range == nullptr ? Json() : Optional(range->low)},
                    {"high", range == nullptr ? Json() : Optional(range->high)},
                    {"decimals", analyte.decimals},
                    {"plausibleLow", Optional(analyte.plausible_low)},
                    {"plausibleHigh", Optional(analyte.plausible_high)},
                    {"kind", KindName(analyte.kind)},
                    {"choices", std::move(choices)}});
}

Json ResultJson(const Record& observation) {
  const Json& quantity = observation["valueQuantity"];
  std::string value(quantity["value"].NumberText());
  if (value.empty()) value = observation["valueString"].String();
  return Json::Obj(
      {{"code", shared::CodeIn(observation["code"], code_system::kAnalyte)},
       {"name", observation["code"]["text"]},
       {"value", value},
       {"unit", quantity["unit"]},
       {"range", observation.body.At("referenceRange.0.text")},
       {"flag", shared::CodeIn(observation["interpretation"][0], code_system::kInterpretation)},
       {"status", observation["status"]},
       {"at", observation["effectiveDateTime"]}});
}

}  // namespace

base::Result<Json> RowOf(const LabOrder& order, shared::Context& context) {
  const base::Date today = context.clock.Today();
  TRY_ASSIGN(const shared::Person person,
             shared::ReadPerson(context.record, order.patient.body, today));
  const std::string code = order.service();
  const shared::Service* service = context.catalogue.services.Find(code, today);
  Json analytes = Json::Arr();
  for (const shared::Analyte* analyte : context.catalogue.analytes.OfService(code, today)) {
    analytes.Push(AnalyteJson(*analyte, order.patient.body, today));
  }
  Json results = Json::Arr();
  for (const Record& observation : order.results) results.Push(ResultJson(observation));
  const bool has_results = !order.results.empty();
  return Json::Obj(
      {{"orderId", order.request.id()},
       {"visitId", order.encounter.id()},
       {"patient", shared::ToJson(person)},
       {"ticket", shared::ExtensionText(order.encounter.body, ext::kTicket)},
       {"test", Json::Obj({{"code", code},
                           {"name", order.request["code"]["text"]},
                           {"specimen", service == nullptr ? "" : service->specimen}})},
       {"orderedAt", order.request["authoredOn"]},
       {"orderedBy", order.request["requester"]["display"]},
       {"status", Name(order.state)},
       {"label", shared::IdentifierValue(order.specimen.body, shared::sid::kSpecimen)},
       {"analytes", std::move(analytes)},
       {"results", std::move(results)},
       {"enteredBy", has_results ? order.report["performer"][0]["display"] : Json()},
       {"verifiedBy", order.report["resultsInterpreter"][0]["display"]}});
}

base::Result<Json> Worklist(const std::string& status, shared::Context& context) {
  // Done today, and whatever is still open from the last week.
  const base::Date today = context.clock.Today();
  const std::string category = std::string(code_system::kOrderCategory) + "|lab";
  // A busy day leaves many verified orders, so they are read only where they are wanted.
  const bool wants_verified = status.empty() || status == Name(OrderState::kVerified);
  std::vector<Record> orders;
  if (status != Name(OrderState::kVerified)) {
    TRY_ASSIGN(orders, context.record.SearchAll("ServiceRequest?category=" + category +
                                                    "&status=active&authored=ge" +
                                                    base::LocalMidnight(today.AddDays(-7)).ToUtc() +
                                                    "&_sort=authored",
                                                500));
  }
  if (wants_verified) {
    TRY_ASSIGN(const auto done,
               context.record.SearchAll("ServiceRequest?category=" + category +
                                            "&status=completed&authored=ge" +
                                            base::LocalMidnight(today).ToUtc() + "&_sort=authored",
                                        500));
    orders.insert(orders.end(), done.begin(), done.end());
  }
  Json items = Json::Arr();
  for (const Record& request : orders) {
    TRY_ASSIGN(const LabOrder order, ReadOrder(request.id(), context));
    if (order.encounter["status"].String() == "cancelled") continue;
    if (!status.empty() && Name(order.state) != status) continue;
    TRY_ASSIGN(Json row, RowOf(order, context));
    items.Push(std::move(row));
  }
  return Json::Obj({{"items", std::move(items)}, {"next", ""}});
}

}  // namespace care::lab
