#include "care/insurance/catalogue_lookup.h"

namespace care::insurance {

Listed CatalogueLookup::Contains(CodeList list, std::string_view code, base::Date on) const {
  const auto listed = [](bool known) { return known ? Listed::kYes : Listed::kNo; };
  switch (list) {
    case CodeList::kDiagnosis: return listed(catalogue_.diagnoses.Find(code, on) != nullptr);
    case CodeList::kCommune: return listed(catalogue_.communes.Find(code, on) != nullptr);
    case CodeList::kDepartment: return listed(catalogue_.departments.Find(code, on) != nullptr);
    case CodeList::kDrug:
      for (const shared::Drug& drug : catalogue_.drugs.rows()) {
        if (drug.active_substance_code == code && drug.validity.Covers(on)) return Listed::kYes;
      }
      return Listed::kNo;
    case CodeList::kFacility:
    case CodeList::kMachine:
    case CodeList::kPractitioner: return Listed::kNoList;
  }
  return Listed::kNoList;
}

DiagnosisFlags CatalogueLookup::Diagnosis(std::string_view code, base::Date on) const {
  const shared::Diagnosis* diagnosis = catalogue_.diagnoses.Find(code, on);
  if (diagnosis == nullptr) return {};
  const shared::DiagnosisFlags& flags = diagnosis->flags;
  return {flags.not_main,   flags.discouraged_main, flags.finer_code_exists,
          flags.death_only, flags.female_only,      flags.male_only};
}

std::optional<ApprovedDrug> CatalogueLookup::Drug(std::string_view code,
                                                  std::string_view registration,
                                                  base::Date on) const {
  for (const shared::Drug& drug : catalogue_.drugs.rows()) {
    if (drug.active_substance_code != code || drug.registration_number != registration ||
        !drug.validity.Covers(on)) {
      continue;
    }
    return ApprovedDrug{drug.brand.empty() ? drug.active_substance : drug.brand, drug.strength,
                        drug.registration_number, drug.price};
  }
  return std::nullopt;
}

std::optional<base::Decimal> CatalogueLookup::ServicePrice(std::string_view code,
                                                           base::Date on) const {
  const shared::Service* service = catalogue_.services.Find(code, on);
  if (service == nullptr || !service->IsInsured()) return std::nullopt;
  return service->price_insurance;
}

std::optional<base::Decimal> CatalogueLookup::BaseSalary(base::Date on) const {
  return catalogue_.parameters.Get(shared::parameter::kBaseSalary, on);
}

}  // namespace care::insurance
