// Strings, counted in characters. https://hl7.org/fhirpath/N1/#string-manipulation
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "base/text.h"
#include "fhir/path/functions.h"
#include "fhir/path/pattern.h"
#include "fhir/path/text_codes.h"
#include "fhir/path/utf8.h"

namespace fhir::path {

using base::Result;

namespace {

// The text and its string arguments, or nothing when one of them is empty: then so is the result.
struct Texts {
  std::string_view text;
  std::vector<std::string> arguments;
};
Result<std::optional<Texts>> Gather(Call& call) {
  TRY_ASSIGN(const auto text, call.SingleString());
  Texts out;
  bool complete = text.has_value();
  if (text) out.text = *text;
  for (size_t i = 0; i < call.argument_count(); ++i) {
    TRY_ASSIGN(auto argument, call.StringArgument(i));
    complete = complete && argument.has_value();
    out.arguments.push_back(std::move(argument).value_or(""));
  }
  TRY(call.evaluator().Spend(out.text.size() / 64));
  return complete ? std::optional(std::move(out)) : std::nullopt;
}

Result<Collection> Text(Call& call, std::string text) {
  TRY_ASSIGN(Value value, call.evaluator().Text(std::move(text)));
  return One(std::move(value));
}

Result<Collection> Position(const Texts& texts, size_t at) {
  if (at == std::string_view::npos) return One(Value::Integer(-1));
  return One(Value::Integer(static_cast<int64_t>(CharacterCount(texts.text.substr(0, at)))));
}

Result<Collection> IndexOf(Call& call) {
  TRY_ASSIGN(const auto texts, Gather(call));
  return texts ? Position(*texts, texts->text.find(texts->arguments[0])) : Collection{};
}
Result<Collection> LastIndexOf(Call& call) {
  TRY_ASSIGN(const auto texts, Gather(call));
  return texts ? Position(*texts, texts->text.rfind(texts->arguments[0])) : Collection{};
}
Result<Collection> StartsWith(Call& call) {
  TRY_ASSIGN(const auto texts, Gather(call));
  return texts ? One(texts->text.starts_with(texts->arguments[0])) : Collection{};
}
Result<Collection> EndsWith(Call& call) {
  TRY_ASSIGN(const auto texts, Gather(call));
  return texts ? One(texts->text.ends_with(texts->arguments[0])) : Collection{};
}
Result<Collection> Contains(Call& call) {
  TRY_ASSIGN(const auto texts, Gather(call));
  return texts ? One(texts->text.find(texts->arguments[0]) != std::string_view::npos) : Collection{};
}

Result<Collection> Substring(Call& call) {
  TRY_ASSIGN(const auto text, call.SingleString());
  TRY_ASSIGN(const auto start, call.IntegerArgument(0));
  std::optional<int64_t> length;
  if (call.argument_count() == 2) {
    TRY_ASSIGN(length, call.IntegerArgument(1));
  }
  if (!text || !start || *start < 0) return Collection{};
  const size_t begin = CharacterOffset(*text, static_cast<size_t>(*start));
  if (begin >= text->size()) return Collection{};
  std::string_view rest = text->substr(begin);
  if (length) rest = *length <= 0 ? std::string_view() : rest.substr(0, CharacterOffset(rest, static_cast<size_t>(*length)));
  return Text(call, std::string(rest));
}

Result<Collection> Upper(Call& call) {
  TRY_ASSIGN(const auto texts, Gather(call));
  return texts ? Text(call, base::ToUpper(texts->text)) : Collection{};
}
Result<Collection> Lower(Call& call) {
  TRY_ASSIGN(const auto texts, Gather(call));
  if (!texts) return Collection{};
  std::string lower;
  icu::UnicodeString::fromUTF8({texts->text.data(), static_cast<int32_t>(texts->text.size())})
      .toLower(icu::Locale::getRoot())
      .toUTF8String(lower);
  return Text(call, std::move(lower));
}
Result<Collection> Trim(Call& call) {
  TRY_ASSIGN(const auto texts, Gather(call));
  return texts ? Text(call, std::string(base::Trim(texts->text))) : Collection{};
}
Result<Collection> Length(Call& call) {
  TRY_ASSIGN(const auto texts, Gather(call));
  return texts ? One(Value::Integer(static_cast<int64_t>(CharacterCount(texts->text)))) : Collection{};
}

Result<Collection> Characters(Call& call, std::string_view text) {
  TRY(call.evaluator().Spend(text.size()));
  Collection out;
  while (!text.empty()) {
    const size_t next = CharacterOffset(text, 1);
    out.push_back(Value::String(std::string(text.substr(0, next))));
    text.remove_prefix(next);
  }
  return out;
}
Result<Collection> ToChars(Call& call) {
  TRY_ASSIGN(const auto texts, Gather(call));
  return texts ? Characters(call, texts->text) : Collection{};
}

Result<Collection> Split(Call& call) {
  TRY_ASSIGN(const auto texts, Gather(call));
  if (!texts) return Collection{};
  const std::string& separator = texts->arguments[0];
  if (separator.empty()) return Characters(call, texts->text);
  Collection out;
  std::string_view rest = texts->text;
  while (true) {
    TRY(call.evaluator().Spend(1));
    const size_t at = rest.find(separator);
    out.push_back(Value::String(std::string(rest.substr(0, at))));
    if (at == std::string_view::npos) return out;
    rest.remove_prefix(at + separator.size());
  }
}

Result<Collection> Join(Call& call) {
  std::optional<std::string> separator = "";
  if (call.argument_count() == 1) {
    TRY_ASSIGN(separator, call.StringArgument(0));
  }
  if (call.input.empty()) return Collection{};
  std::string out;
  for (const Value& value : call.input) {
    const auto text = value.AsString();
    if (!text) return call.Wrong("cần các chuỗi");
    if (&value != &call.input.front()) out += separator.value_or("");
    out += *text;
    TRY(call.evaluator().Spend(1 + text->size() / 64));
    if (out.size() > (2U << 20)) break;  // Text() below refuses it
  }
  return Text(call, std::move(out));
}

Result<Collection> Replace(Call& call) {
  TRY_ASSIGN(const auto texts, Gather(call));
  if (!texts) return Collection{};
  const std::string& pattern = texts->arguments[0];
  const std::string& substitution = texts->arguments[1];
  std::string out;
  if (pattern.empty()) {
    // The substitution goes around every character.
    TRY(call.evaluator().Spend((CharacterCount(texts->text) + 1) * (1 + substitution.size() / 64)));
    out = substitution;
    for (std::string_view rest = texts->text; !rest.empty() && out.size() < (2U << 20);) {
      const size_t next = CharacterOffset(rest, 1);
      out.append(rest.substr(0, next)).append(substitution);
      rest.remove_prefix(next);
    }
    return Text(call, std::move(out));
  }
  std::string_view rest = texts->text;
  for (size_t at = rest.find(pattern); at != std::string_view::npos && out.size() < (2U << 20); at = rest.find(pattern)) {
    out.append(rest.substr(0, at)).append(substitution);
    rest.remove_prefix(at + pattern.size());
  }
  return Text(call, out.append(rest));
}

Result<Collection> MatchesWith(Call& call, PatternUse use) {
  TRY_ASSIGN(const auto texts, Gather(call));
  if (!texts) return Collection{};
  TRY_ASSIGN(const bool matches, MatchesPattern(texts->text, texts->arguments[0], use));
  return One(matches);
}
Result<Collection> Matches(Call& call) { return MatchesWith(call, PatternUse::kAnywhere); }
Result<Collection> MatchesFull(Call& call) { return MatchesWith(call, PatternUse::kWhole); }
Result<Collection> ReplaceMatches(Call& call) {
  TRY_ASSIGN(const auto texts, Gather(call));
  if (!texts) return Collection{};
  if (texts->arguments[0].empty()) return Text(call, std::string(texts->text));
  TRY_ASSIGN(std::string out, ReplacePattern(texts->text, texts->arguments[0], texts->arguments[1]));
  return Text(call, std::move(out));
}

// encode, decode, escape, unescape: the argument names the form.
Result<Collection> Coded(Call& call, std::optional<std::string> (*code)(std::string_view, std::string_view)) {
  TRY_ASSIGN(const auto texts, Gather(call));
  if (!texts) return Collection{};
  auto coded = code(texts->text, texts->arguments[0]);
  return coded ? Text(call, *std::move(coded)) : Collection{};
}
Result<Collection> Encode(Call& call) { return Coded(call, EncodeText); }
Result<Collection> Decode(Call& call) { return Coded(call, DecodeText); }
Result<Collection> Escape(Call& call) { return Coded(call, EscapeText); }
Result<Collection> Unescape(Call& call) { return Coded(call, UnescapeText); }

constexpr Function kFunctions[] = {
    {"indexOf", 1, 1, IndexOf},     {"lastIndexOf", 1, 1, LastIndexOf}, {"startsWith", 1, 1, StartsWith},
    {"endsWith", 1, 1, EndsWith},   {"contains", 1, 1, Contains},       {"substring", 1, 2, Substring},
    {"upper", 0, 0, Upper},         {"lower", 0, 0, Lower},             {"trim", 0, 0, Trim},
    {"length", 0, 0, Length},       {"toChars", 0, 0, ToChars},         {"split", 1, 1, Split},
    {"join", 0, 1, Join},           {"replace", 2, 2, Replace},         {"matches", 1, 1, Matches},
    {"matchesFull", 1, 1, MatchesFull}, {"replaceMatches", 2, 2, ReplaceMatches}, {"encode", 1, 1, Encode},
    {"decode", 1, 1, Decode},       {"escape", 1, 1, Escape},           {"unescape", 1, 1, Unescape},
};

}  // namespace

std::span<const Function> TextFunctions() { return kFunctions; }

}  // namespace fhir::path
