// _filter: conditions with and, or, not and parentheses. https://hl7.org/fhir/R4/search_filter.html
// Supported operators: eq ne gt lt ge le sa eb ap co sw pr; paths are names or chains of names.
#include "base/text.h"
#include "fhir/search/parse_clause.h"

namespace fhir::search {
namespace {

using base::Result;

constexpr int kMaxDepth = 16;

base::Error Bad(const std::string& what) {
  return base::Invalid("Tham số tìm kiếm “_filter”: " + what, "_filter");
}

class FilterParser {
 public:
  FilterParser(const Scope& scope, std::string_view text) : scope_(scope), rest_(text) {}

  Result<Clause> Parse() {
    TRY_ASSIGN(Clause out, ParseOr(0));
    SkipSpace();
    if (!rest_.empty()) return Bad("thừa ký tự ở cuối.");
    return out;
  }

 private:
  Result<Clause> ParseOr(int depth) {
    return ParseList(Clause::Kind::kAny, "or", depth, &FilterParser::ParseAnd);
  }
  Result<Clause> ParseAnd(int depth) {
    return ParseList(Clause::Kind::kAll, "and", depth, &FilterParser::ParseTerm);
  }

  Result<Clause> ParseList(Clause::Kind kind, std::string_view word, int depth,
                           Result<Clause> (FilterParser::*item)(int)) {
    if (depth > kMaxDepth) return Bad("lồng quá sâu.");
    TRY_ASSIGN(Clause first, (this->*item)(depth));
    if (!TakeWord(word)) return first;
    Clause list{.kind = kind};
    list.name = "_filter";
    list.inner.push_back(std::move(first));
    do {
      TRY_ASSIGN(Clause next, (this->*item)(depth));
      list.inner.push_back(std::move(next));
    } while (TakeWord(word));
    return list;
  }

  Result<Clause> ParseTerm(int depth) {
    if (TakeWord("not")) {
      TRY_ASSIGN(Clause inner, ParseGroup(depth));
      return None(std::move(inner));
    }
    SkipSpace();
    if (rest_.starts_with('(')) return ParseGroup(depth);
    return ParseCondition();
  }

  Result<Clause> ParseGroup(int depth) {
    SkipSpace();
    if (!rest_.starts_with('(')) return Bad("thiếu dấu (.");
    rest_.remove_prefix(1);
    TRY_ASSIGN(Clause inner, ParseOr(depth + 1));
    SkipSpace();
    if (!rest_.starts_with(')')) return Bad("thiếu dấu ).");
    rest_.remove_prefix(1);
    return inner;
  }

  Result<Clause> ParseCondition() {
    const std::string path(TakeUntil(" ()"));
    SkipSpace();
    const std::string operation(TakeUntil(" ()"));
    SkipSpace();
    TRY_ASSIGN(const std::string value, TakeValue());
    if (path.empty() || operation.empty() || value.empty()) {
      return Bad("cần viết theo dạng tham-số toán-tử giá-trị.");
    }
    if (operation == "pr") {
      if (value != "true" && value != "false") return Bad("pr cần true hoặc false.");
      return ParseClause(scope_, path + ":missing", value == "true" ? "false" : "true");
    }
    std::string escaped;
    for (const char c : value) {
      if (c == ',') escaped += '\\';
      escaped += c;
    }
    return Compare(path, operation, escaped);
  }

  Result<Clause> Compare(const std::string& path, const std::string& operation,
                         const std::string& value) {
    if (operation == "co") return ParseClause(scope_, path + ":contains", value);
    if (operation == "sw") return ParseClause(scope_, path, value);
    TRY_ASSIGN(const ParameterType type, TypeOf(path));
    const bool ordered = type == ParameterType::kDate || type == ParameterType::kNumber ||
                         type == ParameterType::kQuantity;
    static constexpr std::string_view kOrdered[] = {"eq", "ne", "gt", "lt", "ge",
                                                    "le", "sa", "eb", "ap"};
    if (ordered) {
      for (std::string_view prefix : kOrdered) {
        if (operation == prefix) return ParseClause(scope_, path, operation + value);
      }
    } else if (operation == "eq" || operation == "ne") {
      const bool exact = type == ParameterType::kString;
      TRY_ASSIGN(Clause equal, ParseClause(scope_, exact ? path + ":exact" : path, value));
      if (operation == "eq") return equal;
      return None(std::move(equal));
    }
    return Bad("không có toán tử “" + operation + "” cho tham số này.");
  }

  // The type of the last name of the path: presence is a question every parameter can be asked.
  Result<ParameterType> TypeOf(const std::string& path) const {
    TRY_ASSIGN(const Clause probe, ParseClause(scope_, path + ":missing", "true"));
    const Clause* last = &probe;
    while (!last->inner.empty()) last = &last->inner.front();
    return last->parameter->type;
  }

  static Clause None(Clause inner) {
    Clause out{.kind = Clause::Kind::kNone};
    out.name = "_filter";
    out.inner.push_back(std::move(inner));
    return out;
  }

  void SkipSpace() {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
  }

  bool TakeWord(std::string_view word) {
    SkipSpace();
    if (!rest_.starts_with(word)) return false;
    const std::string_view after = rest_.substr(word.size());
    if (!after.starts_with(' ') && !after.starts_with('(')) return false;
    rest_ = after;
    return true;
  }

  std::string_view TakeUntil(std::string_view stops) {
    const size_t end = std::min(rest_.find_first_of(stops), rest_.size());
    const std::string_view out = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return out;
  }

  Result<std::string> TakeValue() {
    if (!rest_.starts_with('"')) return std::string(TakeUntil(" )"));
    std::string out;
    for (size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '"') {
        rest_.remove_prefix(i + 1);
        return out;
      }
      if (rest_[i] == '\\' && i + 1 < rest_.size() && rest_[i + 1] == '"') ++i;
      out += rest_[i];
    }
    return Bad("thiếu dấu ngoặc kép đóng.");
  }

  const Scope& scope_;
  std::string_view rest_;
};

}  // namespace

Result<Clause> ParseFilter(const Scope& scope, std::string_view text) {
  return FilterParser(scope, text).Parse();
}

}  // namespace fhir::search
