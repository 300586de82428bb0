#include "care/lab/analytes.h"

#include "care/shared/resource.h"

namespace care::lab {

using base::Decimal;

const shared::ReferenceRange* RangeFor(const shared::Analyte& analyte, const base::Json& patient,
                                       base::Date on) {
  return analyte.RangeFor(patient["gender"].String(),
                          shared::DateOf(patient["birthDate"].String()), on);
}

std::string FlagOf(const shared::ReferenceRange* range, const Decimal& value) {
  if (range == nullptr) return {};
  if (range->critical_low && value < *range->critical_low) return "LL";
  if (range->critical_high && value > *range->critical_high) return "HH";
  if (range->low && value < *range->low) return "L";
  if (range->high && value > *range->high) return "H";
  return range->low || range->high ? "N" : "";
}

std::string RangeText(const shared::ReferenceRange* range) {
  if (range == nullptr) return {};
  if (range->low && range->high) {
    return range->low->ToString() + " – " + range->high->ToString();
  }
  if (range->high) return "≤ " + range->high->ToString();
  if (range->low) return "≥ " + range->low->ToString();
  return {};
}

}  // namespace care::lab
