// The nurse's line: vital signs with plausibility and body mass index.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "care/shared/endpoint.h"
#include "care/visit/vital_sign_limits.h"

namespace care::visit {

struct VitalSignValues {
  std::array<std::optional<base::Decimal>, kVitalSignCount> values;
  std::optional<base::Decimal>& at(VitalSign sign) { return values[static_cast<size_t>(sign)]; }
  const std::optional<base::Decimal>& at(VitalSign sign) const {
    return values[static_cast<size_t>(sign)];
  }
  bool empty() const;
};

struct VitalSignFlag {
  std::string field;
  bool critical = false;
  std::string text;
};

struct RecordVitalSignsInput {
  std::string encounter_id;
  VitalSignValues values;
  std::vector<std::string> confirmed;  // fields whose improbable value the nurse stands by
};

// One set of signs taken together, as read back.
struct VitalSignSet {
  std::string at;
  std::string by;
  VitalSignValues values;
  std::optional<base::Decimal> bmi;
  std::vector<VitalSignFlag> flags;
};

// kInvalid for an impossible value, kUnprocessable for an improbable one not confirmed; both name the
// field. A visit waiting for the nurse moves on to the doctor's list.
base::Result<VitalSignSet> RecordVitalSigns(const RecordVitalSignsInput& input,
                                            shared::Context& context);

// All sets of a visit, the newest first.
base::Result<std::vector<VitalSignSet>> ReadVitalSigns(shared::Context& context,
                                                       const std::string& encounter_id,
                                                       int age_months);

// -1 when the birth date is unknown.
int AgeInMonthsOf(const base::Json& patient, base::Date on);

base::Json ToJson(const VitalSignSet& set);

}  // namespace care::visit
