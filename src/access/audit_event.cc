#include "access/audit_event.h"

#include <algorithm>

#include "base/json.h"

namespace access_control {
namespace {

using base::Json;

Json Coding(std::string_view system, std::string_view code) {
  return Json::Obj({{"system", system}, {"code", code}});
}

// https://hl7.org/fhir/R4/valueset-audit-event-action.html
std::string_view ActionCode(std::string_view action) {
  if (action == "create") return "C";
  if (action == "read" || action == "vread" || action == "history") return "R";
  if (action == "update" || action == "patch") return "U";
  if (action == "delete") return "D";
  return "E";
}

bool IsSignIn(std::string_view action) {
  return action == "login" || action == "logout" || action == "unlock" || action == "lock-out";
}

std::string_view OutcomeCode(Outcome outcome) {
  switch (outcome) {
    case Outcome::kSuccess: return "0";
    case Outcome::kFailed: return "4";
    case Outcome::kRefused: return "8";
  }
  return "";
}

Json TypeOf(std::string_view action) {
  if (IsSignIn(action)) return Coding("http://dicom.nema.org/resources/ontology/DCM", "110114");
  return Coding("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest");
}

Json SubtypeOf(std::string_view action) {
  return Coding(IsSignIn(action) || action == "call" ? "https://tram.health/fhir/CodeSystem/audit"
                                                     : "http://hl7.org/fhir/restful-interaction",
                action);
}

Json Entities(const Act& act) {
  constexpr std::string_view kRole = "http://terminology.hl7.org/CodeSystem/object-role";
  Json list = Json::Arr();
  for (const auto& patient : act.patients) {
    list.Push(
        Json::Obj({{"what", Json::Obj({{"reference", patient}})}, {"role", Coding(kRole, "1")}}));
  }
  for (const auto& reference : act.references) {
    if (std::find(act.patients.begin(), act.patients.end(), reference) != act.patients.end())
      continue;
    list.Push(
        Json::Obj({{"what", Json::Obj({{"reference", reference}})}, {"role", Coding(kRole, "4")}}));
  }
  if (!act.query.empty()) {
    list.Push(Json::Obj({{"role", Coding(kRole, "24")}, {"description", act.query}}));
  }
  return list;
}

}  // namespace

fhir::store::AuditEntry MakeAuditEntry(const Principal& who, Purpose purpose, const Act& act,
                                       base::Instant now, base::Random& random) {
  Json roles = Json::Arr();
  for (const Role role : who.roles) {
    roles.Push(Json::Obj(
        {{"coding", Json::Arr({Coding("https://tram.health/fhir/CodeSystem/role", Name(role))})}}));
  }
  Json agent = Json::Obj({{"who", Json::Obj({{"reference", who.Reference()}})}});
  agent.SetIf("altId", who.login);
  if (roles.size() > 0) agent.Set("role", std::move(roles));
  agent.Set("requestor", true);

  Json event = Json::Obj({{"resourceType", "AuditEvent"}, {"id", base::MakeUuid7(now, random)}});
  event.Set("type", TypeOf(act.action));
  event.Set("subtype", Json::Arr({SubtypeOf(act.action)}));
  event.Set("action", ActionCode(act.action));
  event.Set("recorded", now.ToUtc());
  event.Set("outcome", OutcomeCode(act.outcome));
  event.SetIf("outcomeDesc", act.detail);
  event.Set("purposeOfEvent",
            Json::Arr({Json::Obj(
                {{"coding", Json::Arr({Coding("http://terminology.hl7.org/CodeSystem/v3-ActReason",
                                              PurposeCode(purpose))})}})}));
  event.Set("agent", Json::Arr({std::move(agent)}));
  const std::string station =
      who.station_id.empty() ? "Device/tram" : "Organization/" + who.station_id;
  event.Set("source", Json::Obj({{"observer", Json::Obj({{"reference", station}})}}));
  if (Json entities = Entities(act); entities.size() > 0) event.Set("entity", std::move(entities));
  return {.at = now, .body = event.Dump()};
}

}  // namespace access_control
