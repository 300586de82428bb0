// Rewrites a resource on its way into the record: its id, and the references that a Bundle states
// by fullUrl or by condition. https://hl7.org/fhir/R4/http.html#trules
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "fhir/model/document.h"

namespace fhir::rest {

// "urn:uuid:…" or "Practitioner?identifier=…" -> "Practitioner/0190…".
using ReferenceMap = std::unordered_map<std::string, std::string>;

// The resource with `id` and every reference, uri, url and canonical that is a key of the map
// replaced (and links in the narrative), all else as it is.
base::Result<model::DocumentPtr> Rewrite(model::Node resource, std::string_view id,
                                         const ReferenceMap& references);

// Every Reference.reference of the form "Type?query", once each.
void CollectConditional(model::Node resource, std::vector<std::string>& found);

}  // namespace fhir::rest
