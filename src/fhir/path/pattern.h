// Regular expressions in time linear in the text, whatever the pattern (RE2).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace fhir::path {

enum class PatternUse { kAnywhere, kWhole };

// kInvalid for patterns RE2 does not know: look-around and back-references.
base::Result<bool> MatchesPattern(std::string_view text, std::string_view pattern, PatternUse use);
// $1 and ${name} in the substitution stand for groups.
base::Result<std::string> ReplacePattern(std::string_view text, std::string_view pattern,
                                         std::string_view substitution);

}  // namespace fhir::path
