// The checker's questions answered from the station's own catalogue.
#pragma once

#include "care/insurance/claim_catalogue.h"
#include "care/shared/catalogue/catalogue.h"

namespace care::insurance {

// Borrows the catalogue. Facilities, machines and practitioners have no list here ("no such list").
class CatalogueLookup final : public ClaimCatalogue {
 public:
  explicit CatalogueLookup(const shared::Catalogue& catalogue) : catalogue_(catalogue) {}

  Listed Contains(CodeList list, std::string_view code, base::Date on) const override;
  DiagnosisFlags Diagnosis(std::string_view code, base::Date on) const override;
  std::optional<ApprovedDrug> Drug(std::string_view code, std::string_view registration,
                                   base::Date on) const override;
  std::optional<base::Decimal> ServicePrice(std::string_view code, base::Date on) const override;
  std::optional<base::Decimal> BaseSalary(base::Date on) const override;

 private:
  const shared::Catalogue& catalogue_;
};

}  // namespace care::insurance
