// What the guard and the audit trail need to know of a resource: which station it belongs to and
// whose record it is part of.
#pragma once

#include <string>
#include <vector>

#include "access/permissions.h"
#include "base/json.h"
#include "base/result.h"
#include "fhir/model/document.h"
#include "fhir/store/store.h"

namespace access_control {

// System of meta.tag; its code is the id of the station's Organization (docs/record.md).
inline constexpr std::string_view kStationSystem = "https://tram.health/fhir/CodeSystem/station";

struct RecordFacts {
  std::vector<std::string> stations;  // every station tag; none = this node's own
  std::string patient;                // "Patient/0190…", "" when it is nobody's record

  Relation RelationTo(const std::string& station_id) const;
};

RecordFacts FactsOf(const fhir::model::Document& document);
// Of a stored version; a deletion has none.
base::Result<RecordFacts> FactsOf(const fhir::store::Stored& stored);

// Adds the tags to meta.tag.
void TagStations(base::Json& body, const std::vector<std::string>& stations);
// The document with these tags more; the rest byte for byte as it was.
base::Result<fhir::model::DocumentPtr> WithStations(const fhir::model::Document& document,
                                                    const std::vector<std::string>& stations);

}  // namespace access_control
