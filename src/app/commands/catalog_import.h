// `tram catalog import FILE --kind icd10|drugs|services|… [--from DATE] [--source TEXT]
// [--dry-run]`: an official list (CSV or XLSX) takes the place of the one before it from a day on.
#pragma once

#include <optional>
#include <ostream>
#include <string>

#include "access/record_scope.h"
#include "base/time.h"

namespace app::commands {

struct CatalogImportOptions {
  std::string path;    // "-" is standard input
  std::string kind;    // a Name of care/shared/catalogue/list_schema.h
  std::string from;    // ISO 8601 or dd/mm/yyyy; "" = today
  std::string source;  // the decision it comes from; "" = the file's name
  bool dry_run = false;
};

// Prints what was read and, row by row, what could not be. 0 everything was read and saved; 1
// saved, but some cells or rows could not be read; 2 nothing was saved, with the reason on `err`. A
// dry run saves nothing and answers as if it had.
int RunCatalogImport(const CatalogImportOptions& options, const base::Clock& clock,
                     access_control::RecordScope& record, std::ostream& out, std::ostream& err);

}  // namespace app::commands
