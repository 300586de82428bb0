// https://hl7.org/fhirpath/N1/#math-1; sum, min, max and avg as later versions name them.
#include <cmath>

#include "fhir/path/comparison.h"
#include "fhir/path/functions.h"
#include "fhir/path/operators.h"

namespace fhir::path {

using base::Result;

namespace {

// The one number of the input; nothing when empty.
Result<std::optional<Number>> SingleNumber(const Call& call) {
  TRY_ASSIGN(const Value* value, call.Single());
  if (value == nullptr) return std::optional<Number>();
  const auto number = value->AsNumber();
  if (!number) return call.Wrong("cần một số");
  return number;
}

Result<std::optional<Number>> NumberArgument(Call& call) {
  TRY_ASSIGN(const Collection values, call.Argument(0));
  if (values.empty()) return std::optional<Number>();
  const auto number = values.size() == 1 ? values.front().AsNumber() : std::nullopt;
  if (!number) return call.Wrong("đối số phải là một số");
  return number;
}

Collection Decimal(const std::optional<Number>& number) {
  return number ? One(Value::Decimal(*number)) : Collection{};
}

Collection Whole(const Number& number) {
  const auto integer = number.ToInteger();
  return integer ? One(Value::Integer(*integer)) : Collection{};
}

Result<Collection> Abs(Call& call) {
  TRY_ASSIGN(const Value* value, call.Single());
  if (value == nullptr) return Collection{};
  if (const auto integer = value->AsInteger()) return Whole(Number(*integer).Abs());
  if (const auto number = value->AsNumber()) return Decimal(number->Abs());
  auto quantity = value->AsQuantity();
  if (!quantity) return call.Wrong("cần một số");
  quantity->value = quantity->value.Abs();
  return One(Value::FromQuantity(*std::move(quantity)));
}

Result<Collection> Ceiling(Call& call) {
  TRY_ASSIGN(const auto number, SingleNumber(call));
  return number ? Whole(number->Ceiling()) : Collection{};
}
Result<Collection> Floor(Call& call) {
  TRY_ASSIGN(const auto number, SingleNumber(call));
  return number ? Whole(number->Floor()) : Collection{};
}
Result<Collection> Truncate(Call& call) {
  TRY_ASSIGN(const auto number, SingleNumber(call));
  return number ? Whole(number->Truncate()) : Collection{};
}

Result<Collection> Round(Call& call) {
  TRY_ASSIGN(const auto number, SingleNumber(call));
  std::optional<int64_t> digits = 0;
  if (call.argument_count() == 1) {
    TRY_ASSIGN(digits, call.IntegerArgument(0));
  }
  if (!number || !digits) return Collection{};
  if (*digits < 0) return call.Wrong("số chữ số không được âm");
  const Number rounded = number->Round(static_cast<int>(std::min<int64_t>(*digits, Number::kMaxScale)));
  return call.argument_count() == 0 ? Whole(rounded) : Decimal(rounded);
}

Result<Collection> Sqrt(Call& call) {
  TRY_ASSIGN(const auto number, SingleNumber(call));
  if (!number || number->IsNegative()) return Collection{};
  return Decimal(Number::FromDouble(std::sqrt(number->ToDouble())));
}
Result<Collection> Exp(Call& call) {
  TRY_ASSIGN(const auto number, SingleNumber(call));
  return number ? Decimal(Number::FromDouble(std::exp(number->ToDouble()))) : Collection{};
}
Result<Collection> Ln(Call& call) {
  TRY_ASSIGN(const auto number, SingleNumber(call));
  if (!number || number->IsNegative() || number->IsZero()) return Collection{};
  return Decimal(Number::FromDouble(std::log(number->ToDouble())));
}
Result<Collection> Log(Call& call) {
  TRY_ASSIGN(const auto number, SingleNumber(call));
  TRY_ASSIGN(const auto base, NumberArgument(call));
  if (!number || !base) return Collection{};
  if (number->ToDouble() <= 0 || base->ToDouble() <= 0) return Collection{};
  return Decimal(Number::FromDouble(std::log(number->ToDouble()) / std::log(base->ToDouble())));
}

Result<Collection> Power(Call& call) {
  TRY_ASSIGN(const Value* value, call.Single());
  TRY_ASSIGN(const auto number, SingleNumber(call));
  TRY_ASSIGN(const auto exponent, NumberArgument(call));
  if (!number || !exponent) return Collection{};
  const auto whole = exponent->ToInteger();
  // Exactly, while that is short; otherwise as floating point.
  if (whole && *whole >= 0 && *whole <= 64) {
    std::optional<Number> product = Number(1);
    for (int64_t i = 0; i < *whole && product; ++i) product = Number::Multiply(*product, *number);
    if (product && value->AsInteger()) return Whole(*product);
    if (product) return Decimal(product);
  }
  return Decimal(Number::FromDouble(std::pow(number->ToDouble(), exponent->ToDouble())));
}

Result<Collection> Sum(Call& call) {
  if (call.input.empty()) return One(Value::Integer(0));
  Value total = call.input.front().ToSystem();
  for (size_t i = 1; i < call.input.size(); ++i) {
    TRY_ASSIGN(const auto next, Arithmetic(Op::kAdd, total, call.input[i]));
    if (!next) return Collection{};
    total = *next;
  }
  return One(total);
}

Result<Collection> Extreme(Call& call, bool largest) {
  const Value* best = nullptr;
  for (const Value& value : call.input) {
    if (best == nullptr) {
      best = &value;
      continue;
    }
    TRY_ASSIGN(const auto order, Order(value, *best));
    if (!order) return Collection{};
    if (largest ? *order > 0 : *order < 0) best = &value;
  }
  return best == nullptr ? Collection{} : One(*best);
}
Result<Collection> Min(Call& call) { return Extreme(call, false); }
Result<Collection> Max(Call& call) { return Extreme(call, true); }

Result<Collection> Avg(Call& call) {
  if (call.input.empty()) return Collection{};
  const auto count = static_cast<int64_t>(call.input.size());
  TRY_ASSIGN(const Collection sum, Sum(call));
  if (sum.empty()) return Collection{};
  TRY_ASSIGN(const auto mean, Arithmetic(Op::kDivide, sum.front(), Value::Integer(count)));
  return mean ? One(*mean) : Collection{};
}

constexpr Function kFunctions[] = {
    {"abs", 0, 0, Abs},     {"ceiling", 0, 0, Ceiling}, {"floor", 0, 0, Floor}, {"truncate", 0, 0, Truncate},
    {"round", 0, 1, Round}, {"sqrt", 0, 0, Sqrt},       {"exp", 0, 0, Exp},     {"ln", 0, 0, Ln},
    {"log", 1, 1, Log},     {"power", 1, 1, Power},     {"sum", 0, 0, Sum},     {"min", 0, 0, Min},
    {"max", 0, 0, Max},     {"avg", 0, 0, Avg},
};

}  // namespace

std::span<const Function> MathFunctions() { return kFunctions; }

}  // namespace fhir::path
