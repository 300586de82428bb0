// Cells as people and official files write them, turned into the one form of a Table.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "care/shared/catalogue/list_schema.h"

namespace care::shared {

// "" stays "". Errors say in Vietnamese what could not be read, without the position.
base::Result<std::string> NormalizeCell(ColumnType type, std::string_view text);

}  // namespace care::shared
