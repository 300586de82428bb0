#include "care/visit/endpoints.h"

#include "care/shared/input.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"
#include "care/visit/call_patient.h"
#include "care/visit/close_visit.h"
#include "care/visit/examination.h"
#include "care/visit/order_tests.h"
#include "care/visit/prescribe.h"
#include "care/visit/print.h"
#include "care/visit/record_vital_signs.h"
#include "care/visit/story.h"

namespace care::visit {

using access_control::Purpose;
using access_control::Record;
using base::Json;
using base::Result;
using shared::ApiRequest;
using shared::Context;
using shared::Method;

namespace {

Result<Json> VisitJson(const Result<Record>& encounter, Context& context) {
  if (!encounter.ok()) return encounter.error();
  if (encounter->version == 0) return Json::Obj({{"visit", nullptr}});
  TRY_ASSIGN(const shared::VisitRow row, shared::ReadVisitRow(context, encounter->body));
  return Json::Obj({{"visit", shared::ToJson(row)}});
}

Result<Json> Worklist(const ApiRequest& request, Context& context) {
  const auto stages = request.query.find("stage");
  const std::string wanted = stages == request.query.end() ? "" : "," + stages->second + ",";
  const auto mine = request.query.find("mine");
  const bool only_mine = mine != request.query.end() && mine->second == "1";
  // Late in the morning most visits are finished; a list of who waits does not read them.
  const bool open_only = !wanted.empty() && wanted.find(",waiting-pharmacy,") == std::string::npos &&
                         wanted.find(",waiting-cashier,") == std::string::npos &&
                         wanted.find(",done,") == std::string::npos;
  TRY_ASSIGN(const auto rows,
             shared::ListVisits(context, context.clock.Today(),
                                open_only ? "&status=arrived,in-progress"
                                          : "&status=arrived,in-progress,finished"));
  Json items = Json::Arr();
  for (const shared::VisitRow& row : rows) {
    if (!wanted.empty() && wanted.find("," + row.stage + ",") == std::string::npos) continue;
    if (only_mine && row.doctor != context.record.principal().display_name) continue;
    items.Push(shared::ToJson(row));
  }
  return Json::Obj({{"items", std::move(items)}, {"next", ""}});
}

Result<Json> VitalSigns(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  RecordVitalSignsInput input;
  input.encounter_id = request.path.at("id");
  input.confirmed = in.Texts("confirmed", 10);
  for (const VitalSignDefinition& definition : VitalSignDefinitions()) {
    input.values.at(definition.sign) = in.Number(definition.field, definition.label);
  }
  TRY(in.status());
  TRY_ASSIGN(const VitalSignSet set, RecordVitalSigns(input, context));
  const Json json = ToJson(set);
  return Json::Obj({{"vitals", json}, {"bmi", json["bmi"]}, {"flags", json["flags"]}});
}

Result<Json> Call(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  const std::string desk = in.Text("desk", 60);
  TRY(in.status());
  return VisitJson(CallPatient(request.path.at("id"), desk, context), context);
}

Result<Json> CallNext(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  const std::string desk = in.Text("desk", 60);
  TRY(in.status());
  return VisitJson(CallNextPatient(desk, context), context);
}

Result<Json> SendBack(const ApiRequest& request, Context& context) {
  return VisitJson(ReturnToWaiting(request.path.at("id"), context), context);
}

Result<Json> PutDraft(const ApiRequest& request, Context& context) {
  TRY_ASSIGN(const Draft draft, ParseDraft(request.body));
  TRY_ASSIGN(const int64_t version, SaveDraft(request.path.at("id"), draft,
                                              request.body["version"].Int(), context));
  return Json::Obj({{"version", version}, {"savedAt", context.clock.Now().ToLocal()}});
}

Result<Json> AddAllergy(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  const std::string text = in.RequiredText("text", "dị ứng", 200);
  const std::string criticality = in.Choice("criticality", {"low", "high", "unable-to-assess"});
  TRY(in.status());
  TRY_ASSIGN(const Record encounter, context.record.Read("Encounter", request.path.at("id")));
  auto change = context.record.NewChange();
  Json allergy = Json::Obj({{"resourceType", "AllergyIntolerance"}});
  allergy.Set("clinicalStatus", shared::Concept(shared::code_system::kAllergyClinical, "active"));
  allergy.Set("criticality", criticality);
  allergy.Set("code", Json::Obj({{"text", text}}));
  allergy.Set("patient", encounter["subject"]);
  allergy.Set("encounter", shared::Reference(encounter.Reference()));
  allergy.Set("recordedDate", context.clock.Now().ToLocal());
  const auto& who = context.record.principal();
  allergy.Set("recorder",
              shared::Reference("Practitioner/" + who.practitioner_id, who.display_name));
  const std::string reference = change.Create(std::move(allergy));
  TRY(context.record.Commit(std::move(change)));
  return Json::Obj({{"allergy", Json::Obj({{"id", shared::ReferenceId(reference)},
                                           {"text", text},
                                           {"criticality", criticality}})}});
}

Result<Json> AddOrders(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  const auto services = in.Texts("services", 40);
  TRY(in.status());
  TRY(OrderTests(request.path.at("id"), services, context));
  TRY_ASSIGN(OrdersAndResults orders, ReadOrders(request.path.at("id"), context));
  return Json::Obj({{"orders", std::move(orders.orders)}});
}

Result<Json> DeleteOrder(const ApiRequest& request, Context& context) {
  TRY(RevokeOrder(request.path.at("id"), request.path.at("orderId"), context));
  TRY_ASSIGN(OrdersAndResults orders, ReadOrders(request.path.at("id"), context));
  return Json::Obj({{"orders", std::move(orders.orders)}});
}

Result<Json> Sign(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  const auto& items = in.Items("lines", 40);
  TRY(in.status());
  std::vector<PrescriptionLine> lines;
  for (size_t i = 0; i < items.size(); ++i) {
    TRY_ASSIGN(auto line, ParsePrescriptionLine(items[i], "lines[" + std::to_string(i) + "]"));
    lines.push_back(std::move(line));
  }
  TRY(SignPrescription(request.path.at("id"), lines, context));
  TRY_ASSIGN(Json prescription, ReadPrescription(request.path.at("id"), context));
  return Json::Obj({{"prescription", std::move(prescription)}});
}

Result<Json> Close(const ApiRequest& request, Context& context) {
  shared::Input in(request.body);
  CloseVisitInput input;
  input.encounter_id = request.path.at("id");
  input.outcome = in.Choice("outcome", {"2", "1", "3", "4", "5", "6", "7", "8"});
  input.disposition = in.Choice("disposition", {"1", "2", "3", "4", "5"});
  input.advice = in.Text("advice", 1000);
  input.override_flags = in.Texts("override", 30);
  if (in.Raw("revisit").IsObject()) {
    shared::Input revisit(in.Raw("revisit"), "revisit");
    input.has_revisit = true;
    if (const auto date = revisit.Date("date", "ngày hẹn")) input.revisit.date = date->ToIso();
    input.revisit.note = revisit.Text("note", 300);
    TRY(revisit.status());
  }
  TRY(in.status());
  return VisitJson(CloseVisit(input, context), context);
}

Result<Json> Print(const ApiRequest& request, Context& context) {
  return PrintPaper(request.path.at("id"), request.path.at("what"), context);
}

}  // namespace

std::vector<shared::Endpoint> Endpoints() {
  return {
      {Method::kGet, "/api/visits", "visit.worklist", Purpose::kTreatment,
       "Today's visits by stage, urgent first", Worklist},
      {Method::kGet, "/api/visits/{id}", "visit.read", Purpose::kTreatment,
       "The whole visit for one screen",
       [](const ApiRequest& request, Context& context) {
         return ReadStory(request.path.at("id"), context);
       }},
      {Method::kPost, "/api/visits/{id}/vital-signs", "visit.vital_signs", Purpose::kTreatment,
       "Record vital signs", VitalSigns},
      {Method::kPost, "/api/visits/{id}/call", "visit.call", Purpose::kTreatment,
       "Take this patient", Call},
      {Method::kPost, "/api/visits/call-next", "visit.call", Purpose::kTreatment,
       "Take the next patient", CallNext},
      {Method::kPost, "/api/visits/{id}/return", "visit.call", Purpose::kTreatment,
       "Send the patient back to the waiting room", SendBack},
      {Method::kPut, "/api/visits/{id}/draft", "visit.examine", Purpose::kTreatment,
       "Keep what the doctor has typed so far", PutDraft},
      {Method::kPost, "/api/visits/{id}/allergies", "visit.examine", Purpose::kTreatment,
       "Note an allergy", AddAllergy},
      {Method::kPost, "/api/visits/{id}/orders", "visit.order", Purpose::kTreatment,
       "Order tests and procedures", AddOrders},
      {Method::kDelete, "/api/visits/{id}/orders/{orderId}", "visit.order", Purpose::kTreatment,
       "Take an order back", DeleteOrder},
      {Method::kPost, "/api/visits/{id}/prescription", "visit.prescribe", Purpose::kTreatment,
       "Sign the prescription", Sign},
      {Method::kPost, "/api/visits/{id}/close", "visit.close", Purpose::kTreatment,
       "Close the visit", Close},
      {Method::kGet, "/api/visits/{id}/print/{what}", "visit.read", Purpose::kTreatment,
       "A paper as HTML: prescription, summary or orders", Print},
  };
}

}  // namespace care::visit
