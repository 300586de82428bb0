// ImportList: turns the rows of a file somebody else made into a Table of ours, keeping every row
// that can be read and naming, with row and column, whatever could not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "care/shared/catalogue/list_schema.h"
#include "care/shared/catalogue/table.h"

namespace care::shared {

struct ImportIssue {
  int line = 0;
  std::string column;   // as headed in the file; "" for the whole row
  std::string problem;  // Vietnamese
  bool row_skipped = false;
};

struct ImportReport {
  std::string sheet;
  int rows_read = 0;
  int rows_kept = 0;
  std::vector<ImportIssue> issues;
  std::vector<std::string> unused_headings;
  std::vector<std::string> absent_columns;  // of ours, that the file does not have

  // For the terminal and the administrator's screen; at most `max_issues` lines of issues.
  std::string ToText(size_t max_issues = 100) const;
};

struct ImportedList {
  Table table;
  ImportReport report;
};

// The heading row is the one among the first 40 that names the most columns; rows above it are
// titles. Rows without a first day of validity get `from`. Drugs without a code of the station's
// own get their registration number; services without a price of their own, the insurance price.
// kInvalid when no heading row has every required column, saying which are missing.
base::Result<ImportedList> ImportList(ListKind kind, const Grid& grid, base::Date from);

// A CSV or XLSX file by its content; of a workbook, the sheet that fits the list best.
base::Result<ImportedList> ImportFile(ListKind kind, std::string_view bytes, base::Date from);

}  // namespace care::shared
