// Reads the sheets of an Excel workbook (.xlsx, ECMA-376) as rows of text: shared and inline
// strings, numbers, booleans. Formulas give their last value; styles, charts and macros are not
// looked at.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "exchange/spreadsheet/grid.h"

namespace exchange::spreadsheet {

// Sheets in the order of the workbook, empty ones left out. A number that could be read as
// thousands
// ("12.345") is given one more digit ("12.3450"), because a sheet knows what a text file does not.
base::Result<std::vector<Sheet>> ReadXlsx(std::string_view bytes);

// True for bytes that begin like a ZIP file.
bool LooksLikeXlsx(std::string_view bytes);

}  // namespace exchange::spreadsheet
