#include "fhir/path/operators.h"

#include <cmath>

#include "fhir/path/comparison.h"
#include "fhir/path/ucum.h"

namespace fhir::path {

using base::Result;

namespace {

using Answer = std::optional<Value>;

// FHIRPath integers have 32 bits; what leaves them is empty.
constexpr int64_t kMaxInteger = 2'147'483'647;

Answer FromNumber(const std::optional<Number>& number) {
  if (!number) return std::nullopt;
  return Value::Decimal(*number);
}

Answer IntegerAnswer(int64_t value, int64_t a, int64_t b) {
  const auto fits = [](int64_t x) { return x >= -kMaxInteger - 1 && x <= kMaxInteger; };
  if (fits(a) && fits(b) && !fits(value)) return std::nullopt;
  return Value::Integer(value);
}

Answer Integers(Op op, int64_t a, int64_t b) {
  int64_t out = 0;
  bool overflow = false;
  if (op == Op::kAdd) {
    overflow = __builtin_add_overflow(a, b, &out);
  } else if (op == Op::kSubtract) {
    overflow = __builtin_sub_overflow(a, b, &out);
  } else if (op == Op::kMultiply) {
    overflow = __builtin_mul_overflow(a, b, &out);
  } else {
    // div and mod
    if (b == 0 || (a == INT64_MIN && b == -1)) return std::nullopt;
    out = op == Op::kDiv ? a / b : a % b;
  }
  if (overflow) return std::nullopt;
  return IntegerAnswer(out, a, b);
}

Answer Numbers(Op op, const Number& a, const Number& b) {
  if (op == Op::kAdd) return FromNumber(Number::Add(a, b));
  if (op == Op::kSubtract) return FromNumber(Number::Subtract(a, b));
  if (op == Op::kMultiply) return FromNumber(Number::Multiply(a, b));
  if (op == Op::kDivide) return FromNumber(Number::Divide(a, b));
  if (op == Op::kMod) return FromNumber(Number::Modulo(a, b));
  const auto whole = Number::DivideWhole(a, b);
  const auto integer = whole ? whole->ToInteger() : std::nullopt;
  if (!integer) return std::nullopt;
  return Value::Integer(*integer);
}

std::string ProductUnit(const std::string& a, const std::string& b, bool divide) {
  if (b == "1") return a;
  if (a == b && divide) return "1";
  if (a == "1") return divide ? "/" + b : b;
  if (a == b) {
    const auto letters = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (std::all_of(a.begin(), a.end(), letters)) return a + "2";
  }
  const bool compound = divide && b.find_first_of("./") != std::string::npos;
  return a + (divide ? "/" : ".") + (compound ? "(" + b + ")" : b);
}

Result<Answer> Quantities(Op op, const Quantity& a, const Quantity& b) {
  if (op == Op::kMultiply || op == Op::kDivide) {
    const auto value = op == Op::kMultiply ? Number::Multiply(a.value, b.value) : Number::Divide(a.value, b.value);
    if (!value) return Answer();
    // A calendar word times a number stays what it is.
    if (b.unit == "1") return Answer(Value::FromQuantity({*value, a.unit, a.calendar}));
    if (a.unit == "1" && op == Op::kMultiply) return Answer(Value::FromQuantity({*value, b.unit, b.calendar}));
    const auto code = [](const Quantity& q) { return q.calendar ? std::string(CalendarToUcum(q.unit)) : q.unit; };
    return Answer(Value::FromQuantity({*value, ProductUnit(code(a), code(b), op == Op::kDivide)}));
  }
  if (op != Op::kAdd && op != Op::kSubtract) return EvaluationError("div và mod không dùng cho đại lượng");
  Number right = b.value;
  if (a.unit != b.unit || a.calendar != b.calendar) {
    const auto code = [](const Quantity& q) { return q.calendar ? std::string(CalendarToUcum(q.unit)) : q.unit; };
    const auto from = ParseUcum(code(b));
    const auto to = ParseUcum(code(a));
    if (!from || !to) return Answer();
    const auto converted = ConvertUcum(b.value.ToDouble(), *from, *to);
    const auto number = converted ? Number::FromDouble(*converted) : std::nullopt;
    if (!number) return Answer();
    right = *number;
  }
  const auto value = op == Op::kAdd ? Number::Add(a.value, right) : Number::Subtract(a.value, right);
  if (!value) return Answer();
  return Answer(Value::FromQuantity({*value, a.unit, a.calendar}));
}

// Nanoseconds of one unit that has a fixed length; 0 for months and years.
Moment::Wide NanosPer(std::string_view ucum) {
  constexpr Moment::Wide kSecond = 1'000'000'000;
  if (ucum == "wk") return kSecond * 604'800;
  if (ucum == "d") return kSecond * 86'400;
  if (ucum == "h") return kSecond * 3'600;
  if (ucum == "min") return kSecond * 60;
  if (ucum == "s") return kSecond;
  if (ucum == "ms") return kSecond / 1000;
  return 0;
}

// https://hl7.org/fhirpath/N1/#datetime-arithmetic
Result<Answer> ShiftMoment(const Moment& moment, const Quantity& quantity, bool back) {
  // A calendar word counts as one within quotes too: @1974-12-25 - 1 'month'.
  const std::string_view word = CalendarToUcum(quantity.unit);
  const std::string_view ucum = word.empty() ? std::string_view(quantity.unit) : word;
  const Number amount = back ? -quantity.value : quantity.value;
  const auto answer = [](const std::optional<Moment>& m) { return m ? Answer(Value::FromMoment(*m)) : Answer(); };
  const bool by_months = ucum == "a" || ucum == "mo";
  if (by_months) {
    // UCUM's year and month are mean lengths; a calendar needs the words.
    if (word.empty()) return EvaluationError("cộng ngày cần 'year' hay 'month' của lịch, không phải đơn vị UCUM");
    if (moment.kind == MomentKind::kTime) return EvaluationError("không cộng được tháng năm vào giờ");
    const auto whole = amount.Truncate().ToInteger();
    if (!whole || *whole > 100'000 || *whole < -100'000) return Answer();
    int64_t months = ucum == "a" ? *whole * 12 : *whole;
    if (moment.precision == Precision::kYear) months = months / 12 * 12;
    return answer(moment.AddMonths(months));
  }
  const Moment::Wide unit = NanosPer(ucum);
  if (unit == 0) return EvaluationError("đơn vị không phải thời gian");
  // Only seconds and milliseconds keep their decimals.
  const bool fine = ucum == "s" || ucum == "ms";
  const auto total = Number::Multiply(fine ? amount : amount.Truncate(), *Number::FromUnscaled(unit, 0));
  if (!total) return Answer();
  Moment::Wide nanos = total->Truncate().unscaled();
  constexpr Moment::Wide kTenThousandYears = static_cast<Moment::Wide>(400'000'000'000LL) * 1'000'000'000;
  if (nanos > kTenThousandYears || nanos < -kTenThousandYears) return Answer();
  constexpr Moment::Wide kDay = static_cast<Moment::Wide>(86'400) * 1'000'000'000;
  // To what the value is precise to: a year has 365 days, a month 30.
  if (moment.kind != MomentKind::kTime && moment.precision < Precision::kDay) {
    const auto days = static_cast<int64_t>(nanos / kDay);
    return answer(moment.AddMonths(moment.precision == Precision::kYear ? days / 365 * 12 : days / 30));
  }
  if (moment.precision == Precision::kDay && moment.kind != MomentKind::kTime) nanos = nanos / kDay * kDay;
  if (moment.precision == Precision::kHour) nanos = nanos / (kDay / 24) * (kDay / 24);
  if (moment.precision == Precision::kMinute) nanos = nanos / (kDay / 1440) * (kDay / 1440);
  return answer(moment.AddNanos(nanos));
}

}  // namespace

Result<Answer> Arithmetic(Op op, const Value& a, const Value& b) {
  const auto a_text = a.AsString();
  const auto b_text = b.AsString();
  if (op == Op::kConcatenate || (op == Op::kAdd && a_text && b_text)) {
    if (!a_text || !b_text) return EvaluationError("phép nối cần chuỗi");
    return Answer(Value::String(std::string(*a_text) + std::string(*b_text)));
  }
  const auto a_integer = a.AsInteger();
  const auto b_integer = b.AsInteger();
  if (a_integer && b_integer && op != Op::kDivide) return Integers(op, *a_integer, *b_integer);
  const auto x = a.AsNumber();
  const auto y = b.AsNumber();
  if (x && y) return Numbers(op, *x, *y);
  const auto p = x ? std::optional(Quantity{*x, "1"}) : a.AsQuantity();
  const auto q = y ? std::optional(Quantity{*y, "1"}) : b.AsQuantity();
  if (p && q) return Quantities(op, *p, *q);
  const auto moment = a.AsMoment();
  if (moment && q && !y && (op == Op::kAdd || op == Op::kSubtract)) {
    return ShiftMoment(*moment, *q, op == Op::kSubtract);
  }
  return EvaluationError("phép tính không dùng được cho " + std::string(a.type_name()) + " và " +
                         std::string(b.type_name()));
}

Result<Answer> Negate(const Value& value) {
  if (const auto integer = value.AsInteger()) {
    if (*integer == INT64_MIN) return Answer();
    return Answer(Value::Integer(-*integer));
  }
  if (const auto number = value.AsNumber()) return Answer(Value::Decimal(-*number));
  if (auto quantity = value.AsQuantity()) {
    quantity->value = -quantity->value;
    return Answer(Value::FromQuantity(*std::move(quantity)));
  }
  return EvaluationError("dấu - cần một số");
}

}  // namespace fhir::path
