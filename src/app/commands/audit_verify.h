// `tram audit verify`: walks the whole audit chain and compares it with its anchor.
#pragma once

#include <ostream>
#include <string>

#include "base/time.h"
#include "fhir/store/store.h"

namespace app::commands {

// `folder` holds the anchor (access/audit_anchor.h): the data folder. 0 the trail is whole, 1 it
// was changed, cut or replaced, 2 it could not be read.
int RunAuditVerify(fhir::store::Store& store, const std::string& folder, const base::Clock& clock,
                   std::ostream& out, std::ostream& err);

}  // namespace app::commands
