// Checks the XHTML of a narrative, as htmlChecks() must.
#pragma once

#include <string_view>

namespace fhir::path {

// A div of the elements and attributes that FHIR lets a narrative have, well nested, with nothing
// active in it. https://hl7.org/fhir/R4/narrative.html#security
bool IsSafeNarrative(std::string_view xhtml);

}  // namespace fhir::path
