// What a body can and cannot show: impossible values are refused, improbable ones asked about.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/decimal.h"

namespace care::visit {

enum class VitalSign {
  kTemperature,
  kPulse,
  kSystolic,
  kDiastolic,
  kRespiration,
  kSpo2,
  kWeight,
  kHeight,
};
inline constexpr size_t kVitalSignCount = 8;

struct VitalSignDefinition {
  VitalSign sign;
  std::string_view field;  // as in the API
  std::string_view label;  // Vietnamese
  std::string_view loinc;
  std::string_view unit;
  std::string_view ucum;
};

const std::array<VitalSignDefinition, kVitalSignCount>& VitalSignDefinitions();

struct Range {
  base::Decimal low;
  base::Decimal high;
  bool Holds(const base::Decimal& value) const { return low <= value && value <= high; }
};

struct VitalSignLimits {
  Range possible;  // outside: refused
  Range probable;  // outside: asked about
  Range critical;  // outside: the doctor is warned
};

// By age in months; an unknown age (-1) gets the adult's limits widened to the child's.
VitalSignLimits LimitsFor(VitalSign sign, int age_months);

// kg / (m * m) with one digit; unset without both or for a height under 40 cm.
std::optional<base::Decimal> BodyMassIndex(const std::optional<base::Decimal>& weight_kg,
                                           const std::optional<base::Decimal>& height_cm);

}  // namespace care::visit
