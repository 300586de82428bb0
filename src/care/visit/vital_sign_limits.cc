#include "care/visit/vital_sign_limits.h"

namespace care::visit {

using base::Decimal;

namespace {

// Project's own table, for typing errors, not for diagnosis: "possible" is what has been survived or
// measured at all, "probable" what a station sees, "critical" what needs the doctor now. Child bands
// follow the usual paediatric early-warning bands; a station head may replace the table.
struct Band {
  VitalSign sign;
  int from_months;  // the first age this band is for
  int possible_low, possible_high;
  int probable_low, probable_high;
  int critical_low, critical_high;
};

// Tenths of the unit, so that 36.5 °C is 365.
constexpr Band kBands[] = {
    {VitalSign::kTemperature, 0, 250, 450, 350, 410, 355, 395},
    {VitalSign::kPulse, 0, 300, 3000, 800, 2000, 900, 1800},
    {VitalSign::kPulse, 12, 250, 2800, 600, 1800, 700, 1600},
    {VitalSign::kPulse, 72, 200, 2500, 500, 1500, 500, 1300},
    {VitalSign::kPulse, 180, 200, 2500, 400, 1500, 450, 1300},
    {VitalSign::kSystolic, 0, 300, 2000, 500, 1200, 600, 1200},
    {VitalSign::kSystolic, 72, 400, 2600, 700, 1500, 750, 1500},
    {VitalSign::kSystolic, 180, 400, 3000, 800, 2000, 900, 1800},
    {VitalSign::kDiastolic, 0, 150, 1500, 250, 900, 250, 900},
    {VitalSign::kDiastolic, 72, 200, 1800, 400, 1000, 400, 1000},
    {VitalSign::kDiastolic, 180, 200, 2000, 400, 1200, 500, 1100},
    {VitalSign::kRespiration, 0, 50, 1200, 200, 700, 250, 600},
    {VitalSign::kRespiration, 12, 50, 1000, 150, 500, 200, 400},
    {VitalSign::kRespiration, 72, 40, 800, 100, 400, 120, 300},
    {VitalSign::kSpo2, 0, 300, 1000, 850, 1000, 920, 1000},
    {VitalSign::kWeight, 0, 3, 350, 15, 200, 0, 3500},
    {VitalSign::kWeight, 12, 30, 600, 60, 300, 0, 6000},
    {VitalSign::kWeight, 72, 80, 2000, 120, 900, 0, 20000},
    {VitalSign::kWeight, 180, 200, 3500, 300, 1500, 0, 35000},
    {VitalSign::kHeight, 0, 200, 1200, 400, 900, 0, 30000},
    {VitalSign::kHeight, 12, 400, 1500, 600, 1300, 0, 30000},
    {VitalSign::kHeight, 72, 600, 2200, 950, 1850, 0, 30000},
    {VitalSign::kHeight, 180, 600, 2600, 1300, 2000, 0, 30000},
};

Range Tenths(int low, int high) {
  return {Decimal::FromUnscaled(low, 1), Decimal::FromUnscaled(high, 1)};
}

}  // namespace

const std::array<VitalSignDefinition, kVitalSignCount>& VitalSignDefinitions() {
  static constexpr std::array<VitalSignDefinition, kVitalSignCount> kDefinitions = {{
      {VitalSign::kTemperature, "temperature", "nhiệt độ", "8310-5", "°C", "Cel"},
      {VitalSign::kPulse, "pulse", "mạch", "8867-4", "lần/phút", "/min"},
      {VitalSign::kSystolic, "systolic", "huyết áp tối đa", "8480-6", "mmHg", "mm[Hg]"},
      {VitalSign::kDiastolic, "diastolic", "huyết áp tối thiểu", "8462-4", "mmHg", "mm[Hg]"},
      {VitalSign::kRespiration, "respiration", "nhịp thở", "9279-1", "lần/phút", "/min"},
      {VitalSign::kSpo2, "spo2", "SpO2", "2708-6", "%", "%"},
      {VitalSign::kWeight, "weight", "cân nặng", "29463-7", "kg", "kg"},
      {VitalSign::kHeight, "height", "chiều cao", "8302-2", "cm", "cm"},
  }};
  return kDefinitions;
}

VitalSignLimits LimitsFor(VitalSign sign, int age_months) {
  const Band* chosen = nullptr;
  const Band* youngest = nullptr;
  for (const Band& band : kBands) {
    if (band.sign != sign) continue;
    if (youngest == nullptr) youngest = &band;
    if (chosen == nullptr || age_months < 0 || band.from_months <= age_months) chosen = &band;
  }
  VitalSignLimits limits{Tenths(chosen->possible_low, chosen->possible_high),
                         Tenths(chosen->probable_low, chosen->probable_high),
                         Tenths(chosen->critical_low, chosen->critical_high)};
  if (age_months < 0) {
    const Range possible = Tenths(youngest->possible_low, youngest->possible_high);
    limits.possible.low = std::min(limits.possible.low, possible.low);
    limits.possible.high = std::max(limits.possible.high, possible.high);
  }
  return limits;
}

std::optional<Decimal> BodyMassIndex(const std::optional<Decimal>& weight_kg,
                                     const std::optional<Decimal>& height_cm) {
  if (!weight_kg || !height_cm || *height_cm < Decimal(40)) return std::nullopt;
  // weight / (height/100)^2 = weight * 10000 / height^2, height in tenths of a centimetre.
  const auto tenths = (height_cm->Round(1) * Decimal(10)).ToInteger();
  if (!tenths.ok()) return std::nullopt;
  return weight_kg->Round(3).MulDiv(1'000'000, *tenths * *tenths, 1);
}

}  // namespace care::visit
