// `tram claim export --visit ID [--out FILE]`: writes the claims file of a closed visit.
#pragma once

#include <ostream>
#include <string>

#include "app/wiring/node.h"

namespace app::commands {

// Builds the dossier anew and writes it to `file` ("" = `out`). 0 done, 1 refused with the reason.
int RunClaimExport(wiring::Node& node, const std::string& visit, const std::string& file,
                   std::ostream& out, std::ostream& err);

}  // namespace app::commands
