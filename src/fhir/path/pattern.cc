#include "fhir/path/pattern.h"

#include <memory>
#include <unordered_map>

#include <re2/re2.h>

#include "fhir/path/evaluator.h"

namespace fhir::path {

using base::Result;

namespace {

constexpr size_t kMaxPatternBytes = 4096;
constexpr size_t kKeptPatterns = 128;

Result<const re2::RE2*> Compiled(std::string_view pattern) {
  if (pattern.size() > kMaxPatternBytes) return EvaluationError("biểu thức chính quy quá dài");
  // Per thread: RE2 objects are costly to make, and a few invariants use most of them.
  thread_local std::unordered_map<std::string, std::unique_ptr<re2::RE2>> kept;
  std::string key(pattern);
  if (const auto found = kept.find(key); found != kept.end()) return found->second.get();
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  options.set_dot_nl(true);  // https://hl7.org/fhirpath/N1/#matches: single-line mode
  auto compiled = std::make_unique<re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
  if (!compiled->ok()) return EvaluationError("biểu thức chính quy không hợp lệ");
  if (kept.size() >= kKeptPatterns) kept.clear();
  return kept.emplace(std::move(key), std::move(compiled)).first->second.get();
}

// From $1, ${name} and \$ to RE2's \1.
Result<std::string> Rewrite(std::string_view substitution, const re2::RE2& pattern) {
  std::string out;
  for (size_t i = 0; i < substitution.size(); ++i) {
    const char c = substitution[i];
    const char next = i + 1 < substitution.size() ? substitution[i + 1] : '\0';
    if (c == '\\' && next != '\0') {
      if (next == '\\') out += '\\';
      out += next;
      ++i;
    } else if (c == '\\') {
      out += "\\\\";
    } else if (c == '$' && next >= '0' && next <= '9') {
      if (next - '0' > pattern.NumberOfCapturingGroups()) return EvaluationError("không có nhóm $" + std::string(1, next));
      out += '\\';
      out += next;
      ++i;
    } else if (c == '$' && next == '{') {
      const size_t end = substitution.find('}', i);
      const auto& groups = pattern.NamedCapturingGroups();
      const auto group = groups.find(std::string(substitution.substr(i + 2, end - i - 2)));
      if (end == std::string_view::npos || group == groups.end() || group->second > 9) {
        return EvaluationError("không có nhóm mang tên này");
      }
      out += '\\' + std::to_string(group->second);
      i = end;
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

Result<bool> MatchesPattern(std::string_view text, std::string_view pattern, PatternUse use) {
  TRY_ASSIGN(const re2::RE2* compiled, Compiled(pattern));
  const re2::StringPiece piece(text.data(), text.size());
  return use == PatternUse::kWhole ? re2::RE2::FullMatch(piece, *compiled) : re2::RE2::PartialMatch(piece, *compiled);
}

Result<std::string> ReplacePattern(std::string_view text, std::string_view pattern, std::string_view substitution) {
  TRY_ASSIGN(const re2::RE2* compiled, Compiled(pattern));
  TRY_ASSIGN(const std::string rewrite, Rewrite(substitution, *compiled));
  // The result could be the product of both sizes.
  if (text.size() * (substitution.size() + 1) > (64UL << 20)) {
    return base::Error{base::ErrorCode::kTooLarge, "Chuỗi thay thế quá lớn.", {}, "replaceMatches"};
  }
  std::string out(text);
  re2::RE2::GlobalReplace(&out, *compiled, rewrite);
  return out;
}

}  // namespace fhir::path
