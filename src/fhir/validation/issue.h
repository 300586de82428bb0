// What validation found, and how it is told: one OperationOutcome for a resource.
// https://hl7.org/fhir/R4/operationoutcome.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace fhir::validation {

enum class Severity { kError, kWarning };

// The part of http://hl7.org/fhir/issue-type that validation uses.
enum class IssueCode { kStructure, kRequired, kValue, kInvariant, kCodeInvalid, kTooLong, kNotSupported };

struct Issue {
  Severity severity = Severity::kError;
  IssueCode code = IssueCode::kStructure;
  std::string location;  // FHIRPath: "Patient.name[0].given[1]"
  std::string text;      // for a person, without any value of the record
};

std::string_view Name(Severity severity);
std::string_view Name(IssueCode code);
bool HasErrors(const std::vector<Issue>& issues);
// Without issues it holds one of severity information, for an outcome needs one.
base::Json ToOperationOutcome(const std::vector<Issue>& issues);

}  // namespace fhir::validation
