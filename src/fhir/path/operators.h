// Arithmetic on numbers, texts, quantities and dates. https://hl7.org/fhirpath/N1/#math
#pragma once

#include <optional>

#include "base/result.h"
#include "fhir/path/evaluator.h"
#include "fhir/path/program.h"
#include "fhir/path/value.h"

namespace fhir::path {

// `a op b` for single values; nothing on overflow or division by zero, an error for wrong types.
base::Result<std::optional<Value>> Arithmetic(Op op, const Value& a, const Value& b);
base::Result<std::optional<Value>> Negate(const Value& value);

}  // namespace fhir::path
