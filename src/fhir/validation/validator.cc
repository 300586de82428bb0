#include "fhir/validation/validator.h"

#include "fhir/validation/walker.h"

namespace fhir::validation {

std::vector<Issue> Validate(const model::Document& document, const Options& options) {
  return Walker(options).Walk(document);
}

}  // namespace fhir::validation
