// Searching by looking at every resource.
#pragma once

#include "base/result.h"
#include "fhir/search/query.h"
#include "fhir/store/store.h"
#include "storage/memory/record.h"

namespace storage::memory {

base::Result<fhir::store::SearchPage> Search(const Record& record, fhir::store::Sequence snapshot,
                                             const fhir::search::Query& query);
bool AnyMatch(const Record& record, fhir::store::Sequence snapshot,
              const fhir::search::Query& query);

}  // namespace storage::memory
