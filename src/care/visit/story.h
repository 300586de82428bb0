// The patient's story at a glance: everything the doctor's screen shows, read in one go.
#pragma once

#include <string>

#include "base/json.h"
#include "base/result.h"
#include "care/shared/endpoint.h"

namespace care::visit {

// Shape: docs/api.md, GET /api/visits/{id}.
base::Result<base::Json> ReadStory(const std::string& encounter_id, shared::Context& context);

// Orders of a visit with their results, and the flat list of results: both as in docs/api.md.
struct OrdersAndResults {
  base::Json orders;
  base::Json results;
};
base::Result<OrdersAndResults> ReadOrders(const std::string& encounter_id,
                                          shared::Context& context);

}  // namespace care::visit
