// The transfer purpose that ties a bank transfer to a bill: TYT and eight characters, found again
// in whatever a bank makes of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace exchange::payment_qr {

// "7K2M9QXA" -> "TYT7K2M9QXA". Eight of [0-9A-Z].
base::Result<std::string> MakePurpose(std::string_view code);

// The first TYT code of a transfer's content, case ignored and spaces taken out
// (vietnam.md §8.1, Tram rule); banks put their own words around it.
std::optional<std::string> FindPurpose(std::string_view content);

}  // namespace exchange::payment_qr
