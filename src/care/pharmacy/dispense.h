// Handing out a signed prescription against the shelf, earliest expiry first.
#pragma once

#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "care/pharmacy/stock.h"
#include "care/shared/endpoint.h"

namespace care::pharmacy {

struct LotTake {
  std::string lot_id;
  base::Decimal quantity;
};

struct DispenseLine {
  std::string request_id;  // MedicationRequest
  std::vector<LotTake> lots;
};

struct DispenseInput {
  std::string encounter_id;
  std::vector<DispenseLine> lines;
};

struct DispenseOutput {
  int64_t lines = 0;
  bool complete = false;  // nothing of the prescription is left to hand out
};

// All lines or none. kConflict when the shelf changed, kUnprocessable for an expired lot, a wrong
// drug, more than prescribed, or a line handed out already; the error names "lines[i].lots[j]".
base::Result<DispenseOutput> Dispense(const DispenseInput& input, shared::Context& context);

}  // namespace care::pharmacy
