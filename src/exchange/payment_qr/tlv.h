// The EMV tag-length-value text: two digits of id, two digits of length, the value.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace exchange::payment_qr {

// The fields of one level, indexed by id 0..99.
using Fields = std::array<std::optional<std::string_view>, 100>;

// `where` names the level in the error's field: "" or "38" or "38.01".
base::Result<Fields> ReadFields(std::string_view text, std::string_view where);

// Appends the field; the value has at most 99 characters (checked by the caller).
void AppendField(std::string& out, int id, std::string_view value);

}  // namespace exchange::payment_qr
