// UTF-8 and Vietnamese text: normalising, folding for search, splitting, hex.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {

bool IsValidUtf8(std::string_view text);

// Unicode NFC; the text unchanged if it is not valid UTF-8 (reject that first).
std::string ToNfc(std::string_view text);

// The key by which people search: NFD, marks stripped, đ to d, lower case, punctuation and runs of
// space to one space, trimmed. "Nguyễn  Đức" -> "nguyen duc". One function for every store, so that
// all of them find the same people. tests/vectors/folding.csv holds the cases shared with the web.
std::string Fold(std::string_view text);

// Upper case without marks, ASCII only (other characters dropped): for bank purposes and card names.
std::string ToAsciiUpper(std::string_view text);
// Vietnamese upper case, marks kept: "Nguyễn Văn A" -> "NGUYỄN VĂN A".
std::string ToUpper(std::string_view text);
std::string ToLower(std::string_view text);

std::string_view Trim(std::string_view text);
std::vector<std::string_view> Split(std::string_view text, char separator);
std::string Join(const std::vector<std::string>& parts, std::string_view separator);
bool IsDigits(std::string_view text);  // not empty, ASCII digits only
size_t CodePointCount(std::string_view text);

std::string ToHex(std::string_view bytes);                    // lower case
std::optional<std::string> FromHex(std::string_view hex);     // nullopt if odd or not hex
std::string ToBase64(std::string_view bytes);
std::optional<std::string> FromBase64(std::string_view text);
std::string ToBase64Url(std::string_view bytes);              // no padding

// 64-bit hash, the same on every machine and for ever: index keys are stored with it
// (XXH64-quality mixing, seed 0; see text.cc for the algorithm).
uint64_t StableHash(std::string_view bytes);

}  // namespace base
