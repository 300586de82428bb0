// The same few people in every test: one per role, at the station of Bồ Đề or at another one.
#pragma once

#include <string>
#include <string_view>

#include "access/principal.h"
#include "base/time.h"

namespace testkit {

inline constexpr std::string_view kStationId = "station-bo-de";
inline constexpr std::string_view kOtherStationId = "station-yen-thuong";

// Saturday 2026-11-21 07:05 in Hanoi: a morning like any other.
base::Instant Morning();

// "Practitioner/<role>-1", login "<role>".
access_control::Principal Someone(access_control::Role role,
                                  std::string_view station_id = kStationId);

}  // namespace testkit
