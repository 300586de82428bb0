#include "http/url.h"

#include "base/text.h"

namespace http {
namespace {

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus { kLiteral, kSpace };

base::Error BadAddress() { return base::Invalid("Địa chỉ yêu cầu không hợp lệ."); }

base::Result<std::string> Decode(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return BadAddress();
      const int high = HexValue(text[i + 1]);
      const int low = HexValue(text[i + 2]);
      if (high < 0 || low < 0) return BadAddress();
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus == Plus::kSpace) {
      c = ' ';
    }
    const auto byte = static_cast<unsigned char>(c);
    // Form fields may hold line breaks (a note typed in a text box); nothing else below space may.
    const bool is_form_space = plus == Plus::kSpace && (c == '\n' || c == '\r' || c == '\t');
    if ((byte < 0x20 && !is_form_space) || byte == 0x7f) return BadAddress();
    out.push_back(c);
  }
  if (!base::IsValidUtf8(out)) return BadAddress();
  return out;
}

}  // namespace

base::Result<std::string> PercentDecode(std::string_view text) {
  return Decode(text, Plus::kLiteral);
}

base::Result<std::string> FormDecode(std::string_view text) { return Decode(text, Plus::kSpace); }

std::string PercentEncode(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
        c == '.' || c == '_' || c == '~') {
      out.push_back(c);
    } else {
      out.push_back('%');
      out.push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    }
  }
  return out;
}

base::Result<std::vector<std::string>> SplitPath(std::string_view path) {
  if (path.empty() || path.front() != '/') return BadAddress();
  path.remove_prefix(1);
  if (path == "/") return BadAddress();
  if (!path.empty() && path.back() == '/') path.remove_suffix(1);
  std::vector<std::string> segments;
  if (path.empty()) return segments;
  for (const std::string_view raw : base::Split(path, '/')) {
    TRY_ASSIGN(std::string segment, PercentDecode(raw));
    if (segment.empty() || segment == "." || segment == ".." ||
        segment.find_first_of("/\\") != std::string::npos) {
      return BadAddress();
    }
    segments.push_back(std::move(segment));
  }
  return segments;
}

base::Result<Parameters> ParseForm(std::string_view text) {
  Parameters parameters;
  for (const std::string_view pair : base::Split(text, '&')) {
    if (pair.empty()) continue;
    const size_t equals = pair.find('=');
    TRY_ASSIGN(std::string name, FormDecode(pair.substr(0, equals)));
    std::string value;
    if (equals != std::string_view::npos) {
      TRY_ASSIGN(value, FormDecode(pair.substr(equals + 1)));
    }
    parameters.Add(std::move(name), std::move(value));
  }
  return parameters;
}

std::string EncodeForm(const Parameters& parameters) {
  std::string out;
  for (const auto& [name, value] : parameters.items()) {
    if (!out.empty()) out.push_back('&');
    out += PercentEncode(name) + "=" + PercentEncode(value);
  }
  return out;
}

}  // namespace http
