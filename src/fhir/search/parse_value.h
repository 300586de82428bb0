// The right-hand side of a search parameter: "gt2026-11,lt2027" into typed values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fhir/search/query.h"

namespace fhir::search {

// At separators that no backslash escapes; the parts keep their escapes.
std::vector<std::string_view> SplitEscaped(std::string_view text, char separator);
// "\," -> ","; a lone backslash stays.
std::string Unescape(std::string_view text);

// One of the alternatives of an OR list, escapes in it. `name` is for the message, `type` for
// Modifier::kType. A refusal names the parameter and never repeats the value.
base::Result<Value> ParseValue(const Parameter& parameter, Modifier modifier,
                               std::optional<model::ResourceType> type, std::string_view text,
                               std::string_view name);

}  // namespace fhir::search
