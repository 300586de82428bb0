#include "fhir/path/narrative.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/text.h"

namespace fhir::path {
namespace {

// Chapters 7 to 11 (less section 4 of chapter 9) and 15 of HTML 4.0, a, img and style.
constexpr std::string_view kElements[] = {
    "a", "abbr", "acronym", "b", "bdo", "big", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd",
    "del", "dfn", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li",
    "map", "area", "ol", "p", "pre", "q", "samp", "small", "span", "strong", "sub", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "tt", "ul", "var"};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool SafeAttributes(std::string_view text) {
  while (true) {
    while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
    if (text.empty()) return true;
    const size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals + 1 >= text.size()) return false;
    const std::string_view name = base::Trim(text.substr(0, equals));
    text = text.substr(equals + 1);
    while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
    if (text.empty() || (text.front() != '"' && text.front() != '\'')) return false;
    const size_t end = text.find(text.front(), 1);
    if (end == std::string_view::npos) return false;
    const std::string_view value = text.substr(1, end - 1);
    if (name.starts_with("on") || value.starts_with("javascript:")) return false;
    text.remove_prefix(end + 1);
  }
}

// The end of a tag, past any ">" within quotes.
size_t TagEnd(std::string_view text, size_t at) {
  char quote = '\0';
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

bool IsSafeNarrative(std::string_view xhtml) {
  xhtml = base::Trim(xhtml);
  std::vector<std::string_view> open;
  size_t at = 0;
  bool any_content = false;
  while (at < xhtml.size()) {
    if (xhtml[at] != '<') {
      if (open.empty()) return false;
      any_content = any_content || !IsSpace(xhtml[at]);
      ++at;
      continue;
    }
    if (xhtml.substr(at).starts_with("<!--")) {
      const size_t end = xhtml.find("-->", at);
      if (end == std::string_view::npos) return false;
      at = end + 3;
      continue;
    }
    const size_t end = TagEnd(xhtml, at);
    if (end == std::string_view::npos) return false;
    std::string_view tag = xhtml.substr(at + 1, end - at - 1);
    at = end + 1;
    if (tag.starts_with('/')) {
      if (open.empty() || open.back() != base::Trim(tag.substr(1))) return false;
      open.pop_back();
      if (open.empty()) return at == xhtml.size() && any_content;
      continue;
    }
    const bool closed = tag.ends_with('/');
    if (closed) tag.remove_suffix(1);
    const auto* name_end = std::find_if(tag.begin(), tag.end(), IsSpace);
    const std::string_view name = tag.substr(0, static_cast<size_t>(name_end - tag.begin()));
    if (open.empty() && name != "div") return false;
    if (std::find(std::begin(kElements), std::end(kElements), name) == std::end(kElements)) return false;
    if (!SafeAttributes(tag.substr(name.size()))) return false;
    any_content = any_content || name == "img";
    if (!closed) open.push_back(name);
    if (open.empty()) return false;
  }
  return false;
}

}  // namespace fhir::path
