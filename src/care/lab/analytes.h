// How a value stands to what is normal in this patient.
#pragma once

#include <string>

#include "base/decimal.h"
#include "base/json.h"
#include "base/time.h"
#include "care/shared/catalogue/catalogue.h"

namespace care::lab {

// The reference range for this patient's sex and age on that day; null when the catalogue has none.
const shared::ReferenceRange* RangeFor(const shared::Analyte& analyte, const base::Json& patient,
                                       base::Date on);

// HL7 v3 ObservationInterpretation: N, L, H, LL, HH; "" without limits.
std::string FlagOf(const shared::ReferenceRange* range, const base::Decimal& value);

// "4 – 10", "≤ 5.2", "≥ 60"; "" when there are no limits.
std::string RangeText(const shared::ReferenceRange* range);

}  // namespace care::lab
