#include "fhir/path/text_codes.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "fhir/path/utf8.h"

namespace fhir::path {
namespace {

constexpr std::pair<std::string_view, char> kEntities[] = {
    {"&quot;", '"'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&#39;", '\''}, {"&apos;", '\''}};

// &#8364; and &#x20AC;; nothing if it is no such reference.
std::optional<uint32_t> NumericEntity(std::string_view body) {
  if (!body.starts_with('#') || body.size() < 2 || body.size() > 9) return std::nullopt;
  body.remove_prefix(1);
  const uint32_t radix = body[0] == 'x' || body[0] == 'X' ? 16 : 10;
  if (radix == 16) body.remove_prefix(1);
  if (body.empty()) return std::nullopt;
  uint32_t code = 0;
  for (const char c : body) {
    const char lower = static_cast<char>(c | 0x20);
    uint32_t digit = 99;
    if (c >= '0' && c <= '9') digit = static_cast<uint32_t>(c - '0');
    if (lower >= 'a' && lower <= 'f') digit = static_cast<uint32_t>(lower - 'a' + 10);
    if (digit >= radix) return std::nullopt;
    code = code * radix + digit;
  }
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return std::nullopt;
  return code;
}

std::string UnescapeHtml(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    const auto* entity = std::find_if(std::begin(kEntities), std::end(kEntities),
                                      [&](const auto& e) { return rest.starts_with(e.first); });
    if (entity != std::end(kEntities)) {
      out += entity->second;
      i += entity->first.size() - 1;
      continue;
    }
    const size_t end = rest.substr(0, 12).find(';');
    const auto code = rest[0] == '&' && end != std::string_view::npos ? NumericEntity(rest.substr(1, end - 1)) : std::nullopt;
    if (code) {
      AppendUtf8(out, *code);
      i += end;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

std::optional<std::string> EncodeText(std::string_view text, std::string_view form) {
  if (form == "hex") return base::ToHex(text);
  if (form != "base64" && form != "urlbase64") return std::nullopt;
  std::string out = base::ToBase64(text);
  if (form == "urlbase64") {
    std::replace(out.begin(), out.end(), '+', '-');
    std::replace(out.begin(), out.end(), '/', '_');
  }
  return out;
}

std::optional<std::string> DecodeText(std::string_view text, std::string_view form) {
  std::optional<std::string> out;
  if (form == "hex") {
    out = base::FromHex(text);
  } else if (form == "base64") {
    out = base::FromBase64(text);
  } else if (form == "urlbase64") {
    std::string plain(text);
    std::replace(plain.begin(), plain.end(), '-', '+');
    std::replace(plain.begin(), plain.end(), '_', '/');
    while (plain.size() % 4 != 0) plain += '=';
    out = base::FromBase64(plain);
  }
  // Bytes that are no text have no place in a string.
  if (out && !base::IsValidUtf8(*out)) return std::nullopt;
  return out;
}

std::optional<std::string> EscapeText(std::string_view text, std::string_view form) {
  std::string out;
  if (form == "json") {
    base::AppendJsonString(out, text);
    return out.substr(1, out.size() - 2);
  }
  if (form != "html") return std::nullopt;
  for (const char c : text) {
    const auto* entity = std::find_if(std::begin(kEntities), std::end(kEntities), [&](const auto& e) { return e.second == c; });
    if (entity == std::end(kEntities)) {
      out += c;
    } else {
      out += entity->first;
    }
  }
  return out;
}

std::optional<std::string> UnescapeText(std::string_view text, std::string_view form) {
  if (form == "html") return UnescapeHtml(text);
  if (form != "json") return std::nullopt;
  const auto json = base::Json::Parse("\"" + std::string(text) + "\"");
  if (!json.ok() || !json->IsString()) return std::nullopt;
  return json->String();
}

}  // namespace fhir::path
