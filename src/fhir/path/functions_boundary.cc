// lowBoundary(), highBoundary(), precision(), comparable(): what imprecise values may stand for.
// https://hl7.org/fhirpath/#boundaries
#include "fhir/path/comparison.h"
#include "fhir/path/functions.h"

namespace fhir::path {

using base::Result;

namespace {

constexpr int64_t kMaxDecimalPrecision = 28;

// The value minus or plus half of its last digit, to `places`: outwards when that is fewer.
std::optional<Number> Boundary(const Number& number, int64_t places, bool high) {
  if (places < 0 || places > kMaxDecimalPrecision) return std::nullopt;
  const auto half = Number::FromUnscaled(5, number.scale() + 1);
  if (!half) return std::nullopt;
  const auto bound = high ? Number::Add(number, *half) : Number::Subtract(number, *half);
  if (!bound) return std::nullopt;
  const int scale = static_cast<int>(places);
  if (bound->scale() <= scale) return bound->WithScale(scale);
  const auto power = Number::FromUnscaled(1, scale);
  const auto steps = Number::Divide(*bound, *power);
  if (!steps) return std::nullopt;
  return Number::FromUnscaled((high ? steps->Ceiling() : steps->Floor()).unscaled(), scale);
}

// How many digits a moment is written with: 4 for a year up to 17 with milliseconds.
int Digits(const Moment& moment) {
  const bool time = moment.kind == MomentKind::kTime;
  switch (moment.precision) {
    case Precision::kYear: return 4;
    case Precision::kMonth: return 6;
    case Precision::kDay: return 8;
    case Precision::kHour: return time ? 2 : 10;
    case Precision::kMinute: return time ? 4 : 12;
    case Precision::kSecond: return time ? 6 : 14;
    case Precision::kFraction: break;
  }
  return (time ? 6 : 14) + moment.fraction_digits;
}

std::optional<Precision> PrecisionOf(MomentKind kind, int64_t digits) {
  if (kind == MomentKind::kTime) digits += 8;
  if (kind == MomentKind::kDate && digits > 8) return std::nullopt;
  switch (digits) {
    case 4: return kind == MomentKind::kTime ? std::nullopt : std::optional(Precision::kYear);
    case 6: return kind == MomentKind::kTime ? std::nullopt : std::optional(Precision::kMonth);
    case 8: return kind == MomentKind::kTime ? std::nullopt : std::optional(Precision::kDay);
    case 10: return Precision::kHour;
    case 12: return Precision::kMinute;
    case 14: return Precision::kSecond;
    case 17: return Precision::kFraction;
    default: return std::nullopt;
  }
}

std::optional<Moment> Boundary(const Moment& moment, std::optional<int64_t> digits, bool high) {
  const int64_t full = moment.kind == MomentKind::kDate ? 8 : moment.kind == MomentKind::kTime ? 9 : 17;
  const auto precision = PrecisionOf(moment.kind, digits.value_or(full));
  if (!precision) return std::nullopt;
  Moment out = high ? moment.Latest() : moment.Earliest();
  out.precision = *precision;
  out.fraction_digits = *precision == Precision::kFraction ? 3 : 0;
  if (*precision < Precision::kHour) out.offset_minutes = std::nullopt;
  return out;
}

Result<Collection> BoundaryOf(Call& call, bool high) {
  TRY_ASSIGN(const Value* value, call.Single());
  std::optional<int64_t> precision;
  if (call.argument_count() == 1) {
    TRY_ASSIGN(precision, call.IntegerArgument(0));
    if (!precision) return Collection{};
  }
  if (value == nullptr) return Collection{};
  if (const auto moment = value->AsMoment()) {
    const auto bound = Boundary(*moment, precision, high);
    return bound ? One(Value::FromMoment(*bound)) : Collection{};
  }
  if (const auto number = value->AsNumber()) {
    const auto bound = Boundary(*number, precision.value_or(8), high);
    return bound ? One(Value::Decimal(*bound)) : Collection{};
  }
  auto quantity = value->AsQuantity();
  if (!quantity) {
    if (!value->HasValue()) return Collection{};
    return call.Wrong("cần số, ngày giờ hoặc đại lượng");
  }
  const auto bound = Boundary(quantity->value, precision.value_or(8), high);
  if (!bound) return Collection{};
  quantity->value = *bound;
  return One(Value::FromQuantity(*std::move(quantity)));
}
Result<Collection> LowBoundary(Call& call) { return BoundaryOf(call, false); }
Result<Collection> HighBoundary(Call& call) { return BoundaryOf(call, true); }

Result<Collection> PrecisionFunction(Call& call) {
  TRY_ASSIGN(const Value* value, call.Single());
  if (value == nullptr) return Collection{};
  if (const auto moment = value->AsMoment()) return One(Value::Integer(Digits(*moment)));
  if (const auto number = value->AsNumber()) return One(Value::Integer(number->scale()));
  return call.Wrong("cần số hoặc ngày giờ");
}

Result<Collection> ComparableFunction(Call& call) {
  TRY_ASSIGN(const Value* value, call.Single());
  TRY_ASSIGN(const Collection other, call.Argument(0));
  if (value == nullptr || other.empty()) return Collection{};
  const auto a = value->AsQuantity();
  const auto b = other.size() == 1 ? other.front().AsQuantity() : std::nullopt;
  if (!a || !b) return call.Wrong("cần đại lượng");
  return One(Comparable(*a, *b));
}

constexpr Function kFunctions[] = {
    {"lowBoundary", 0, 1, LowBoundary},
    {"highBoundary", 0, 1, HighBoundary},
    {"precision", 0, 0, PrecisionFunction},
    {"comparable", 1, 1, ComparableFunction},
};

}  // namespace

std::span<const Function> BoundaryFunctions() { return kFunctions; }

}  // namespace fhir::path
