// Checks a resource against the base definitions of FHIR R4: structure, cardinality, types, formats,
// reference targets, required bindings and invariants. Profiles are not looked at.
#pragma once

#include <vector>

#include "fhir/model/document.h"
#include "fhir/path/path.h"
#include "fhir/validation/issue.h"

namespace fhir::validation {

struct Options {
  bool bindings = true;
  bool invariants = true;
  // Best-practice warnings of the definitions (dom-6: a narrative should be there).
  bool warnings = true;
  size_t max_issues = 200;
  // now() in invariants; resolve() of references that lead out of the document.
  path::Environment environment = {};
};

std::vector<Issue> Validate(const model::Document& document, const Options& options = {});

}  // namespace fhir::validation
