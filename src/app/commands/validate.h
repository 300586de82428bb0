// `tram validate FILE...`: checks resources against the base definitions of FHIR R4 and prints one
// OperationOutcome a line for each file, in their order. FILE may be "-" for standard input.
#pragma once

#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "base/time.h"

namespace app::commands {

// 0 if no file has an error, 1 if one has (or cannot be read), 2 when the arguments are wrong.
int RunValidate(const std::vector<std::string>& files, const base::Clock& clock, std::istream& in,
                std::ostream& out, std::ostream& err);

}  // namespace app::commands
