// OperationOutcome: every refusal in words a person can act on, with a stable code for programs.
// https://hl7.org/fhir/R4/operationoutcome.html
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "http/response.h"

namespace fhir::rest {

inline constexpr std::string_view kFhirJson = "application/fhir+json; charset=utf-8";

// A precondition that the client itself stated and that did not hold: 412, not 409. `header` is
// the one that stated it: "If-Match", "If-None-Exist", "If-None-Match" or "url".
base::Error PreconditionFailed(std::string message, std::string_view header);

// The one mapping of our errors to FHIR's status codes.
int StatusOf(const base::Error& error);
base::Json MakeOutcome(const base::Error& error);
http::Response OutcomeResponse(const base::Error& error);
http::Response OutcomeResponse(int status, const base::Error& error);
// All went well, in words.
base::Json MakeSuccess(std::string_view message);

}  // namespace fhir::rest
