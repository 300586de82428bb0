// Searches over the index tables: planned from what the clauses would find, compiled to SQL.
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "fhir/search/query.h"
#include "fhir/store/store.h"
#include "storage/sqlite/body_codec.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

base::Result<fhir::store::SearchPage> RunSearch(Database& database, const BodyCodec& codec,
                                                const fhir::search::Query& query);
// The plan as JSON: the clause that drives, what each clause was estimated at, the SQL.
base::Result<base::Json> ExplainSearch(Database& database, const BodyCodec& codec,
                                       const fhir::search::Query& query);
// Whether any current resource matches; page, sort and includes do not matter.
base::Result<bool> AnyMatch(Database& database, const fhir::search::Query& query);

// The functions that the SQL of searches calls on a connection (sort keys and clauses that only the
// document itself can answer). `codec` must outlive the connection.
base::Status InstallSearchFunctions(Database& database, const BodyCodec& codec);

}  // namespace storage::sqlite
