// One search condition as it stands in a URL, "subject:Patient.name:exact=Lan", into a Clause.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "fhir/search/query.h"

namespace fhir::search {

// What a name refers to for resources of `types`: several types share only the common parameters.
struct Scope {
  std::vector<model::ResourceType> types;  // empty = all
};

// kNotFound when there is no such parameter (lenient handling may leave it out), kInvalid for all
// else that is wrong.
base::Result<Clause> ParseClause(const Scope& scope, std::string_view name, std::string_view value);

// https://hl7.org/fhir/R4/search_filter.html
base::Result<Clause> ParseFilter(const Scope& scope, std::string_view text);

}  // namespace fhir::search
