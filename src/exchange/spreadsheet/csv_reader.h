// Reads comma, semicolon or tab separated text (RFC 4180 quoting, UTF-8 with or without a byte
// order mark, any line ending); the separator is found by itself.
#pragma once

#include <string_view>

#include "base/result.h"
#include "exchange/spreadsheet/grid.h"

namespace exchange::spreadsheet {

// Blank lines are left out. kInvalid with the line for text that is not UTF-8 or a quote that never
// closes; kTooLarge over the limits of grid.h.
base::Result<Grid> ReadCsv(std::string_view text);

}  // namespace exchange::spreadsheet
