// JSON Patch (RFC 6902) on a resource. https://www.rfc-editor.org/rfc/rfc6902
#pragma once

#include "base/json.h"
#include "base/result.h"

namespace fhir::rest {

// All operations or none. kInvalid for a malformed patch, kUnprocessable for one that does not fit
// the resource (a missing path, a failed test).
base::Result<base::Json> ApplyJsonPatch(base::Json target, const base::Json& patch);

}  // namespace fhir::rest
