// Grid and Table: what a file reader hands on. A Grid is rows of cells as found; a Table knows its
// columns by the names of list_schema.h and keeps the line each row came from, for the report.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace care::shared {

struct GridRow {
  int line = 0;  // line of the text file or row of the sheet, from 1
  std::vector<std::string> cells;
};
using Grid = std::vector<GridRow>;

struct Sheet {
  std::string name;  // "" for text files
  Grid grid;
};

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

// Official lists stay far below (ICD-10: 15,844 rows of 29 columns); beyond is a mistake or an
// attack.
inline constexpr size_t kMaxGridRows = 100'000;
inline constexpr size_t kMaxGridColumns = 256;
inline constexpr size_t kMaxCellBytes = 32 * 1024;

}  // namespace care::shared
