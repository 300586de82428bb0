// UCUM: units of measure as powers of seven base units, so that quantities can be compared and
// converted. https://ucum.org/ucum
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fhir::path {

struct UcumUnit {
  // metre, second, gram, radian, kelvin, coulomb, candela
  std::array<int8_t, 7> dimensions{};
  double factor = 1;  // to the base units
  double offset = 0;  // added after the factor: degrees Celsius and Fahrenheit only

  bool SameDimensions(const UcumUnit& other) const { return dimensions == other.dimensions; }
};

// Case-sensitive codes: "mg", "mmol/L", "10*3/uL", "mm[Hg]", "{score}", "kg/m2". Nothing if a part is
// unknown. Not covered: logarithmic units (pH, B, Np, the PFU scales), homeopathic potencies and
// arbitrary units as measures of each other (each [iU]-like unit is its own dimensionless one).
std::optional<UcumUnit> ParseUcum(std::string_view code);

// value * factor + offset of `from`, in `to`; nothing when the dimensions differ.
std::optional<double> ConvertUcum(double value, const UcumUnit& from, const UcumUnit& to);

// The UCUM code that a FHIRPath calendar word stands for ("days" -> "d"); "" if it is no such word.
std::string_view CalendarToUcum(std::string_view word);
// "days" -> "day"; "" if it is no calendar word.
std::string_view CalendarSingular(std::string_view word);

}  // namespace fhir::path
