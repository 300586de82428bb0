#include "fhir/search/parse_value.h"

#include <charconv>
#include <cmath>

#include "base/text.h"
#include "fhir/search/values.h"

namespace fhir::search {
namespace {

using base::Result;

base::Error Bad(std::string_view name, std::string_view what) {
  return base::Invalid("Tham số tìm kiếm “" + std::string(name) + "”: " + std::string(what),
                       std::string(name));
}

Prefix TakePrefix(std::string_view& text) {
  static constexpr std::pair<std::string_view, Prefix> kPrefixes[] = {
      {"eq", Prefix::kEq}, {"ne", Prefix::kNe}, {"gt", Prefix::kGt},
      {"lt", Prefix::kLt}, {"ge", Prefix::kGe}, {"le", Prefix::kLe},
      {"sa", Prefix::kSa}, {"eb", Prefix::kEb}, {"ap", Prefix::kAp}};
  for (const auto& [name, prefix] : kPrefixes) {
    if (text.starts_with(name)) {
      text.remove_prefix(2);
      return prefix;
    }
  }
  return Prefix::kEq;
}

Result<Value> ParseDateValue(std::string_view text, std::string_view name) {
  DateValue out;
  out.prefix = TakePrefix(text);
  const std::optional<TimeRange> range = ParseTimeRange(text);
  if (!range) return Bad(name, "ngày giờ không hợp lệ; ví dụ đúng: 2026-11-21 hoặc ge2026-11.");
  out.low = range->low;
  out.high = range->high;
  if (out.prefix == Prefix::kAp) {
    // "Approximately" is left to the server: one day, month … earlier and later than asked.
    const int64_t width = out.high - out.low;
    out.low -= width;
    out.high += width;
  }
  return Value(out);
}

// The digits of a decimal without point, and the power of ten of the last one.
struct Digits {
  std::string digits;
  int exponent = 0;
  bool scientific = false;
  int decimals = 0;
};

std::optional<Digits> ParseDigits(std::string_view text) {
  Digits out;
  size_t at = 0;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
    if (text[at] == '-') out.digits = "-";
    ++at;
  }
  bool point = false, any = false;
  for (; at < text.size() && (text[at] == '.' || (text[at] >= '0' && text[at] <= '9')); ++at) {
    if (text[at] == '.') {
      if (point || !any) return std::nullopt;
      point = true;
      continue;
    }
    any = true;
    out.digits += text[at];
    if (point) ++out.decimals;
  }
  if (!any || out.digits.size() > 40 || (point && out.decimals == 0)) return std::nullopt;
  out.exponent = -out.decimals;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    out.scientific = true;
    int power = 0;
    const char* from = text.data() + at + 1;
    const char* const end = text.data() + text.size();
    if (from != end && *from == '+') ++from;
    const auto [stop, error] = std::from_chars(from, end, power);
    if (error != std::errc() || stop != end || std::abs(power) > 300) return std::nullopt;
    out.exponent += power;
    at = text.size();
  }
  return at == text.size() ? std::optional(out) : std::nullopt;
}

