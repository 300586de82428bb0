// Query: a FHIR search after parsing: typed clauses, sort, paging, includes. Stores plan it; the
// oracle in storage/memory evaluates it literally.
// https://hl7.org/fhir/R4/search.html
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "fhir/model/resource_type.h"

namespace fhir::search {

// (owner: the search founder fills in Clause, values, modifiers, sort, include; the members below
// are what other folders may rely on already)
struct Query {
  std::vector<model::ResourceType> types;  // one, or several for a system search
  size_t count = 50;                       // page size
  std::string page;                        // opaque token of the store; "" = first page
};

// Parses "Patient?name=lan&_sort=-_lastUpdated". kInvalid names the parameter at fault.
base::Result<Query> ParseQueryText(std::string_view text);
// Parameters as they came in the URL, percent-decoded.
base::Result<Query> ParseQuery(model::ResourceType type,
                               const std::vector<std::pair<std::string, std::string>>& parameters);

}  // namespace fhir::search
