// Prices what was done in a visit by the tariff valid at its end, splits it between the fund and the
// patient, and issues the bill.
#pragma once

#include <string>
#include <vector>

#include "access/record_scope.h"
#include "base/result.h"
#include "care/billing/benefit.h"
#include "care/billing/split.h"
#include "care/shared/endpoint.h"

namespace care::billing {

// One line of the bill before it is stored: what, why, and how it splits.
struct BillLine {
  std::string charge_id;   // ChargeItem id, made from the source's id, so pricing again replaces
  std::string source;      // "ServiceRequest/…", "MedicationRequest/…", "" for the examination
  std::string code;
  std::string name;
  std::string unit;
  std::string occurred_at;
  PricedLine priced;
  LineSplit split;
};

struct PricedVisit {
  std::vector<BillLine> lines;
  BillTotals totals;
  Benefit benefit;
  bool insured = false;
};

// Reads the visit and prices it; writes nothing. An open visit is priced as of now.
base::Result<PricedVisit> PriceVisit(const access_control::Record& encounter,
                                     shared::Context& context);

// Prices the visit and writes ChargeItems and the Invoice; pricing again replaces them, unless the
// bill is paid, which is left as it is. Idempotent. A bill of nothing owed is balanced at once.
base::Result<access_control::Record> IssueBill(const std::string& encounter_id,
                                               shared::Context& context);

// "invoice-<encounter>".
std::string InvoiceId(const std::string& encounter_id);

}  // namespace care::billing
