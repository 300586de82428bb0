// _include and _revinclude: what belongs beside a page of matches.
#pragma once

#include <vector>

#include "base/result.h"
#include "fhir/search/query.h"
#include "fhir/store/store.h"
#include "storage/sqlite/body_codec.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

// The current resource in this row.
base::Result<fhir::store::Stored> ReadByRid(Database& database, const BodyCodec& codec,
                                            int64_t rid);

// Each resource once and none of the matches; kTooLarge above the limits contract.
base::Result<std::vector<fhir::store::Stored>> FindIncluded(Database& database,
                                                            const BodyCodec& codec,
                                                            const fhir::search::Query& query,
                                                            const std::vector<int64_t>& match_rids);

}  // namespace storage::sqlite
