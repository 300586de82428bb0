#include "care/visit/catalogue_endpoints.h"

#include <map>

#include "care/shared/catalogue/catalogue.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/visit/diagnosis_rules.h"
#include "care/visit/prescription_rules.h"

namespace care::visit {

using access_control::Purpose;
using access_control::Record;
using base::Json;
using base::Result;
using shared::ApiRequest;
using shared::Context;
using shared::Method;

namespace {

constexpr size_t kMostRows = 30;

std::string Query(const ApiRequest& request, const std::string& name) {
  const auto at = request.query.find(name);
  return at == request.query.end() ? "" : at->second.substr(0, 200);
}

Json Page(Json items) { return Json::Obj({{"items", std::move(items)}, {"next", ""}}); }

Result<Json> Diagnoses(const ApiRequest& request, Context& context) {
  std::string gender;
  if (const std::string patient_id = Query(request, "patient"); !patient_id.empty()) {
    TRY_ASSIGN(const Record patient, context.record.Read("Patient", patient_id));
    gender = patient["gender"].String();
  }
  Json items = Json::Arr();
  for (const shared::Diagnosis* diagnosis : context.catalogue.diagnoses.Search(
           Query(request, "text"), context.clock.Today(), kMostRows)) {
    Json flags = Json::Arr();
    for (DiagnosisProblem problem : ProblemsOf(*diagnosis, true, gender, false)) {
      flags.Push(Json::Obj({{"id", Name(problem)}, {"text", Text(problem)}}));
    }
    items.Push(Json::Obj({{"code", diagnosis->code},
                          {"name", diagnosis->name},
                          {"nameEn", diagnosis->name_en},
                          {"flags", std::move(flags)},
                          {"chronic", diagnosis->chronic}}));
  }
  return Page(std::move(items));
}

Result<Json> Drugs(const ApiRequest& request, Context& context) {
  TRY_ASSIGN(const auto lots, context.record.SearchAll("Medication?status=active", 5000));
  std::map<std::string, base::Decimal> on_hand;
  const std::string today = context.clock.Today().ToIso();
  for (const Record& lot : lots) {
    if (lot["batch"]["expirationDate"].String() < today) continue;
    on_hand[shared::CodeIn(lot["code"], shared::code_system::kDrug)] +=
        shared::ExtensionDecimal(lot.body, shared::ext::kOnHand);
  }
  Json items = Json::Arr();
  for (const shared::Drug* drug : context.catalogue.drugs.Search(
           Query(request, "text"), context.clock.Today(), kMostRows)) {
    items.Push(Json::Obj({{"code", drug->code},
                          {"name", DrugText(*drug)},
                          {"substance", drug->active_substance},
                          {"strength", drug->strength},
                          {"unit", drug->unit},
                          {"doseUnit", drug->dose_unit.empty() ? drug->unit : drug->dose_unit},
                          {"form", drug->dosage_form},
                          {"route", drug->route_name},
                          {"price", drug->price},
                          {"insured", drug->IsInsured()},
                          {"kind", std::string(1, shared::Letter(drug->prescription_kind))},
                          {"onHand", on_hand[drug->code]},
                          {"maxDays", drug->max_days},
                          {"usualDose", drug->usual_dose}}));
  }
  return Page(std::move(items));
}

Result<Json> Services(const ApiRequest& request, Context& context) {
  Json items = Json::Arr();
  for (const shared::Service* service : context.catalogue.services.Search(
           Query(request, "text"), context.clock.Today(), 60,
           shared::ServiceRoomFromName(Query(request, "room")))) {
    items.Push(Json::Obj({{"code", service->code},
                          {"name", service->name},
                          {"room", shared::Name(service->room)},
                          {"price", service->price_self_pay},
                          {"specimen", service->specimen},
                          {"insured", service->IsInsured()}}));
  }
  return Page(std::move(items));
}

Result<Json> Codes(const shared::CodeList& list, const ApiRequest& request, Context& context) {
  Json items = Json::Arr();
  for (const auto* entry :
       list.Search(Query(request, "text"), context.clock.Today(), 200)) {
    items.Push(Json::Obj({{"code", entry->code}, {"name", entry->name}}));
  }
  return Page(std::move(items));
}

}  // namespace

std::vector<shared::Endpoint> CatalogueEndpoints() {
  return {
      {Method::kGet, "/api/catalogue/diagnoses", "session", Purpose::kTreatment,
       "ICD-10 by code or Vietnamese words without marks", Diagnoses},
      {Method::kGet, "/api/catalogue/drugs", "session", Purpose::kTreatment,
       "Medicines with what is on hand", Drugs},
      {Method::kGet, "/api/catalogue/services", "session", Purpose::kTreatment,
       "Tests and procedures with prices", Services},
      {Method::kGet, "/api/catalogue/communes", "session", Purpose::kTreatment,
       "The communes of the city",
       [](const ApiRequest& request, Context& context) {
         return Codes(context.catalogue.communes, request, context);
       }},
      {Method::kGet, "/api/catalogue/occupations", "session", Purpose::kTreatment, "Occupations",
       [](const ApiRequest& request, Context& context) {
         return Codes(context.catalogue.occupations, request, context);
       }},
      {Method::kGet, "/api/catalogue/ethnicities", "session", Purpose::kTreatment, "Ethnic groups",
       [](const ApiRequest& request, Context& context) {
         return Codes(context.catalogue.ethnicities, request, context);
       }},
  };
}

}  // namespace care::visit
