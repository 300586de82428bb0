// Percent-encoding, paths and query strings, strict: what cannot be decoded is refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/request.h"

namespace http {

// Refuses broken escapes, control characters and bytes that are not UTF-8.
base::Result<std::string> PercentDecode(std::string_view text);
// As in a query or a form: "+" is a space too.
base::Result<std::string> FormDecode(std::string_view text);
// Leaves the unreserved characters of RFC 3986 §2.3 alone.
std::string PercentEncode(std::string_view text);

// "/a/b%20c" -> {"a", "b c"}. One slash at the end is ignored. Refuses "." and "..", empty
// segments, and an escaped slash or backslash, which other software would read differently.
base::Result<std::vector<std::string>> SplitPath(std::string_view path);

// "a=1&b=x%20y" as in application/x-www-form-urlencoded.
base::Result<Parameters> ParseForm(std::string_view text);
std::string EncodeForm(const Parameters& parameters);

}  // namespace http