double ToDouble(const std::string& digits, int exponent) {
  const std::string text = digits + "e" + std::to_string(exponent);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// digits + delta in the last place; both have the same sign handling as schoolbook addition.
std::string AddToLast(std::string digits, int delta) {
  const bool negative = digits.starts_with('-');
  if (negative) {
    digits.erase(0, 1);
    delta = -delta;
  }
  // |digits| ends in 0 and |delta| <= 9, so one borrow or carry at most, unless |digits| is 0.
  if (digits.find_first_not_of('0') == std::string::npos) {
    return std::string(delta < 0 ? (negative ? "" : "-") : (negative ? "-" : "")) +
           std::to_string(std::abs(delta));
  }
  for (size_t i = digits.size(); i-- > 0 && delta != 0;) {
    int digit = digits[i] - '0' + delta;
    delta = 0;
    if (digit < 0) {
      digit += 10;
      delta = -1;
    } else if (digit > 9) {
      digit -= 10;
      delta = 1;
    }
    digits[i] = static_cast<char>('0' + digit);
  }
  return (negative ? "-" : "") + digits;
}

// https://hl7.org/fhir/R4/search.html#number: "100" is [99.5, 100.5), "100.00" [99.995, 100.005),
// "1e2" [95, 105). The ends are made from the decimal digits, so that 5.35 lies in what 5.4 means.
std::optional<NumberValue> ParseNumber(std::string_view text) {
  NumberValue out;
  out.prefix = TakePrefix(text);
  const std::optional<Digits> parsed = ParseDigits(text);
  if (!parsed) return std::nullopt;
  out.value = ToDouble(parsed->digits, parsed->exponent);
  if (!std::isfinite(out.value)) return std::nullopt;
  if (out.prefix == Prefix::kAp) {
    const double tenth = std::abs(out.value) / 10;
    out.low = out.value - tenth;
    out.high = out.value + tenth;
    return out;
  }
  std::string digits = parsed->digits + "0";
  int exponent = parsed->exponent - 1;
  if (parsed->scientific && parsed->decimals == 0) {
    digits += "0";
    --exponent;
  }
  out.low = ToDouble(AddToLast(digits, -5), exponent);
  out.high = ToDouble(AddToLast(digits, 5), exponent);
  return out;
}

Result<Value> ParseNumberValue(std::string_view text, std::string_view name) {
  const std::optional<NumberValue> number = ParseNumber(text);
  if (!number) return Bad(name, "số không hợp lệ; ví dụ đúng: 5.4 hoặc gt100.");
  return Value(*number);
}

Result<Value> ParseQuantityValue(std::string_view text, std::string_view name) {
  const auto parts = SplitEscaped(text, '|');
  const std::optional<NumberValue> number = ParseNumber(parts[0]);
  if (!number || (parts.size() != 1 && parts.size() != 3)) {
    return Bad(name,
               "đại lượng không hợp lệ; ví dụ đúng: 5.4, 5.4||mg hoặc "
               "gt5.4|http://unitsofmeasure.org|mg.");
  }
  QuantityValue out{*number, std::nullopt, ""};
  if (parts.size() == 3) {
    if (!parts[1].empty()) out.system = Unescape(parts[1]);
    out.code = Unescape(parts[2]);
    if (out.system && out.code.empty()) return Bad(name, "thiếu mã đơn vị sau hệ thống đơn vị.");
  }
  return Value(out);
}

Result<Value> ParseTokenValue(std::string_view text, Modifier modifier, std::string_view name) {
  if (modifier == Modifier::kText) {
    TokenValue out{std::nullopt, Unescape(text)};
    out.folded = base::Fold(out.code);
    if (out.folded.empty()) return Bad(name, "cần ít nhất một chữ hoặc số.");
    return Value(out);
  }
  const auto parts = SplitEscaped(text, '|');
  if (modifier == Modifier::kOfType) {
    if (parts.size() != 3 || parts[1].empty() || parts[2].empty()) {
      return Bad(name, "cần viết theo dạng hệ thống|mã loại|giá trị.");
    }
    TokenValue out{std::nullopt, Unescape(parts[2])};
    out.type_code = Unescape(parts[0]) + "|" + Unescape(parts[1]);
    return Value(out);
  }
  if (parts.size() > 2) return Bad(name, "thừa dấu |; viết \\| nếu dấu này thuộc về mã.");
  if (parts.size() == 1) {
    if (text.empty()) return Bad(name, "giá trị trống.");
    return Value(TokenValue{std::nullopt, Unescape(text)});
  }
  TokenValue out{Unescape(parts[0]), Unescape(parts[1])};
  if (out.code.empty() && (out.system->empty() || modifier == Modifier::kIdentifier)) {
    return Bad(name, "thiếu mã sau dấu |.");
  }
  return Value(out);
}

Result<Value> ParseStringValue(std::string_view text, Modifier modifier, std::string_view name) {
  StringValue out;
  out.text = Unescape(text);
  out.folded = base::Fold(out.text);
  if (modifier != Modifier::kExact && out.folded.empty()) {
    return Bad(name, "cần ít nhất một chữ hoặc số.");
  }
  return Value(std::move(out));
}

Result<Value> ParseReferenceValue(const Parameter& parameter,
                                  std::optional<model::ResourceType> type, std::string_view text,
                                  std::string_view name) {
  const std::string plain = Unescape(text);
  if (plain.empty()) return Bad(name, "giá trị trống.");
  const Reference reference = ParseReference(plain);
  ReferenceValue out{reference.type, reference.id, reference.url};
  // A bare id; addresses have a slash or a colon.
  if (out.id.empty() && plain.find_first_of("/:") == std::string::npos) {
    out.id = plain;
    out.url.clear();
    if (parameter.targets.size() == 1) out.type = parameter.targets[0];
  }
  if (type) {
    if (out.id.empty() || (out.type && *out.type != *type)) {
      return Bad(name, "tham chiếu không thuộc loại tài nguyên đã nêu.");
    }
    out.type = type;
  }
  return Value(std::move(out));
}

Result<Value> ParseNearValue(std::string_view text, std::string_view name) {
  const auto parts = SplitEscaped(text, '|');
  const auto number = [&](size_t index) -> std::optional<double> {
    const auto digits = index < parts.size() ? ParseDigits(parts[index]) : std::nullopt;
    return digits ? std::optional(ToDouble(digits->digits, digits->exponent)) : std::nullopt;
  };
  const auto latitude = number(0), longitude = number(1);
  const auto distance = parts.size() > 2 ? number(2) : std::optional(10.0);
  const std::string_view unit = parts.size() > 3 ? parts[3] : "km";
  const double factor = unit == "km" ? 1 : unit == "m" ? 0.001 : unit == "[mi_us]" ? 1.609347 : 0;
  if (!latitude || !longitude || !distance || factor == 0 || parts.size() > 4 ||
      std::abs(*latitude) > 90 || std::abs(*longitude) > 180) {
    return Bad(name, "vị trí không hợp lệ; ví dụ đúng: 21.03|105.87|5|km.");
  }
  return Value(NearValue{*latitude, *longitude, *distance * factor});
}

Result<Value> ParseCompositeValue(const Parameter& parameter, std::string_view text,
                                  std::string_view name) {
  const auto parts = SplitEscaped(text, '$');
  if (parts.size() != parameter.components.size()) {
    return Bad(name, "cần " + std::to_string(parameter.components.size()) +
                         " phần, cách nhau bằng dấu $.");
  }
  CompositeValue out;
  for (size_t i = 0; i < parts.size(); ++i) {
    const Parameter& component = *FindParameter(parameter.components[i].parameter);
    TRY_ASSIGN(Value value, ParseValue(component, Modifier::kNone, std::nullopt, parts[i], name));
    out.parts.push_back(std::move(value));
  }
  return Value(std::move(out));
}

}  // namespace

