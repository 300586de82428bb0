// The catalogue in the record: editions saved as CodeSystem resources and read back. A list of which
// nothing is saved comes from the starter data of the program.
#pragma once

#include <memory>
#include <vector>

#include "access/record_scope.h"
#include "base/result.h"
#include "care/shared/catalogue/catalogue.h"

namespace care::shared {

// The saved editions, in order of time.
base::Result<std::vector<Edition>> ReadEditions(access_control::RecordScope& record);

// All or nothing. An edition of the same list and first day is replaced (its resources are retired and
// kept in the history). The first edition of a list takes the starter list with it, so that a later
// version of the program cannot change what was true on a past day.
base::Status SaveEdition(access_control::RecordScope& record, const Edition& edition);

// The starter lists, at the birth of a station. Lists that are saved already are left alone.
base::Status SaveStarterEditions(access_control::RecordScope& record);

base::Result<std::shared_ptr<const Catalogue>> LoadCatalogue(access_control::RecordScope& record);

}  // namespace care::shared
