// MergeEditions: the editions of one list laid over each other in time.
#pragma once

#include <vector>

#include "care/shared/catalogue/code_system.h"

namespace care::shared {

// Each edition rules from its first day until the day before the next one's. Its rows keep their
// own dates inside that span; a row that would begin before the span begins with it.
Table MergeEditions(ListKind kind, const std::vector<Edition>& editions);

}  // namespace care::shared