std::vector<std::string_view> SplitEscaped(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  size_t start = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == separator) {
      out.push_back(text.substr(start, i - start));
      start = i + 1;
    }
  }
  out.push_back(text.substr(start));
  return out;
}

std::string Unescape(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 1 < text.size() &&
                        std::string_view(",|$\\").find(text[i + 1]) != std::string_view::npos;
    out += escape ? text[++i] : text[i];
  }
  return out;
}

Result<Value> ParseValue(const Parameter& parameter, Modifier modifier,
                         std::optional<model::ResourceType> type, std::string_view text,
                         std::string_view name) {
  switch (parameter.type) {
    case ParameterType::kNumber: return ParseNumberValue(text, name);
    case ParameterType::kDate: return ParseDateValue(text, name);
    case ParameterType::kString: return ParseStringValue(text, modifier, name);
    case ParameterType::kToken: return ParseTokenValue(text, modifier, name);
    case ParameterType::kReference:
      if (modifier == Modifier::kIdentifier) return ParseTokenValue(text, modifier, name);
      return ParseReferenceValue(parameter, type, text, name);
    case ParameterType::kComposite: return ParseCompositeValue(parameter, text, name);
    case ParameterType::kQuantity: return ParseQuantityValue(text, name);
    case ParameterType::kUri:
      if (text.empty()) return Bad(name, "giá trị trống.");
      return Value(UriValue{Unescape(text)});
    case ParameterType::kSpecial: return ParseNearValue(text, name);
  }
  return base::Internal("parameter type");
}

}  // namespace fhir::search
