// Grid: the cells of a text file or of one sheet, as found, before anyone says what they mean.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace exchange::spreadsheet {

struct GridRow {
  int line = 0;  // line of the text file or row of the sheet, from 1
  std::vector<std::string> cells;
};
using Grid = std::vector<GridRow>;

struct Sheet {
  std::string name;  // "" for text files
  Grid grid;
};

// Official lists stay far below (ICD-10: 15,844 rows of 29 columns); beyond is a mistake or an
// attack.
inline constexpr size_t kMaxGridRows = 100'000;
inline constexpr size_t kMaxGridColumns = 256;
inline constexpr size_t kMaxCellBytes = 32 * 1024;

}  // namespace exchange::spreadsheet
