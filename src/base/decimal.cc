#include "base/decimal.h"

#include <algorithm>

namespace base {

Decimal::Wide Decimal::Pow10(int exponent) {
  CHECK(exponent >= 0 && exponent <= 36);
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

Decimal::Wide Decimal::DivideRounding(Wide numerator, Wide denominator) {
  const bool negative = (numerator < 0) != (denominator < 0);
  const Wide n = numerator < 0 ? -numerator : numerator;
  const Wide d = denominator < 0 ? -denominator : denominator;
  const Wide quotient = n / d;
  const Wide rounded = (n % d) * 2 >= d ? quotient + 1 : quotient;
  return negative ? -rounded : rounded;
}

Decimal Decimal::Make(Wide unscaled, int scale) {
  while (scale > 0 && unscaled % 10 == 0) {
    unscaled /= 10;
    --scale;
  }
  const Wide limit = Pow10(30);
  CHECK(scale <= 12 && unscaled < limit && unscaled > -limit);
  Decimal result;
  result.unscaled_ = unscaled;
  result.scale_ = scale;
  return result;
}

Decimal::Wide Decimal::UnscaledAt(int scale) const { return unscaled_ * Pow10(scale - scale_); }

Result<Decimal> Decimal::Parse(std::string_view text) {
  const Error invalid = Invalid("Số không hợp lệ: dùng chữ số và dấu chấm thập phân.");
  bool negative = false;
  if (!text.empty() && text.front() == '-') {
    negative = true;
    text.remove_prefix(1);
  }
  const size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (whole.empty() || whole.size() > 18 || fraction.size() > 6) return invalid;
  if (point != std::string_view::npos && fraction.empty()) return invalid;
  Wide unscaled = 0;
  for (std::string_view part : {whole, fraction}) {
    for (char c : part) {
      if (c < '0' || c > '9') return invalid;
      unscaled = unscaled * 10 + (c - '0');
    }
  }
  return Make(negative ? -unscaled : unscaled, static_cast<int>(fraction.size()));
}

Decimal Decimal::FromUnscaled(int64_t unscaled, int scale) { return Make(unscaled, scale); }

Decimal Decimal::operator+(const Decimal& other) const {
  const int scale = std::max(scale_, other.scale_);
  return Make(UnscaledAt(scale) + other.UnscaledAt(scale), scale);
}

Decimal Decimal::operator-(const Decimal& other) const { return *this + (-other); }

Decimal Decimal::operator*(const Decimal& other) const {
  const Wide limit = Pow10(18);
  CHECK(unscaled_ < limit && unscaled_ > -limit && other.unscaled_ < limit &&
        other.unscaled_ > -limit);
  return Make(unscaled_ * other.unscaled_, scale_ + other.scale_);
}

Decimal Decimal::operator-() const { return Make(-unscaled_, scale_); }

Decimal Decimal::Round(int digits) const {
  if (scale_ <= digits) return *this;
  return Make(DivideRounding(unscaled_, Pow10(scale_ - digits)), digits);
}

Decimal Decimal::MulDiv(int64_t numerator, int64_t denominator, int digits) const {
  CHECK(denominator != 0);
  const Wide limit = Pow10(18);
  CHECK(unscaled_ < limit && unscaled_ > -limit && numerator < 1'000'000'000'000 &&
        numerator > -1'000'000'000'000);
  // unscaled * numerator / denominator * 10^(digits - scale), in one rounding.
  Wide top = unscaled_ * numerator;
  Wide bottom = denominator;
  if (digits >= scale_) {
    top *= Pow10(digits - scale_);
  } else {
    bottom *= Pow10(scale_ - digits);
  }
  return Make(DivideRounding(top, bottom), digits);
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  const int scale = std::max(scale_, other.scale_);
  const Wide a = UnscaledAt(scale);
  const Wide b = other.UnscaledAt(scale);
  if (a < b) return std::strong_ordering::less;
  return a > b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

Result<int64_t> Decimal::ToInteger() const {
  if (scale_ != 0 || unscaled_ > INT64_MAX || unscaled_ < INT64_MIN) {
    return Invalid("Cần một số nguyên.");
  }
  return static_cast<int64_t>(unscaled_);
}

std::string Decimal::ToString() const { return ToFixed(scale_); }

std::string Decimal::ToFixed(int digits) const {
  Wide value = scale_ > digits ? DivideRounding(unscaled_, Pow10(scale_ - digits)) : UnscaledAt(digits);
  const bool negative = value < 0;
  if (negative) value = -value;
  std::string reversed;
  for (int i = 0; i < digits; ++i, value /= 10) reversed += static_cast<char>('0' + value % 10);
  if (digits > 0) reversed += '.';
  do {
    reversed += static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value > 0);
  if (negative) reversed += '-';
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

}  // namespace base
