// Number: the decimals and integers of FHIRPath: exact, with the precision they were written in.
// Operations that leave the range give nothing, as FHIRPath asks of overflow.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fhir::path {

// unscaled * 10^-scale, |unscaled| < 10^37, 0 <= scale <= 30. base::Decimal is for money and stops
// at six places; FHIR asks for 18 digits and FHIRPath for 28 digits with 8 places.
class Number {
 public:
  __extension__ typedef __int128 Wide;
  static constexpr int kMaxScale = 30;

  constexpr Number() = default;
  constexpr Number(int64_t whole) : unscaled_(whole) {}  // NOLINT: implicit, whole numbers are exact

  // Digits as JSON or FHIRPath writes them, with sign and exponent; trailing zeros count.
  static std::optional<Number> Parse(std::string_view text);
  static std::optional<Number> FromUnscaled(Wide unscaled, int scale);
  // The nearest decimal of about 15 significant digits; nothing for NaN and infinity.
  static std::optional<Number> FromDouble(double value);

  Wide unscaled() const { return unscaled_; }
  int scale() const { return scale_; }

  static std::optional<Number> Add(const Number& a, const Number& b);
  static std::optional<Number> Subtract(const Number& a, const Number& b) { return Add(a, -b); }
  static std::optional<Number> Multiply(const Number& a, const Number& b);
  // Nothing when b is zero; otherwise rounded to at least 10 places.
  static std::optional<Number> Divide(const Number& a, const Number& b);
  // Towards zero, and what is left; nothing when b is zero.
  static std::optional<Number> DivideWhole(const Number& a, const Number& b);
  static std::optional<Number> Modulo(const Number& a, const Number& b);
  Number operator-() const;

  Number Abs() const { return unscaled_ < 0 ? -*this : *this; }
  Number Truncate() const;
  Number Floor() const;
  Number Ceiling() const;
  // To `digits` places, half away from zero; unchanged if it has no more.
  Number Round(int digits) const;
  // The same number with exactly `scale` places, if that loses nothing and fits.
  std::optional<Number> WithScale(int scale) const;
  Number WithoutTrailingZeros() const;

  bool IsZero() const { return unscaled_ == 0; }
  bool IsNegative() const { return unscaled_ < 0; }
  std::optional<int64_t> ToInteger() const;  // only if it is whole
  double ToDouble() const;
  std::string ToString() const;  // with its precision: "1.50"

  std::strong_ordering operator<=>(const Number& other) const;
  bool operator==(const Number& other) const { return (*this <=> other) == 0; }

 private:
  constexpr Number(Wide unscaled, int scale) : unscaled_(unscaled), scale_(scale) {}
  Wide unscaled_ = 0;
  int scale_ = 0;
};

}  // namespace fhir::path
