// `tram import FILE... | -`: loads Bundles and NDJSON into the record, many resources to a commit,
// and tells what could not be stored and why.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "fhir/store/store.h"

namespace app::commands {

struct ImportOptions {
  std::vector<std::string> files;  // "-" = standard input
  std::string station_id = {};     // tags what has no station of its own; "" = leaves it untagged
  std::string failed_file = {};    // NDJSON of what could not be stored; "" = only report it
  int threads = 2;
  bool is_terminal = false;  // a progress bar instead of lines
};

struct ImportReport {
  int64_t read = 0;      // resources in the files
  int64_t stored = 0;    // written and durable
  int64_t existing = 0;  // ifNoneExist found them in the record
  int64_t failed = 0;
  std::vector<std::string> problems;  // "file:line Bundle.entry[3]: reason", at most 1,000
  int64_t millis = 0;
};

// Durable when it returns. Files named hospital… and practitioner… come first, because those of
// people refer to them; then several files at a time.
base::Result<ImportReport> Import(const ImportOptions& options, fhir::store::Store& store,
                                  const base::Clock& clock, base::Random& random,
                                  std::ostream& progress);

// The command: prints the report; 0 when everything was stored, 1 when something failed, 2 when
// the import could not be done at all.
int RunImport(const ImportOptions& options, fhir::store::Store& store, const base::Clock& clock,
              base::Random& random, std::ostream& out, std::ostream& err);

}  // namespace app::commands
