// Reading the fields that both providers write alike.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"

namespace exchange::payment_webhook {

inline constexpr base::JsonLimits kBodyLimits{
    .max_bytes = 256 * 1024, .max_depth = 16, .max_string_bytes = 16 * 1024};

base::Error Unproven(std::string_view detail);

// A whole number of dong, as a JSON number or text; a minus sign means money going out.
base::Result<int64_t> ReadAmount(const base::Json& value, std::string_view field);
// An id written as a number or as text; never empty.
base::Result<std::string> ReadId(const base::Json& value, std::string_view field);
// "2023-03-25 14:02:37" in Vietnamese time, or an instant with an offset.
base::Result<base::Instant> ReadTime(const base::Json& value, std::string_view field);
// "" for a missing member or null.
std::string ReadText(const base::Json& value);

// `text` is a timestamp in units of `unit_millis`, close enough to now.
base::Status CheckFresh(std::string_view text, int64_t unit_millis, base::Instant now);
// `hex` decodes to `expected`, compared in constant time.
bool MatchesHex(std::string_view hex, std::string_view expected);

}  // namespace exchange::payment_webhook
