// The shelf: lots of a drug with expiry and what is on hand. Every change is a movement kept on the
// lot's own history; nothing is ever negative.
#pragma once

#include <string>
#include <vector>

#include "access/record_scope.h"
#include "base/decimal.h"
#include "base/result.h"
#include "base/time.h"
#include "care/shared/endpoint.h"

namespace care::pharmacy {

struct Lot {
  access_control::Record medication;  // the Medication resource of this lot
  std::string drug;                   // catalogue code
  std::string name;
  std::string unit;
  std::string lot_number;
  base::Date expires;
  base::Decimal on_hand;

  std::string id() const { return medication.id(); }
};

Lot LotOf(const access_control::Record& medication);

// Lots of one drug ("" = all) with something on hand or not, earliest expiry first.
base::Result<std::vector<Lot>> ReadLots(access_control::RecordScope& record,
                                        const std::string& drug);

struct Take {
  const Lot* lot;
  base::Decimal quantity;
};
// First expired, first out: what to take from which lot for `quantity`, never from a lot whose last
// day is before `today`. Falls short silently when the shelf does; compare the sum.
std::vector<Take> ProposeLots(const std::vector<Lot>& lots, base::Decimal quantity, base::Date today);

struct ReceiveInput {
  std::string drug;
  std::string lot_number;
  base::Date expires;
  base::Decimal quantity;
  base::Decimal unit_cost;
};
// A new lot, or more of one that is there (same drug, lot number and expiry).
base::Result<Lot> ReceiveStock(const ReceiveInput& input, shared::Context& context);

// Counting found something else: sets what is on hand, with a reason.
base::Result<Lot> AdjustStock(const std::string& lot_id, const base::Decimal& counted,
                              const std::string& reason, shared::Context& context);

// Puts `delta` on the lot and notes the movement; kConflict when it would go below zero.
base::Status Move(Lot& lot, const base::Decimal& delta, const std::string& why,
                  shared::Context& context);

enum class StockWarning { kExpired, kExpiring, kLow };
std::string_view Name(StockWarning warning);
// Expiring = within 90 days. Low = under what 7 days of use took at the pace of the last 30 days.
std::vector<StockWarning> WarningsFor(const std::vector<Lot>& lots_of_one_drug,
                                      const base::Decimal& used_in_30_days, base::Date today);

}  // namespace care::pharmacy
