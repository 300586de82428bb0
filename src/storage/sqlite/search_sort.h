// Sorting a search and going on from the last row of a page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fhir/search/query.h"
#include "storage/sqlite/clause_sql.h"
#include "storage/sqlite/sql.h"

namespace storage::sqlite {

// Where a page ended: the sort keys of its last row and its rid.
struct PagePosition {
  std::vector<SqlValue> keys;
  int64_t rid = 0;
};

// Opaque to everybody else; kInvalid when it is none of ours or belongs to another sort order.
base::Result<PagePosition> ParsePagePosition(std::string_view token, size_t sort_keys);
std::string MakePageToken(const PagePosition& position);

// The value to sort by, NULL for none, of the resource whose rid is the expression `rid`.
Sql SortExpression(const fhir::search::Sort& sort, const Types& types, const std::string& rid);

// Over the columns k0, k1 … and rid of the sorted rows.
Sql AfterPosition(const std::vector<fhir::search::Sort>& sort, const PagePosition& position);
Sql OrderBy(const std::vector<fhir::search::Sort>& sort);

}  // namespace storage::sqlite
