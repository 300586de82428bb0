#include "fhir/path/number.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace fhir::path {
namespace {

using Wide = Number::Wide;

constexpr int kMaxDigits = 37;
constexpr int kQuotientPlaces = 12;

constexpr Wide Pow10(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

constexpr Wide kLimit = Pow10(kMaxDigits);

bool InRange(Wide value) { return value > -kLimit && value < kLimit; }

std::optional<Wide> CheckedMultiply(Wide a, Wide b) {
  Wide product = 0;
  if (__builtin_mul_overflow(a, b, &product) || !InRange(product)) return std::nullopt;
  return product;
}

// Half away from zero.
Wide DivideRounding(Wide numerator, Wide denominator) {
  Wide quotient = numerator / denominator;
  const Wide rest = numerator % denominator;
  const Wide magnitude = rest < 0 ? -rest : rest;
  const Wide size = denominator < 0 ? -denominator : denominator;
  if (magnitude >= size - magnitude) quotient += (numerator < 0) == (denominator < 0) ? 1 : -1;
  return quotient;
}

struct Aligned {
  Wide a;
  Wide b;
  int scale;
};

std::optional<Aligned> Align(Wide a, int a_scale, Wide b, int b_scale) {
  const int scale = std::max(a_scale, b_scale);
  const auto left = CheckedMultiply(a, Pow10(scale - a_scale));
  const auto right = CheckedMultiply(b, Pow10(scale - b_scale));
  if (!left || !right) return std::nullopt;
  return Aligned{*left, *right, scale};
}

}  // namespace

std::optional<Number> Number::FromUnscaled(Wide unscaled, int scale) {
  if (scale < 0) {
    if (scale < -kMaxDigits) return std::nullopt;
    const auto grown = CheckedMultiply(unscaled, Pow10(-scale));
    if (!grown) return std::nullopt;
    return Number(*grown, 0);
  }
  // Places beyond the last that is kept are rounded off.
  while (scale > kMaxScale) {
    const int drop = std::min(scale - kMaxScale, 18);
    unscaled = DivideRounding(unscaled, Pow10(drop));
    scale -= drop;
  }
  if (!InRange(unscaled)) return std::nullopt;
  return Number(unscaled, scale);
}

std::optional<Number> Number::Parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  Wide unscaled = 0;
  int scale = 0;
  size_t at = 0;
  bool point = false;
  bool digits = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !point) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      digits = true;
      if (unscaled >= kLimit / 10) {
        if (!point) return std::nullopt;
        continue;  // more places than can be kept
      }
      unscaled = unscaled * 10 + (c - '0');
      if (point) ++scale;
    } else {
      break;
    }
  }
  if (!digits || text.starts_with('.') || (at > 0 && text[at - 1] == '.')) return std::nullopt;
  int exponent = 0;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    ++at;
    const bool down = at < text.size() && text[at] == '-';
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (at == text.size()) return std::nullopt;
    for (; at < text.size(); ++at) {
      if (text[at] < '0' || text[at] > '9' || exponent > 1000) return std::nullopt;
      exponent = exponent * 10 + (text[at] - '0');
    }
    if (down) exponent = -exponent;
  }
  if (unscaled == 0 && exponent > 0) exponent = 0;
  return FromUnscaled(negative ? -unscaled : unscaled, scale - exponent);
}

std::optional<Number> Number::FromDouble(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.15g", value);
  auto number = Parse(buffer);
  if (number) return number->WithoutTrailingZeros();
  return number;
}

std::optional<Number> Number::Add(const Number& a, const Number& b) {
  const auto aligned = Align(a.unscaled_, a.scale_, b.unscaled_, b.scale_);
  if (!aligned) return std::nullopt;
  return FromUnscaled(aligned->a + aligned->b, aligned->scale);
}

std::optional<Number> Number::Multiply(const Number& a, const Number& b) {
  auto product = CheckedMultiply(a.unscaled_, b.unscaled_);
  if (product) return FromUnscaled(*product, a.scale_ + b.scale_);
  const Number x = a.WithoutTrailingZeros();
  const Number y = b.WithoutTrailingZeros();
  product = CheckedMultiply(x.unscaled_, y.unscaled_);
  if (product) return FromUnscaled(*product, x.scale_ + y.scale_);
  return FromDouble(a.ToDouble() * b.ToDouble());
}

