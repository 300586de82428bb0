// The station's own Organization in the record, and the Station the rooms read.
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "care/shared/station.h"
#include "fhir/store/store.h"

namespace app::wiring {

inline constexpr std::string_view kStationOrganizationId = "tram";

base::Json ToOrganization(const care::shared::Station& station);
care::shared::Station FromOrganization(const base::Json& organization);
// kNotFound when `tram init` has not made it yet.
base::Result<care::shared::Station> ReadStation(fhir::store::Store& store);

}  // namespace app::wiring
