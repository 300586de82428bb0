// Required bindings: codes must be of the value set the definition names.
// https://hl7.org/fhir/R4/terminologies.html#required
#pragma once

#include <string>

#include "fhir/model/definitions.h"
#include "fhir/model/document.h"

namespace fhir::validation {

// Empty if the value fits, or if the set cannot be listed (languages, currencies, MIME types, UCUM).
std::string BindingProblem(const model::ElementInfo& element, model::TypeId type, const model::Node& value);

}  // namespace fhir::validation
