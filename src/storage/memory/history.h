// Versions of one resource, of a type or of all, newest first.
#pragma once

#include "base/result.h"
#include "fhir/store/store.h"
#include "storage/memory/record.h"

namespace storage::memory {

base::Result<fhir::store::HistoryPage> ReadHistory(const Record& record,
                                                   fhir::store::Sequence snapshot,
                                                   const fhir::store::HistoryQuery& query);

}  // namespace storage::memory
