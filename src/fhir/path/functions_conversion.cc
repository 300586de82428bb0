// toX() and convertsToX(). https://hl7.org/fhirpath/N1/#conversion
#include "base/text.h"
#include "fhir/path/functions.h"
#include "fhir/path/ucum.h"

namespace fhir::path {

using base::Result;

namespace {

using Answer = std::optional<Value>;

bool IsSignedDigits(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  return base::IsDigits(text);
}

// No exponent, no bare point.
bool IsDecimalText(std::string_view text) {
  const size_t point = text.find('.');
  if (point == std::string_view::npos) return IsSignedDigits(text);
  return IsSignedDigits(text.substr(0, point)) && base::IsDigits(text.substr(point + 1));
}

Answer ToBoolean(const Value& value) {
  if (const auto boolean = value.AsBoolean()) return Value::Boolean(*boolean);
  if (const auto number = value.AsNumber()) {
    if (*number == Number(1)) return Value::Boolean(true);
    if (*number == Number(0)) return Value::Boolean(false);
    return std::nullopt;
  }
  const auto text = value.AsString();
  if (!text) return std::nullopt;
  const std::string upper = base::ToUpper(*text);
  for (const std::string_view yes : {"TRUE", "T", "YES", "Y", "1", "1.0"}) {
    if (upper == yes) return Value::Boolean(true);
  }
  for (const std::string_view no : {"FALSE", "F", "NO", "N", "0", "0.0"}) {
    if (upper == no) return Value::Boolean(false);
  }
  return std::nullopt;
}

Answer ToInteger(const Value& value) {
  if (const auto boolean = value.AsBoolean()) return Value::Integer(*boolean ? 1 : 0);
  if (const auto integer = value.AsInteger()) return Value::Integer(*integer);
  const auto text = value.AsString();
  if (!text || !IsSignedDigits(*text)) return std::nullopt;
  const auto number = Number::Parse(*text);
  const auto integer = number ? number->ToInteger() : std::nullopt;
  if (!integer || *integer > 2'147'483'647 || *integer < -2'147'483'648LL) return std::nullopt;
  return Value::Integer(*integer);
}

Answer ToDecimal(const Value& value) {
  if (const auto boolean = value.AsBoolean()) return Value::Decimal(*Number::Parse(*boolean ? "1.0" : "0.0"));
  if (const auto number = value.AsNumber()) return Value::Decimal(*number);
  const auto text = value.AsString();
  if (!text || !IsDecimalText(*text)) return std::nullopt;
  const auto number = Number::Parse(*text);
  return number ? Answer(Value::Decimal(*number)) : std::nullopt;
}

Answer ToText(const Value& value) {
  if (value.kind() == Kind::kTypeName) return std::nullopt;
  if (value.IsElement() && value.node().IsObject()) {
    const auto quantity = value.AsQuantity();
    return quantity ? Answer(Value::String(Value::FromQuantity(*quantity).Text())) : std::nullopt;
  }
  if (!value.HasValue()) return std::nullopt;
  return Value::String(value.Text());
}

Answer FromOptional(const std::optional<Moment>& moment) {
  return moment ? Answer(Value::FromMoment(*moment)) : std::nullopt;
}

Answer ToDate(const Value& value) {
  auto moment = value.AsMoment();
  if (!moment) {
    const auto text = value.AsString();
    return text ? FromOptional(Moment::ParseDate(*text)) : std::nullopt;
  }
  if (moment->kind == MomentKind::kTime) return std::nullopt;
  return Value::FromMoment({.kind = MomentKind::kDate,
                            .precision = std::min(moment->precision, Precision::kDay),
                            .year = moment->year, .month = moment->month, .day = moment->day});
}

Answer ToDateTime(const Value& value) {
  auto moment = value.AsMoment();
  if (!moment) {
    const auto text = value.AsString();
    return text ? FromOptional(Moment::ParseDateTime(*text)) : std::nullopt;
  }
  if (moment->kind == MomentKind::kTime) return std::nullopt;
  moment->kind = MomentKind::kDateTime;
  return Value::FromMoment(*moment);
}

Answer ToTime(const Value& value) {
  const auto moment = value.AsMoment();
  if (moment) return moment->kind == MomentKind::kTime ? Answer(Value::FromMoment(*moment)) : std::nullopt;
  const auto text = value.AsString();
  return text ? FromOptional(Moment::ParseTime(*text)) : std::nullopt;
}

// 5, 5.4, 5 'mg', 5 days
Answer ParseQuantity(std::string_view text) {
  size_t end = text.starts_with('+') || text.starts_with('-') ? 1 : 0;
  while (end < text.size() && ((text[end] >= '0' && text[end] <= '9') || text[end] == '.')) ++end;
  if (!IsDecimalText(text.substr(0, end))) return std::nullopt;
  const auto number = Number::Parse(text.substr(0, end));
  if (!number) return std::nullopt;
  const std::string_view unit = base::Trim(text.substr(end));
  if (unit.empty()) return text.size() == end ? Answer(Value::FromQuantity({*number, "1"})) : std::nullopt;
  if (unit.size() > 2 && unit.front() == '\'' && unit.back() == '\'') {
    return Value::FromQuantity({*number, std::string(unit.substr(1, unit.size() - 2))});
  }
  const std::string_view word = CalendarSingular(unit);
  if (word.empty() || text[end] != ' ') return std::nullopt;
  return Value::FromQuantity({*number, std::string(word), true});
}

Answer ToQuantity(const Value& value) {
  if (const auto boolean = value.AsBoolean()) return Value::FromQuantity({*Number::Parse(*boolean ? "1.0" : "0.0"), "1"});
  if (const auto number = value.AsNumber()) return Value::FromQuantity({*number, "1"});
  if (auto quantity = value.AsQuantity()) return Value::FromQuantity(*std::move(quantity));
  const auto text = value.AsString();
  return text ? ParseQuantity(*text) : std::nullopt;
}

// The same amount in another unit.
Answer InUnit(const Answer& answer, std::string_view unit) {
  if (!answer) return std::nullopt;
  const Quantity quantity = *answer->AsQuantity();
  const std::string_view word = CalendarSingular(unit);
  if (quantity.unit == unit || (quantity.calendar && quantity.unit == word)) return answer;
  const auto from = ParseUcum(quantity.calendar ? CalendarToUcum(quantity.unit) : std::string_view(quantity.unit));
  const auto to = ParseUcum(word.empty() ? unit : CalendarToUcum(word));
  if (!from || !to) return std::nullopt;
  const auto converted = ConvertUcum(quantity.value.ToDouble(), *from, *to);
  const auto number = converted ? Number::FromDouble(*converted) : std::nullopt;
  if (!number) return std::nullopt;
  return Value::FromQuantity({*number, std::string(word.empty() ? unit : word), !word.empty()});
}

template <Answer (*kConvert)(const Value&)>
Result<Collection> To(Call& call) {
  TRY_ASSIGN(const Value* value, call.Single());
  if (value == nullptr) return Collection{};
  const Answer answer = kConvert(*value);
  return answer ? One(*answer) : Collection{};
}

template <Answer (*kConvert)(const Value&)>
Result<Collection> ConvertsTo(Call& call) {
  TRY_ASSIGN(const Value* value, call.Single());
  return value == nullptr ? Collection{} : One(kConvert(*value).has_value());
}

Result<Answer> QuantityInUnit(Call& call, const Value& value) {
  const Answer answer = ToQuantity(value);
  if (call.argument_count() == 0) return answer;
  TRY_ASSIGN(const auto unit, call.StringArgument(0));
  return unit ? InUnit(answer, *unit) : Answer();
}

Result<Collection> ToQuantityFunction(Call& call) {
  TRY_ASSIGN(const Value* value, call.Single());
  if (value == nullptr) return Collection{};
  TRY_ASSIGN(const Answer answer, QuantityInUnit(call, *value));
  return answer ? One(*answer) : Collection{};
}

Result<Collection> ConvertsToQuantity(Call& call) {
  TRY_ASSIGN(const Value* value, call.Single());
  if (value == nullptr) return Collection{};
  TRY_ASSIGN(const Answer answer, QuantityInUnit(call, *value));
  return One(answer.has_value());
}

constexpr Function kFunctions[] = {
    {"toBoolean", 0, 0, To<ToBoolean>},   {"convertsToBoolean", 0, 0, ConvertsTo<ToBoolean>},
    {"toInteger", 0, 0, To<ToInteger>},   {"convertsToInteger", 0, 0, ConvertsTo<ToInteger>},
    {"toDecimal", 0, 0, To<ToDecimal>},   {"convertsToDecimal", 0, 0, ConvertsTo<ToDecimal>},
    {"toString", 0, 0, To<ToText>},       {"convertsToString", 0, 0, ConvertsTo<ToText>},
    {"toDate", 0, 0, To<ToDate>},         {"convertsToDate", 0, 0, ConvertsTo<ToDate>},
    {"toDateTime", 0, 0, To<ToDateTime>}, {"convertsToDateTime", 0, 0, ConvertsTo<ToDateTime>},
    {"toTime", 0, 0, To<ToTime>},         {"convertsToTime", 0, 0, ConvertsTo<ToTime>},
    {"toQuantity", 0, 1, ToQuantityFunction}, {"convertsToQuantity", 0, 1, ConvertsToQuantity},
};

}  // namespace

std::span<const Function> ConversionFunctions() { return kFunctions; }

}  // namespace fhir::path
