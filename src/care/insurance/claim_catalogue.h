// What the checker asks of catalogues. Each answer may be "no such list here", so that any file can
// be checked on any machine.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "base/time.h"

namespace care::insurance {

enum class CodeList {
  kDiagnosis,
  kFacility,
  kCommune,
  kDepartment,
  kMachine,
  kPractitioner,
  kDrug
};
enum class Listed { kNoList, kNo, kYes };

// Columns 24 to 29 of the official ICD-10 list (TT 06/2026), as they bind on the day asked.
struct DiagnosisFlags {
  bool not_main = false;
  bool discouraged_main = false;
  bool finer_code_exists = false;
  bool death_only = false;
  bool female_only = false;
  bool male_only = false;
};

struct ApprovedDrug {
  std::string name;
  std::string strength;
  std::string registration_number;
  base::Decimal price;
};

class ClaimCatalogue {
 public:
  virtual ~ClaimCatalogue() = default;
  virtual Listed Contains(CodeList list, std::string_view code, base::Date on) const = 0;
  // Only asked for listed codes.
  virtual DiagnosisFlags Diagnosis(std::string_view code, base::Date on) const = 0;
  // The approved row of a substance code and registration number.
  virtual std::optional<ApprovedDrug> Drug(std::string_view code, std::string_view registration,
                                           base::Date on) const = 0;
  // What the fund may be charged for a service; none = not known here.
  virtual std::optional<base::Decimal> ServicePrice(std::string_view code, base::Date on) const = 0;
  virtual std::optional<base::Decimal> BaseSalary(base::Date on) const = 0;
};

}  // namespace care::insurance
