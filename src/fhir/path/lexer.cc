#include "fhir/path/lexer.h"

#include "fhir/path/utf8.h"

namespace fhir::path {

using base::Ok;
using base::Status;

namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  base::Result<std::vector<Token>> Run() {
    while (true) {
      TRY(SkipSpace());
      if (at_ == text_.size()) break;
      TRY(Next());
    }
    Add(Token::Type::kEnd, "", at_);
    return std::move(tokens_);
  }

 private:
  char Peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void Add(Token::Type type, std::string text, size_t position) {
    tokens_.push_back({type, std::move(text), position});
  }

  Status SkipSpace() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        ++at_;
      } else if (c == '/' && Peek(1) == '/') {
        while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
      } else if (c == '/' && Peek(1) == '*') {
        const size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) return SyntaxError(at_, "chú thích không có phần kết */");
        at_ = end + 2;
      } else if (text_.substr(at_).starts_with("\xC2\xA0")) {
        at_ += 2;  // no-break space, from expressions copied out of documents
      } else {
        break;
      }
    }
    return Ok();
  }

  Status Next() {
    const size_t begin = at_;
    const char c = text_[at_];
    if (IsDigit(c)) {
      Number();
      return Ok();
    }
    if (IsLetter(c)) {
      while (IsLetter(Peek()) || IsDigit(Peek())) ++at_;
      Add(Token::Type::kIdentifier, std::string(text_.substr(begin, at_ - begin)), begin);
      return Ok();
    }
    switch (c) {
      case '\'': return Quoted(Token::Type::kString, begin);
      case '`': return Quoted(Token::Type::kDelimited, begin);
      case '"': return Quoted(Token::Type::kDelimited, begin);  // as FHIRPath wrote it before 1.0
      case '@': return Moment();
      case '%': return Variable();
      case '$': {
        ++at_;
        while (IsLetter(Peek())) ++at_;
        const std::string name(text_.substr(begin, at_ - begin));
        if (name != "$this" && name != "$index" && name != "$total") return SyntaxError(begin, "không có " + name);
        Add(Token::Type::kSpecial, name, begin);
        return Ok();
      }
      default: return Symbol();
    }
  }

  void Number() {
    const size_t begin = at_;
    while (IsDigit(Peek())) ++at_;
    if (Peek() == '.' && IsDigit(Peek(1))) {
      ++at_;
      while (IsDigit(Peek())) ++at_;
    }
    Add(Token::Type::kNumber, std::string(text_.substr(begin, at_ - begin)), begin);
  }

  // @2015-02-04T14:34:28.123+10:00, @2015T, @T14:34. A time zone only follows a date with a time.
  Status Moment() {
    const size_t begin = ++at_;
    const auto digits = [&] {
      while (IsDigit(Peek())) ++at_;
    };
    const auto separated = [&](char separator) {
      while (Peek() == separator && IsDigit(Peek(1))) {
        ++at_;
        digits();
      }
    };
    const bool time_only = Peek() == 'T';
    if (!time_only) {
      digits();
      separated('-');
    }
    if (Peek() == 'T') {
      ++at_;
      digits();
      separated(':');
      if (Peek() == '.' && IsDigit(Peek(1))) {
        ++at_;
        digits();
      }
      if (!time_only && Peek() == 'Z') {
        ++at_;
      } else if (!time_only && (Peek() == '+' || Peek() == '-') && IsDigit(Peek(1)) && IsDigit(Peek(2)) &&
                 Peek(3) == ':') {
        at_ += 3;
        separated(':');
      } else if (time_only && (Peek() == 'Z' || ((Peek() == '+' || Peek() == '-') && IsDigit(Peek(1)) &&
                                                 IsDigit(Peek(2)) && Peek(3) == ':'))) {
        return SyntaxError(at_, "giờ không được kèm múi giờ");
      }
    }
    Add(Token::Type::kMoment, std::string(text_.substr(begin, at_ - begin)), begin - 1);
    return Ok();
  }

  Status Variable() {
    const size_t begin = at_++;
    if (Peek() == '\'' || Peek() == '`' || Peek() == '"') return Quoted(Token::Type::kVariable, begin);
    const size_t name = at_;
    while (IsLetter(Peek()) || IsDigit(Peek())) ++at_;
    // %vs-name and %ext-name were written without quotes in DSTU2 and still are.
    const std::string_view word = text_.substr(name, at_ - name);
    if ((word == "vs" || word == "ext") && Peek() == '-') {
      while (IsLetter(Peek()) || IsDigit(Peek()) || Peek() == '-') ++at_;
    }
    if (at_ == name) return SyntaxError(begin, "thiếu tên biến sau %");
    Add(Token::Type::kVariable, std::string(text_.substr(name, at_ - name)), begin);
    return Ok();
  }

  Status Quoted(Token::Type type, size_t begin) {
    const char quote = text_[at_++];
    std::string out;
    while (true) {
      if (at_ == text_.size()) return SyntaxError(begin, "chuỗi không có dấu đóng");
      const char c = text_[at_++];
      if (c == quote) break;
      if (c != '\\') {
        out += c;
        continue;
      }
      TRY(Escape(out));
    }
    Add(type, std::move(out), begin);
    return Ok();
  }

  Status Escape(std::string& out) {
    const char c = Peek();
    ++at_;
    switch (c) {
      case 'r': out += '\r'; return Ok();
      case 'n': out += '\n'; return Ok();
      case 't': out += '\t'; return Ok();
      case 'f': out += '\f'; return Ok();
      case '\\': case '/': case '\'': case '"': case '`': out += c; return Ok();
      case 'u': break;
      default: return SyntaxError(at_ - 2, "ký tự thoát không hợp lệ");
    }
    uint32_t code = 0;
    if (!Hex4(code)) return SyntaxError(at_, "\\u cần bốn chữ số thập lục phân");
    if (code >= 0xD800 && code < 0xDC00 && Peek() == '\\' && Peek(1) == 'u') {
      at_ += 2;
      uint32_t low = 0;
      if (!Hex4(low) || low < 0xDC00 || low > 0xDFFF) return SyntaxError(at_, "cặp mã thay thế không hợp lệ");
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    if (code == 0 || (code >= 0xD800 && code < 0xE000)) return SyntaxError(at_, "mã ký tự không hợp lệ");
    AppendUtf8(out, code);
    return Ok();
  }

  bool Hex4(uint32_t& code) {
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = Peek();
      const char lower = static_cast<char>(c | 0x20);
      if (!IsDigit(c) && (lower < 'a' || lower > 'f')) return false;
      code = code * 16 + static_cast<uint32_t>(IsDigit(c) ? c - '0' : lower - 'a' + 10);
    }
    return true;
  }

  Status Symbol() {
    static constexpr std::string_view kSymbols[] = {"<=", ">=", "!=", "!~", "<", ">", "=", "~", "+", "-", "*",
                                                    "/",  "&",  "|",  ".",  ",", "(", ")", "[", "]", "{", "}"};
    for (const std::string_view symbol : kSymbols) {
      if (!text_.substr(at_).starts_with(symbol)) continue;
      Add(Token::Type::kSymbol, std::string(symbol), at_);
      at_ += symbol.size();
      return Ok();
    }
    return SyntaxError(at_, "ký tự lạ");
  }

  std::string_view text_;
  size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

base::Error SyntaxError(size_t position, std::string_view what) {
  return base::Invalid("Biểu thức FHIRPath sai ở vị trí " + std::to_string(position + 1) + ": " + std::string(what) + ".");
}

base::Result<std::vector<Token>> Tokenize(std::string_view text) { return Lexer(text).Run(); }

}  // namespace fhir::path
