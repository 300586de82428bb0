// The formats of FHIR's primitive types. https://hl7.org/fhir/R4/datatypes.html#primitive
#pragma once

#include <string_view>

#include "fhir/model/definitions.h"
#include "fhir/model/document.h"

namespace fhir::validation {

// Empty if the value is right for the type, else what is wrong with it, to follow the location.
std::string_view FormatProblem(model::TypeId type, const model::Node& value);

}  // namespace fhir::validation
