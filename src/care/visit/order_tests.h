// The doctor orders tests and procedures, and may take an order back until work on it began.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "care/shared/endpoint.h"

namespace care::visit {

// Creates one ServiceRequest per service; a service that is already ordered and not done is refused,
// naming "services[i]".
base::Status OrderTests(const std::string& encounter_id, const std::vector<std::string>& services,
                        shared::Context& context);

base::Status RevokeOrder(const std::string& encounter_id, const std::string& order_id,
                         shared::Context& context);

}  // namespace care::visit
