#include "access/audit_view.h"

#include <charconv>
#include <map>
#include <optional>

#include "access/audit_event.h"
#include "access/credentials.h"

namespace access_control {
namespace {

using base::Instant;
using base::Json;

constexpr size_t kPageItems = 50;
constexpr size_t kBatch = 500;
constexpr size_t kMostRead = 20'000;

struct Bounds {
  std::optional<Instant> from;
  std::optional<Instant> before;
  fhir::store::Sequence below = 0;  // 0 = from the newest
};

base::Result<Bounds> ParseBounds(const AuditFilter& filter) {
  Bounds bounds;
  if (!filter.from.empty()) {
    TRY_ASSIGN(const base::Date day, base::Date::ParseIso(filter.from));
    bounds.from = base::LocalMidnight(day);
  }
  if (!filter.to.empty()) {
    TRY_ASSIGN(const base::Date day, base::Date::ParseIso(filter.to));
    bounds.before = base::LocalMidnight(day.AddDays(1));
  }
  if (!filter.next.empty()) {
    const char* end = filter.next.data() + filter.next.size();
    const auto [rest, error] = std::from_chars(filter.next.data(), end, bounds.below);
    if (error != std::errc() || rest != end || bounds.below < 1) {
      return base::Invalid("Trang này không có.", "next");
    }
  }
  return bounds;
}

std::string_view PurposeName(std::string_view code) {
  for (const Purpose purpose : {Purpose::kTreatment, Purpose::kPayment, Purpose::kOperations,
                                Purpose::kRecordManagement, Purpose::kEmergency}) {
    if (PurposeCode(purpose) == code) return Name(purpose);
  }
  return code;
}

std::string_view OutcomeName(std::string_view code) {
  if (code == "0") return "success";
  return code == "8" ? "refused" : "failed";
}

bool Names(const Json& event, const std::string& reference) {
  for (const Json& entity : event["entity"].Items()) {
    if (entity["what"]["reference"].String() == reference) return true;
  }
  return false;
}

bool Matches(const Json& event, const AuditFilter& filter) {
  if (!filter.patient.empty() && !Names(event, "Patient/" + filter.patient)) return false;
  if (filter.person.empty()) return true;
  const std::string& who = event.At("agent.0.who.reference").String();
  return who == "Practitioner/" + filter.person || who == "Device/" + filter.person;
}

// One line of the view: the record that was touched, or else whose it was.
Json ItemOf(const Json& event, const std::map<std::string, std::string>& names) {
  const std::string& who = event.At("agent.0.who.reference").String();
  const auto name = names.find(who);
  std::string reference;
  std::string patient;
  std::string query;
  Json references = Json::Arr();
  for (const Json& entity : event["entity"].Items()) {
    const std::string& what = entity["what"]["reference"].String();
    if (!entity["description"].String().empty()) query = entity["description"].String();
    if (what.empty()) continue;
    if (entity["role"]["code"].String() == "1" && patient.empty()) patient = what;
    if (entity["role"]["code"].String() != "1" && reference.empty()) reference = what;
    references.Push(what);
  }
  if (reference.empty()) reference = patient;
  std::string type = reference.substr(0, reference.find('/'));
  if (!query.empty()) type = query.substr(0, query.find('?'));
  Json item =
      Json::Obj({{"at", event["recorded"]},
                 {"who", name == names.end() ? Json(who) : Json(name->second)},
                 {"whoId", who},
                 {"role", event.At("agent.0.role.0.coding.0.code")},
                 {"action", event.At("subtype.0.code")},
                 {"type", type},
                 {"reference", reference},
                 {"patient", patient},
                 {"references", std::move(references)},
                 {"purpose", PurposeName(event.At("purposeOfEvent.0.coding.0.code").String())},
                 {"outcome", OutcomeName(event["outcome"].String())}});
  item.Set("detail", query.empty() ? event["outcomeDesc"].String() : query);
  return item;
}

base::Result<std::map<std::string, std::string>> NamesOfPeople(fhir::store::Store& store) {
  TRY_ASSIGN(const auto credentials, ListCredentials(store));
  std::map<std::string, std::string> names{{"Device/tram", "Tram"}};
  for (const Credential& credential : credentials) {
    names["Practitioner/" + credential.practitioner_id] = credential.display_name;
  }
  return names;
}

}  // namespace

base::Result<Json> ViewAudit(fhir::store::Store& store, const Principal& by,
                             const AuditFilter& filter, const base::Clock& clock,
                             base::Random& random) {
  TRY_ASSIGN(const Bounds bounds, ParseBounds(filter));
  TRY_ASSIGN(const auto names, NamesOfPeople(store));
  TRY(store.FlushAudit());
  TRY_ASSIGN(auto read, store.BeginRead());
  Json items = Json::Arr();
  fhir::store::Sequence below = bounds.below;
  size_t seen = 0;
  bool more = true;
  while (more && items.size() < kPageItems && seen < kMostRead) {
    TRY_ASSIGN(const auto batch, read->ReadAuditBackwards(below, kBatch));
    more = batch.size() == kBatch;
    for (const auto& record : batch) {
      below = record.sequence;
      ++seen;
      if (bounds.from.has_value() && record.entry.at < *bounds.from) {
        more = false;  // the trail is in the order of time
        break;
      }
      if (bounds.before.has_value() && record.entry.at >= *bounds.before) continue;
      TRY_ASSIGN(const Json event, Json::Parse(record.entry.body));
      if (Matches(event, filter)) items.Push(ItemOf(event, names));
      if (items.size() == kPageItems) {
        more = record.sequence > 1;
        break;
      }
    }
  }
  Act act{.action = "search", .query = "AuditEvent"};
  if (!filter.patient.empty()) act.patients.push_back("Patient/" + filter.patient);
  TRY(store.AppendAudit({MakeAuditEntry(by, Purpose::kOperations, act, clock.Now(), random)}));
  return Json::Obj({{"items", std::move(items)}, {"next", more ? std::to_string(below) : ""}});
}

}  // namespace access_control
