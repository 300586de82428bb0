// `tram claim check FILE.xml`: reads any claims file and prints a line per finding.
#pragma once

#include <ostream>
#include <string>

#include "care/insurance/claim_catalogue.h"

namespace app::commands {

// 0 when nothing is wrong (warnings may be printed), 1 when there are errors, 2 when the file
// cannot be read. A line: severity, rule, place and message separated by tabs. `catalogue` may be
// null.
int RunClaimCheck(const std::string& path, std::ostream& out, std::ostream& err,
                  const care::insurance::ClaimCatalogue* catalogue = nullptr);

}  // namespace app::commands
