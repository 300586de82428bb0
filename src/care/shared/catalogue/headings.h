// Headings: which column of ours a heading of an official list means. Lists vary ("MA_BENH",
// "Mã bệnh", "ICD-10"), so headings are compared folded.
#pragma once

#include <optional>
#include <string_view>

#include "care/shared/catalogue/list_schema.h"

namespace care::shared {

// The name of the schema's column, or none for a column we do not use.
std::optional<std::string_view> ColumnForHeading(ListKind kind, std::string_view heading);

}  // namespace care::shared
