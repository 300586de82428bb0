// What the laboratory sees: orders in tube order, with what each test measures in this patient.
#pragma once

#include <string>

#include "base/json.h"
#include "base/result.h"
#include "care/lab/lab_order.h"
#include "care/shared/endpoint.h"

namespace care::lab {

// `status` narrows to one state ("" = all of today and what is left from the days before).
base::Result<base::Json> Worklist(const std::string& status, shared::Context& context);
// One row, shape: docs/api.md, GET /api/lab/worklist.
base::Result<base::Json> RowOf(const LabOrder& order, shared::Context& context);

}  // namespace care::lab