std::optional<Number> Number::Divide(const Number& a, const Number& b) {
  if (b.IsZero()) return std::nullopt;
  const int least = std::max(a.scale_, b.scale_);
  const int places = std::max(least, kQuotientPlaces);
  // a/10^as / (b/10^bs) = a * 10^(places + bs - as) / b / 10^places
  const int shift = places + b.scale_ - a.scale_;
  const auto numerator = CheckedMultiply(a.unscaled_, Pow10(std::min(shift, kMaxDigits)));
  if (!numerator || shift > kMaxDigits) return FromDouble(a.ToDouble() / b.ToDouble());
  auto quotient = FromUnscaled(DivideRounding(*numerator, b.unscaled_), places);
  while (quotient && quotient->scale_ > 0 && quotient->unscaled_ % 10 == 0) {
    quotient = Number(quotient->unscaled_ / 10, quotient->scale_ - 1);
  }
  return quotient;
}

std::optional<Number> Number::DivideWhole(const Number& a, const Number& b) {
  if (b.IsZero()) return std::nullopt;
  const auto aligned = Align(a.unscaled_, a.scale_, b.unscaled_, b.scale_);
  if (!aligned) return std::nullopt;
  return Number(aligned->a / aligned->b, 0);
}

std::optional<Number> Number::Modulo(const Number& a, const Number& b) {
  if (b.IsZero()) return std::nullopt;
  const auto aligned = Align(a.unscaled_, a.scale_, b.unscaled_, b.scale_);
  if (!aligned) return std::nullopt;
  return Number(aligned->a % aligned->b, aligned->scale);
}

Number Number::operator-() const { return Number(-unscaled_, scale_); }

Number Number::Truncate() const { return Number(unscaled_ / Pow10(scale_), 0); }

Number Number::Floor() const {
  const Number whole = Truncate();
  return unscaled_ < 0 && whole != *this ? Number(whole.unscaled_ - 1, 0) : whole;
}

Number Number::Ceiling() const { return -((-*this).Floor()); }

Number Number::Round(int digits) const {
  if (digits >= scale_) return *this;
  const int drop = std::min(scale_ - std::max(digits, 0), kMaxDigits);
  return Number(DivideRounding(unscaled_, Pow10(drop)), scale_ - drop);
}

std::optional<Number> Number::WithScale(int scale) const {
  if (scale < 0 || scale > kMaxScale) return std::nullopt;
  if (scale >= scale_) {
    const auto grown = CheckedMultiply(unscaled_, Pow10(scale - scale_));
    if (!grown) return std::nullopt;
    return Number(*grown, scale);
  }
  const Wide power = Pow10(scale_ - scale);
  if (unscaled_ % power != 0) return std::nullopt;
  return Number(unscaled_ / power, scale);
}

Number Number::WithoutTrailingZeros() const {
  Number shorter = *this;
  while (shorter.scale_ > 0 && shorter.unscaled_ % 10 == 0) {
    shorter = Number(shorter.unscaled_ / 10, shorter.scale_ - 1);
  }
  return shorter;
}

std::optional<int64_t> Number::ToInteger() const {
  const Number whole = WithoutTrailingZeros();
  if (whole.scale_ != 0 || whole.unscaled_ > INT64_MAX || whole.unscaled_ < INT64_MIN) return std::nullopt;
  return static_cast<int64_t>(whole.unscaled_);
}

double Number::ToDouble() const {
  return static_cast<double>(static_cast<long double>(unscaled_) /
                             static_cast<long double>(Pow10(scale_)));
}

std::string Number::ToString() const {
  Wide magnitude = unscaled_ < 0 ? -unscaled_ : unscaled_;
  std::string digits;
  do {
    digits += static_cast<char>('0' + static_cast<int>(magnitude % 10));
    magnitude /= 10;
  } while (magnitude != 0);
  while (digits.size() <= static_cast<size_t>(scale_)) digits += '0';
  if (scale_ > 0) digits.insert(static_cast<size_t>(scale_), ".");
  if (unscaled_ < 0) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

std::strong_ordering Number::operator<=>(const Number& other) const {
  if (const auto aligned = Align(unscaled_, scale_, other.unscaled_, other.scale_)) {
    return aligned->a <=> aligned->b;
  }
  // Too far apart to align: the whole parts decide, else the one with more digits is larger.
  const Number a = Truncate();
  const Number b = other.Truncate();
  if (a.unscaled_ != b.unscaled_) return a.unscaled_ <=> b.unscaled_;
  const Number x = WithoutTrailingZeros();
  const Number y = other.WithoutTrailingZeros();
  const auto shorter = Align(x.unscaled_, x.scale_, y.unscaled_, y.scale_);
  if (shorter) return shorter->a <=> shorter->b;
  return x.ToDouble() < y.ToDouble() ? std::strong_ordering::less : std::strong_ordering::greater;
}

}  // namespace fhir::path
