#include "base/json_walk.h"

#include <algorithm>
#include <cstring>

#include <simdjson.h>

namespace base {
namespace {

Error BadJson(std::string detail) {
  return Invalid("Dữ liệu JSON không đúng cú pháp.", {}, std::move(detail));
}

Status Validate(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return Error{ErrorCode::kTooLarge, "Dữ liệu gửi lên quá lớn.", {}, "json over max_bytes", {}};
  }
  if (text.starts_with("\xEF\xBB\xBF")) return BadJson("byte order mark");
  // One parser per thread keeps its buffers; a very large one is given back.
  thread_local simdjson::dom::parser parser;
  if (parser.allocate(std::max<size_t>(text.size(), 4096), static_cast<size_t>(limits.max_depth)) !=
      simdjson::SUCCESS) {
    return Error{ErrorCode::kTooLarge, "Dữ liệu gửi lên quá lớn.", {}, "json parser allocation", {}};
  }
  simdjson::dom::element root;
  const auto error = parser.parse(text.data(), text.size()).get(root);
  if (text.size() > (8U << 20)) parser = simdjson::dom::parser();
  if (error == simdjson::DEPTH_ERROR) {
    return Invalid("Dữ liệu JSON lồng quá sâu.", {}, "json deeper than " + std::to_string(limits.max_depth));
  }
  if (error != simdjson::SUCCESS) return BadJson(simdjson::error_message(error));
  return Ok();
}

// Appends the code point as UTF-8.
void AppendCodePoint(std::string& out, uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

class Walker {
 public:
  Walker(std::string_view text, const JsonLimits& limits, JsonHandler& handler)
      : p_(text.data()), end_(text.data() + text.size()), limits_(limits), handler_(handler) {}

  Status Walk() { return Value(); }

 private:
  void SkipSpace() {
    while (p_ != end_ && (*p_ == ' ' || *p_ == '\n' || *p_ == '\r' || *p_ == '\t')) ++p_;
  }

  Status Value() {
    SkipSpace();
    if (p_ == end_) return BadJson("unexpected end");
    switch (*p_) {
      case '{': return Object();
      case '[': return Array();
      case '"': {
        std::string_view text;
        TRY(String(text));
        return handler_.OnString(text);
      }
      case 't': p_ += 4; return handler_.OnBool(true);
      case 'f': p_ += 5; return handler_.OnBool(false);
      case 'n': p_ += 4; return handler_.OnNull();
      default: return Number();
    }
  }

  Status Number() {
    const char* begin = p_;
    while (p_ != end_ && std::strchr("+-0123456789.eE", *p_) != nullptr && *p_ != '\0') ++p_;
    return handler_.OnNumber({begin, static_cast<size_t>(p_ - begin)});
  }

  Status Object() {
    TRY(handler_.OnBeginObject());
    const size_t first_key = keys_.size();
    ++p_;
    SkipSpace();
    while (*p_ != '}') {
      std::string_view key;
      TRY(String(key));
      TRY(RememberKey(key, first_key));
      TRY(handler_.OnKey(key));
      SkipSpace();
      ++p_;  // ':'
      TRY(Value());
      SkipSpace();
      if (*p_ == ',') {
        ++p_;
        SkipSpace();
      }
    }
    ++p_;
    keys_.resize(first_key);
    return handler_.OnEndObject();
  }

  Status Array() {
    TRY(handler_.OnBeginArray());
    ++p_;
    SkipSpace();
    while (*p_ != ']') {
      TRY(Value());
      SkipSpace();
      if (*p_ == ',') ++p_;
      SkipSpace();
    }
    ++p_;
    return handler_.OnEndArray();
  }

  // Access control must not judge one value while storage keeps the other: no duplicate keys.
  // Small objects compare directly, large ones would be quadratic and are sorted at the end.
  Status RememberKey(std::string_view key, size_t first_key) {
    const size_t hash = std::hash<std::string_view>{}(key);
    if (keys_.size() - first_key > 4096) return Invalid("Đối tượng JSON có quá nhiều trường.");
    for (size_t i = first_key; i < keys_.size(); ++i) {
      if (keys_[i] == hash) return Invalid("Dữ liệu JSON lặp lại một trường.", std::string(key), "duplicate key");
    }
    keys_.push_back(hash);
    return Ok();
  }

  // Leaves the unescaped text in `text`: a view into the input when it has no escapes.
  Status String(std::string_view& text) {
    const char* begin = ++p_;
    while (*p_ != '"' && *p_ != '\\') ++p_;
    if (*p_ == '"') {
      text = {begin, static_cast<size_t>(p_ - begin)};
      ++p_;
    } else {
      buffer_.assign(begin, p_);
      TRY(Unescape());
      text = buffer_;
    }
    if (text.size() > limits_.max_string_bytes) {
      return Error{ErrorCode::kTooLarge, "Một chuỗi trong dữ liệu quá dài.", {}, "json string over limit", {}};
    }
    return Ok();
  }

  Status Unescape() {
    while (*p_ != '"') {
      if (*p_ != '\\') {
        buffer_ += *p_++;
        continue;
      }
      ++p_;
      const char c = *p_++;
      switch (c) {
        case 'b': buffer_ += '\b'; break;
        case 'f': buffer_ += '\f'; break;
        case 'n': buffer_ += '\n'; break;
        case 'r': buffer_ += '\r'; break;
        case 't': buffer_ += '\t'; break;
        case 'u': TRY(UnicodeEscape()); break;
        default: buffer_ += c;
      }
    }
    ++p_;
    return Ok();
  }

  uint32_t Hex4() {
    uint32_t value = 0;
    for (int i = 0; i < 4; ++i, ++p_) {
      const char c = *p_;
      value = value * 16 + static_cast<uint32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return value;
  }

  Status UnicodeEscape() {
    uint32_t c = Hex4();
    if (c >= 0xD800 && c < 0xDC00) {
      if (p_[0] != '\\' || p_[1] != 'u') return BadJson("lone surrogate");
      p_ += 2;
      const uint32_t low = Hex4();
      if (low < 0xDC00 || low > 0xDFFF) return BadJson("lone surrogate");
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    } else if (c >= 0xDC00 && c < 0xE000) {
      return BadJson("lone surrogate");
    }
    if (c == 0) return BadJson("NUL in string");
    AppendCodePoint(buffer_, c);
    return Ok();
  }

  const char* p_;
  const char* end_;
  const JsonLimits& limits_;
  JsonHandler& handler_;
  std::string buffer_;
  std::vector<size_t> keys_;
};

}  // namespace

Status WalkJson(std::string_view text, const JsonLimits& limits, JsonHandler& handler) {
  TRY(Validate(text, limits));
  return Walker(text, limits, handler).Walk();
}

}  // namespace base
