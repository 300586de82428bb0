#include "care/lab/worklist.h"

#include <algorithm>
#include <map>

#include "care/lab/analytes.h"
#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

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

// The order as the screen shows it; `person` is the patient with cards and allergies.
Json RowWith(const LabOrder& order, const shared::Person& person, shared::Context& context) {
  const base::Date today = context.clock.Today();
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

// What one search brought along, so that a list of a hundred orders is not six hundred reads.
class Related {
 public:
  explicit Related(const std::vector<Record>& included) {
    for (const Record& record : included) {
      if (record["resourceType"].String() == "Observation") {
        const std::string& status = record["status"].String();
        if (status != "preliminary" && status != "final" && status != "amended") continue;
        results_[shared::ReferenceOf(record["basedOn"][0])].push_back(record);
      } else {
        records_.emplace(record.Reference(), record);
      }
    }
  }

  // A record with version 0 when it was not there.
  Record Find(const std::string& reference) const {
    const auto found = records_.find(reference);
    return found == records_.end() ? Record{} : found->second;
  }
  std::vector<Record> ResultsOf(const std::string& order) const {
    const auto found = results_.find(order);
    if (found == results_.end()) return {};
    std::vector<Record> results = found->second;
    std::sort(results.begin(), results.end(),
              [](const Record& a, const Record& b) { return a.id() < b.id(); });
    return results;
  }

 private:
  std::map<std::string, Record> records_;
  std::map<std::string, std::vector<Record>> results_;
};

base::Result<LabOrder> OrderFrom(const Record& request, const Related& related,
                                 shared::Context& context) {
  LabOrder order;
  order.request = request;
  order.encounter = related.Find(shared::ReferenceOf(request["encounter"]));
  order.patient = related.Find("Patient/" + shared::PatientIdOf(request.body));
  order.report = related.Find("DiagnosticReport/report-" + request.id());
  order.results = related.ResultsOf(request.Reference());
  auto specimen = context.record.Read("Specimen", "specimen-" + request.id());
  if (specimen.ok()) {
    order.specimen = std::move(*specimen);
  } else if (specimen.error().code != base::ErrorCode::kNotFound) {
    return specimen.error();
  }
  order.state = StateOf(request.body, order.specimen.version > 0, !order.results.empty());
  return order;
}

// Appends the rows of the orders that `query` finds.
base::Status AppendRows(const std::string& query, const std::string& status, Json& items,
                        shared::Context& context) {
  const std::string full = query +
                           "&_sort=authored&_count=200&_include=ServiceRequest:encounter"
                           "&_include=ServiceRequest:patient&_revinclude=Observation:based-on"
                           "&_revinclude=DiagnosticReport:based-on" +
                           std::string(shared::kPersonIncludes);
  std::string next;
  do {
    TRY_ASSIGN(const access_control::RecordPage page, context.record.Search(full, next));
    const Related related(page.included);
    const auto people = shared::PeopleAmong(page.included, context.clock.Today());
    for (const Record& request : page.matches) {
      TRY_ASSIGN(const LabOrder order, OrderFrom(request, related, context));
      if (order.encounter["status"].String() == "cancelled") continue;
      if (!status.empty() && Name(order.state) != status) continue;
      const auto person = people.find(order.patient.id());
      if (person == people.end()) continue;
      items.Push(RowWith(order, person->second, context));
    }
    next = page.next_page;
  } while (!next.empty());
  return base::Ok();
}

}  // namespace

base::Result<Json> RowOf(const LabOrder& order, shared::Context& context) {
  TRY_ASSIGN(const shared::Person person,
             shared::ReadPerson(context.record, order.patient.body, context.clock.Today()));
  return RowWith(order, person, context);
}

base::Result<Json> Worklist(const std::string& status, shared::Context& context) {
  // Done today, and whatever is still open from the last week. A busy day leaves many verified
  // orders, so they are read only where they are wanted.
  const base::Date today = context.clock.Today();
  const std::string orders =
      "ServiceRequest?category=" + std::string(code_system::kOrderCategory) + "|lab";
  Json items = Json::Arr();
  if (status != Name(OrderState::kVerified)) {
    TRY(AppendRows(orders + "&status=active&authored=ge" +
                       base::LocalMidnight(today.AddDays(-7)).ToUtc(),
                   status, items, context));
  }
  if (status.empty() || status == Name(OrderState::kVerified)) {
    TRY(AppendRows(orders + "&status=completed&authored=ge" + base::LocalMidnight(today).ToUtc(),
                   status, items, context));
  }
  return Json::Obj({{"items", std::move(items)}, {"next", ""}});
}

}  // namespace care::lab
