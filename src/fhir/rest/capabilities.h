// The CapabilityStatement, made from the tables the server itself works with.
// https://hl7.org/fhir/R4/capabilitystatement.html
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/time.h"

namespace fhir::rest {

base::Json MakeCapabilities(std::string_view software_version, base::Instant now);

}  // namespace fhir::rest
