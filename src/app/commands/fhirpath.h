// `tram fhirpath [--input FILE.json] EXPRESSION`: prints the values of a FHIRPath expression as one
// line of JSON. FILE may be "-" for standard input; without it the focus is empty.
#pragma once

#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "base/time.h"

namespace app::commands {

// `arguments` are what follows "fhirpath". 0 and a JSON array on `out`; 1 and the reason on `err` when
// the expression or the input is wrong; 2 when the arguments are.
int RunFhirPath(const std::vector<std::string>& arguments, const base::Clock& clock, std::istream& in,
                std::ostream& out, std::ostream& err);

}  // namespace app::commands
