// The forms that encode(), decode(), escape() and unescape() know by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fhir::path {

// Forms hex, base64, urlbase64; nothing for others, or when the text is not of that form.
std::optional<std::string> EncodeText(std::string_view text, std::string_view form);
std::optional<std::string> DecodeText(std::string_view text, std::string_view form);
// Forms html, json.
std::optional<std::string> EscapeText(std::string_view text, std::string_view form);
std::optional<std::string> UnescapeText(std::string_view text, std::string_view form);

}  // namespace fhir::path
