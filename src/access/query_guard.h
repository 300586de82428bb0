// Makes a search ask only for what the person may see: narrows types, refuses hidden predicates and
// adds the station's limit as clauses of the query, so that pages and counts leak nothing.
#pragma once

#include <string>

#include "access/principal.h"
#include "base/result.h"
#include "fhir/search/query.h"

namespace access_control {

// kForbidden when nothing of the query remains.
base::Status GuardQuery(const Principal& who, fhir::search::Query& query);

// "Patient?name&_sort": which parameters, without their values.
std::string ShapeOf(const fhir::search::Query& query);

}  // namespace access_control
