// The technician types the results; they are preliminary until a second person verifies them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "care/lab/lab_order.h"
#include "care/shared/endpoint.h"

namespace care::lab {

struct ResultValue {
  std::string analyte;
  std::string value;  // a number, a text or one of the choices, as the analyte's kind asks
};

struct EnterResultInput {
  std::string request_id;
  std::vector<ResultValue> results;
  std::vector<std::string> confirmed;  // analytes whose improbable value is right
};

// kInvalid names "results[i]": unknown analyte, not a number, not a choice. kUnprocessable for a value
// outside what is plausible and not confirmed. Entering again before verification replaces.
base::Result<LabOrder> EnterResult(const EnterResultInput& input, shared::Context& context);

}  // namespace care::lab
