// Old versions and the history interactions over them.
// https://hl7.org/fhir/R4/http.html#history
#pragma once

#include "base/result.h"
#include "fhir/store/store.h"
#include "storage/sqlite/body_codec.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

struct VersionPlace {
  int64_t rid = 0;
  fhir::store::Key key;
  fhir::store::Version version = 0;
};
// The version, current or old; a deletion has an empty body.
base::Result<fhir::store::Stored> ReadVersionOf(Database& database, const BodyCodec& codec,
                                                const VersionPlace& place);

base::Result<fhir::store::HistoryPage> ReadHistory(Database& database, const BodyCodec& codec,
                                                   const fhir::store::HistoryQuery& query);

}  // namespace storage::sqlite
