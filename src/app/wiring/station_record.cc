#include "app/wiring/station_record.h"

#include "care/shared/resource.h"
#include "care/shared/systems.h"

namespace app::wiring {

using base::Json;
using care::shared::Station;
namespace sid = care::shared::sid;

namespace {

constexpr std::string_view kSettings = "https://tram.health/fhir/StructureDefinition/station-settings";

// What FHIR's Organization has no element for, as one extension of parts.
Json Part(std::string_view name, Json value) {
  return Json::Obj({{"url", name}, {"valueString", std::move(value)}});
}

}  // namespace

Json ToOrganization(const Station& station) {
  Json organization = Json::Obj({{"resourceType", "Organization"}, {"id", station.organization_id}});
  Json settings = Json::Obj({{"url", kSettings}});
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) settings.Slot("extension").Push(Part(name, value));
  };
  add("gln", station.facility_gln);
  add("province", station.province_code);
  add("commune", station.commune_code);
  add("head", station.head_of_station);
  add("head-social-insurance", station.head_social_insurance);
  add("bank-bin", station.bank.bin);
  add("bank-account", station.bank.account);
  add("bank-holder", station.bank.holder);
  for (const std::string& desk : station.desks) add("desk", desk);
  for (const auto& [what, machine] : station.machines) add("machine:" + what, machine);
  organization.Set("extension", Json::Arr({std::move(settings)}));
  care::shared::SetIdentifier(organization, sid::kFacility, station.facility_code);
  organization.Set("active", true);
  organization.Set("name", station.name);
  if (!station.phone.empty()) {
    organization.Set("telecom", Json::Arr({Json::Obj({{"system", "phone"}, {"value", station.phone}})}));
  }
  if (!station.address.empty()) {
    organization.Set("address", Json::Arr({Json::Obj({{"text", station.address}})}));
  }
  return organization;
}

Station FromOrganization(const Json& organization) {
  Station station;
  station.organization_id = organization["id"].String();
  station.name = organization["name"].String();
  station.facility_code = care::shared::IdentifierValue(organization, sid::kFacility);
  station.phone = organization.At("telecom.0.value").String();
  station.address = organization.At("address.0.text").String();
  for (const Json& extension : organization["extension"].Items()) {
    if (extension["url"].String() != kSettings) continue;
    for (const Json& part : extension["extension"].Items()) {
      const std::string& name = part["url"].String();
      const std::string& value = part["valueString"].String();
      if (name == "gln") station.facility_gln = value;
      if (name == "province") station.province_code = value;
      if (name == "commune") station.commune_code = value;
      if (name == "head") station.head_of_station = value;
      if (name == "head-social-insurance") station.head_social_insurance = value;
      if (name == "bank-bin") station.bank.bin = value;
      if (name == "bank-account") station.bank.account = value;
      if (name == "bank-holder") station.bank.holder = value;
      if (name == "desk") station.desks.push_back(value);
      if (name.starts_with("machine:")) station.machines[name.substr(8)] = value;
    }
  }
  return station;
}

base::Result<Station> ReadStation(fhir::store::Store& store) {
  TRY_ASSIGN(const auto read, store.BeginRead());
  auto stored = read->Read({fhir::model::ResourceType::kOrganization, std::string(kStationOrganizationId)});
  if (!stored.ok()) {
    // Only an absent record means that; one that cannot be read is another matter.
    if (stored.error().code != base::ErrorCode::kNotFound) return stored.error();
    return base::NotFound("Chưa khởi tạo trạm: hãy chạy `tram init` trước.");
  }
  TRY_ASSIGN(const Json organization, Json::Parse(stored->body));
  return FromOrganization(organization);
}

}  // namespace app::wiring
