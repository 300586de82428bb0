// A second person looks at the results: final, or back to the bench.
#pragma once

#include <string>

#include "base/result.h"
#include "care/lab/lab_order.h"
#include "care/shared/endpoint.h"

namespace care::lab {

// kUnprocessable when the verifier entered the results himself.
base::Result<LabOrder> VerifyResult(const std::string& request_id, shared::Context& context);

// The results are wrong: they are marked entered-in-error and the order waits for new ones.
base::Result<LabOrder> RejectResult(const std::string& request_id, const std::string& reason,
                                    shared::Context& context);

}  // namespace care::lab
