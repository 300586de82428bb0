// `tram export [--type T] [FILE]`: the current version of every resource as NDJSON, one page in
// memory at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "fhir/model/resource_type.h"
#include "fhir/store/store.h"

namespace app::commands {

// How many resources were written.
base::Result<int64_t> Export(std::optional<fhir::model::ResourceType> type,
                             fhir::store::Store& store, const base::Clock& clock,
                             base::Random& random, std::ostream& out);

struct ExportOptions {
  std::string type = {};  // "Patient"; "" = every type
  std::string file = {};  // "" or "-" = `out`
};

// The command: 0, or 1 with the reason on `err`; no half-written file is left behind.
int RunExport(const ExportOptions& options, fhir::store::Store& store, const base::Clock& clock,
              base::Random& random, std::ostream& out, std::ostream& err);

}  // namespace app::commands
