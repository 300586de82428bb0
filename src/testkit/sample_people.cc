#include "testkit/sample_people.h"

#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "testkit/principals.h"

namespace testkit {

using base::Json;

Json MakePatient(std::string_view name, std::string_view birth_date, std::string_view gender,
                 std::string_view personal_number) {
  Json patient = Json::Obj({{"resourceType", "Patient"}, {"active", true}});
  if (!personal_number.empty()) {
    care::shared::SetIdentifier(patient, care::shared::sid::kPersonalNumber, personal_number);
  }
  Json human_name = Json::Obj({{"text", name}});
  if (const size_t space = name.rfind(' '); space != std::string_view::npos) {
    human_name.Set("family", name.substr(0, name.find(' ')));
    human_name.Set("given", Json::Arr({Json(name.substr(space + 1))}));
  }
  patient.Set("name", Json::Arr({std::move(human_name)}));
  patient.Set("birthDate", birth_date);
  patient.Set("gender", gender);
  return patient;
}

Json MakeCoverage(const access_control::Record& patient, std::string_view card_number,
                  std::string_view registered_facility) {
  namespace ext = care::shared::ext;
  Json coverage = Json::Obj({{"resourceType", "Coverage"}, {"status", "active"}});
  care::shared::SetIdentifier(coverage, care::shared::sid::kInsuranceCard, card_number);
  coverage.Set("beneficiary", care::shared::Reference(patient.Reference()));
  coverage.Set("payor", Json::Arr({Json::Obj({{"display", "Bảo hiểm xã hội Việt Nam"}})}));
  coverage.Set("period", Json::Obj({{"start", "2026-01-01"}, {"end", "2026-12-31"}}));
  care::shared::SetExtension(coverage, ext::kRegisteredFacility, "valueString",
                             Json(registered_facility));
  // The third character of a card number is the benefit level (QĐ 1351/QĐ-BHXH).
  if (card_number.size() > 2) {
    care::shared::SetExtension(coverage, ext::kBenefitLevel, "valueCode",
                               Json(card_number.substr(2, 1)));
  }
  return coverage;
}

Json MakeEncounter(const access_control::Record& patient, std::string_view stage) {
  Json encounter = Json::Obj({{"resourceType", "Encounter"}, {"status", "arrived"}});
  encounter.Set("class", care::shared::Coding(care::shared::code_system::kActClass, "AMB"));
  encounter.Set("subject", care::shared::Reference(patient.Reference()));
  encounter.Set("period", Json::Obj({{"start", Morning().ToLocal()}}));
  encounter.Set("serviceProvider",
                care::shared::Reference("Organization/" + std::string(kStationId)));
  care::shared::SetExtension(encounter, care::shared::ext::kStage, "valueCode", Json(stage));
  return encounter;
}

}  // namespace testkit
