// One lab order with all that hangs on it, as the use cases read it.
#pragma once

#include <string>
#include <vector>

#include "access/record_scope.h"
#include "base/result.h"
#include "care/lab/order_state.h"
#include "care/shared/endpoint.h"

namespace care::lab {

struct LabOrder {
  access_control::Record request;    // ServiceRequest
  access_control::Record encounter;
  access_control::Record patient;
  access_control::Record specimen;   // version 0 = not collected
  access_control::Record report;     // DiagnosticReport, version 0 = nothing entered
  std::vector<access_control::Record> results;  // preliminary or final Observations
  OrderState state = OrderState::kOrdered;

  std::string service() const;
  std::string entered_by() const;    // Practitioner/… who entered the results, "" if nobody
};

// kNotFound for an unknown order, kConflict for one that was revoked.
base::Result<LabOrder> ReadOrder(const std::string& request_id, shared::Context& context);

base::Error WrongStep(OrderState state);

}  // namespace care::lab
