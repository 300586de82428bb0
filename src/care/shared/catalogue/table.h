// Table: the rows of one list under the column names of list_schema.h, each keeping the line it
// came from, for the report.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/spreadsheet/grid.h"

namespace care::shared {

using exchange::spreadsheet::Grid;
using exchange::spreadsheet::GridRow;

// Columns stand in the order of the schema; every row has one cell for each. Flags are "1" or "",
// dates ISO 8601, numbers with a decimal point.
struct Table {
  std::vector<std::string> columns;
  Grid rows;

  // Its position, or npos.
  size_t Column(std::string_view name) const {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (columns[i] == name) return i;
    }
    return std::string_view::npos;
  }
};

}  // namespace care::shared
