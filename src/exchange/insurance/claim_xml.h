// The claims file (GIAMDINHHS): an envelope whose parts are base64 of one XML document per table.
#pragma once

#include <string>
#include <string_view>

#include "base/decimal.h"
#include "base/result.h"
#include "base/time.h"
#include "exchange/insurance/dossier.h"

namespace exchange::insurance {

// One table as its own document: fields in table order, free text as CDATA, empty elements kept.
// kInvalid when a value holds characters that XML cannot carry.
base::Result<std::string> WriteTable(const Table& table, const std::vector<Row>& rows);

// The whole file, UTF-8 without byte order mark, XML1 first in each dossier, unsigned.
base::Result<std::string> WriteClaimFile(const ClaimFile& file);

// Reads by name. Fails when the envelope or a part is not what the decision describes; what is
// inside the fields is judged by care/insurance.
base::Result<ClaimFile> ReadClaimFile(std::string_view bytes);

// The wire forms of vietnam.md §3.2.
std::string ClaimMoment(base::Instant instant);         // yyyymmddHHMM, local time
std::string ClaimDate(base::Date date);                 // yyyymmdd
std::string ClaimQuantity(const base::Decimal& value);  // at most 3 decimals
std::string ClaimMoney(const base::Decimal& value);     // at most 2 decimals

}  // namespace exchange::insurance
