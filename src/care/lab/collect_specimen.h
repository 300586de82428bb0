// The tube is drawn and labelled.
#pragma once

#include <string>

#include "base/result.h"
#include "care/shared/endpoint.h"

namespace care::lab {

// Returns the label: day and number of the day, "261121-007".
base::Result<std::string> CollectSpecimen(const std::string& request_id, shared::Context& context);

}  // namespace care::lab
