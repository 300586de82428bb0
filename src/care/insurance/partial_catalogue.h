// A catalogue that is known to be incomplete (the starter lists, checking a file of another
// facility): what it lists is judged, what it does not list is left alone.
#pragma once

#include "care/insurance/claim_catalogue.h"

namespace care::insurance {

class PartialCatalogue final : public ClaimCatalogue {
 public:
  // Borrows `complete`.
  explicit PartialCatalogue(const ClaimCatalogue& complete) : complete_(complete) {}

  Listed Contains(CodeList list, std::string_view code, base::Date on) const override {
    const Listed listed = complete_.Contains(list, code, on);
    return listed == Listed::kNo ? Listed::kNoList : listed;
  }
  DiagnosisFlags Diagnosis(std::string_view code, base::Date on) const override {
    return complete_.Diagnosis(code, on);
  }
  std::optional<ApprovedDrug> Drug(std::string_view code, std::string_view registration,
                                   base::Date on) const override {
    return complete_.Drug(code, registration, on);
  }
  // Prices differ between provinces and classes: another facility's are not ours to judge.
  std::optional<base::Decimal> ServicePrice(std::string_view, base::Date) const override {
    return std::nullopt;
  }
  std::optional<base::Decimal> BaseSalary(base::Date on) const override {
    return complete_.BaseSalary(on);
  }

 private:
  const ClaimCatalogue& complete_;
};

}  // namespace care::insurance
