// Decimal: an exact decimal number for money and quantities; never binary floating point.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace base {

// unscaled * 10^-scale, |unscaled| < 10^30, 0 <= scale <= 12. Operations that would leave that
// range CHECK: quantities and prices are bounded where they enter.
class Decimal {
 public:
  constexpr Decimal() = default;
  constexpr Decimal(int64_t whole) : unscaled_(whole) {}  // NOLINT: implicit, whole numbers are exact

  // "12", "-0.5", "1234.567"; no exponent, no separators, at most 18 digits before and 6 after the
  // point. kInvalid otherwise.
  static Result<Decimal> Parse(std::string_view text);
  static Decimal FromUnscaled(int64_t unscaled, int scale);

  Decimal operator+(const Decimal& other) const;
  Decimal operator-(const Decimal& other) const;
  Decimal operator*(const Decimal& other) const;
  Decimal operator-() const;
  Decimal& operator+=(const Decimal& other) { return *this = *this + other; }
  Decimal& operator-=(const Decimal& other) { return *this = *this - other; }

  // Half away from zero, the reading of "làm tròn" in QĐ 4750/QĐ-BYT (vietnam.md §3.4).
  Decimal Round(int digits) const;
  // this * numerator / denominator, rounded half away from zero to `digits`.
  Decimal MulDiv(int64_t numerator, int64_t denominator, int digits) const;

  std::strong_ordering operator<=>(const Decimal& other) const;
  bool operator==(const Decimal& other) const { return (*this <=> other) == 0; }

  bool IsNegative() const { return unscaled_ < 0; }
  bool IsZero() const { return unscaled_ == 0; }
  // The whole number, if it is one and fits.
  Result<int64_t> ToInteger() const;
  // Shortest form: "12", "0.5".
  std::string ToString() const;
  // Exactly `digits` places after the point, rounding if needed: "12.50".
  std::string ToFixed(int digits) const;

 private:
  __extension__ typedef __int128 Wide;
  static Wide Pow10(int exponent);
  static Wide DivideRounding(Wide numerator, Wide denominator);
  static Decimal Make(Wide unscaled, int scale);
  Wide UnscaledAt(int scale) const;

  Wide unscaled_ = 0;
  int scale_ = 0;
};

}  // namespace base
