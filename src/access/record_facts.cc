#include "access/record_facts.h"

#include <algorithm>

#include "base/json.h"
#include "base/limits.h"

namespace access_control {
namespace {

using fhir::model::Node;

// The elements by which R4 resources name their patient, most telling first.
constexpr std::string_view kPatientElements[] = {"subject", "patient", "beneficiary", "for"};

std::string PatientOf(const Node& root) {
  if (root["resourceType"].text() == "Patient") return "Patient/" + std::string(root["id"].text());
  for (const std::string_view element : kPatientElements) {
    const std::string_view reference = root[element]["reference"].text();
    if (reference.starts_with("Patient/")) return std::string(reference);
  }
  for (const Node participant : root["participant"]) {  // Appointment
    const std::string_view reference = participant["actor"]["reference"].text();
    if (reference.starts_with("Patient/")) return std::string(reference);
  }
  return {};
}

void AppendTags(std::string& out, const std::vector<std::string>& stations) {
  char mark = '[';
  for (const std::string& station : stations) {
    out.append(1, mark).append(R"({"system":)");
    base::AppendJsonString(out, kStationSystem);
    out += R"(,"code":)";
    base::AppendJsonString(out, station);
    out += '}';
    mark = ',';
  }
}

// The meta element with the tags behind its own.
void AppendMeta(std::string& out, const Node& meta, const std::vector<std::string>& stations) {
  out += '{';
  for (const Node member : meta) {
    if (member.name() == "tag") continue;
    base::AppendJsonString(out, member.name());
    out += ':';
    member.AppendJson(out);
    out += ',';
  }
  out += R"("tag":)";
  AppendTags(out, stations);
  for (const Node tag : meta["tag"]) {
    out += ',';
    tag.AppendJson(out);
  }
  out += "]}";
}

}  // namespace

Relation RecordFacts::RelationTo(const std::string& station_id) const {
  const bool own =
      stations.empty() || std::find(stations.begin(), stations.end(), station_id) != stations.end();
  return own ? Relation::kOwnStation : Relation::kOtherStation;
}

RecordFacts FactsOf(const fhir::model::Document& document) {
  RecordFacts facts;
  const Node root = document.root();
  for (const Node tag : root["meta"]["tag"]) {
    if (tag["system"].text() == kStationSystem) facts.stations.emplace_back(tag["code"].text());
  }
  facts.patient = PatientOf(root);
  return facts;
}

base::Result<RecordFacts> FactsOf(const fhir::store::Stored& stored) {
  if (stored.deleted || stored.body.empty()) return RecordFacts{};
  TRY_ASSIGN(const auto document,
             fhir::model::Document::ParseResource(stored.body, base::kBundleLimits));
  return FactsOf(*document);
}

base::Result<fhir::model::DocumentPtr> WithStations(const fhir::model::Document& document,
                                                    const std::vector<std::string>& stations) {
  std::string out;
  const Node root = document.root();
  char mark = '{';
  for (const Node member : root) {
    if (member.name() == "meta") continue;
    out += mark;
    base::AppendJsonString(out, member.name());
    out += ':';
    member.AppendJson(out);
    mark = ',';
  }
  out.append(1, mark).append(R"("meta":)");
  AppendMeta(out, root["meta"], stations);
  out += '}';
  return fhir::model::Document::ParseResource(out, base::kBundleLimits);
}

void TagStations(base::Json& body, const std::vector<std::string>& stations) {
  if (stations.empty()) return;
  base::Json& tags = body.Slot("meta").Slot("tag");
  for (const auto& station : stations) {
    tags.Push(base::Json::Obj({{"system", kStationSystem}, {"code", station}}));
  }
}

}  // namespace access_control
