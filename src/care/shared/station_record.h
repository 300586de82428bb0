// The station's Organization resource: written by `tram init` and `tram demo`, read at start.
#pragma once

#include "base/json.h"
#include "care/shared/station.h"

namespace care::shared {

base::Json MakeOrganization(const Station& station);
// Never fails: what is missing stays empty.
Station ReadOrganization(const base::Json& organization);

}  // namespace care::shared
