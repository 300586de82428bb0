#include "care/shared/station_record.h"

#include <string_view>

#include "care/shared/resource.h"
#include "care/shared/systems.h"

namespace care::shared {
namespace {

using base::Json;

constexpr std::string_view kGln = "https://www.gs1.org/gln";
constexpr std::string_view kBankAccount =
    "https://tram.health/fhir/StructureDefinition/bank-account";
constexpr std::string_view kHead = "https://tram.health/fhir/StructureDefinition/head-of-station";

Json BankExtension(const BankAccount& bank) {
  Json parts = Json::Arr();
  const auto add = [&parts](std::string_view name, const std::string& value) {
    parts.Push(Json::Obj({{"url", name}, {"valueString", value}}));
  };
  add("bin", bank.bin);
  add("account", bank.account);
  add("holder", bank.holder);
  return Json::Obj({{"url", kBankAccount}, {"extension", std::move(parts)}});
}

BankAccount ReadBank(const Json& organization) {
  for (const Json& extension : organization["extension"].Items()) {
    if (extension["url"].String() != kBankAccount) continue;
    return {.bin = ExtensionText(extension, "bin"),
            .account = ExtensionText(extension, "account"),
            .holder = ExtensionText(extension, "holder")};
  }
  return {};
}

}  // namespace

Json MakeOrganization(const Station& station) {
  Json organization = Json::Obj({{"resourceType", "Organization"}});
  organization.SetIf("id", station.organization_id);
  organization.Set("active", true);
  organization.Set("name", station.name);
  SetIdentifier(organization, sid::kFacility, station.facility_code);
  SetIdentifier(organization, kGln, station.facility_gln);
  Json address = Json::Obj({{"country", "VN"}});
  address.SetIf("text", station.address);
  SetExtension(address, ext::kCommune, "valueCode", station.commune_code);
  SetExtension(address, ext::kProvince, "valueCode", station.province_code);
  organization.Set("address", Json::Arr({std::move(address)}));
  if (!station.phone.empty()) {
    organization.Set("telecom",
                     Json::Arr({Json::Obj({{"system", "phone"}, {"value", station.phone}})}));
  }
  SetExtension(organization, kHead, "valueString", station.head_of_station);
  if (!station.bank.account.empty()) {
    organization.Slot("extension").Push(BankExtension(station.bank));
  }
  for (const std::string& desk : station.desks) {
    organization.Slot("extension").Push(Json::Obj({{"url", ext::kDesk}, {"valueString", desk}}));
  }
  return organization;
}

Station ReadOrganization(const Json& organization) {
  Station station;
  station.organization_id = organization["id"].String();
  station.name = organization["name"].String();
  station.facility_code = IdentifierValue(organization, sid::kFacility);
  station.facility_gln = IdentifierValue(organization, kGln);
  const Json& address = organization["address"][0];
  station.address = address["text"].String();
  station.commune_code = ExtensionText(address, ext::kCommune);
  if (std::string province = ExtensionText(address, ext::kProvince); !province.empty()) {
    station.province_code = std::move(province);
  }
  station.phone = organization["telecom"][0]["value"].String();
  station.head_of_station = ExtensionText(organization, kHead);
  station.bank = ReadBank(organization);
  for (const Json& extension : organization["extension"].Items()) {
    if (extension["url"].String() == ext::kDesk) {
      station.desks.push_back(extension["valueString"].String());
    }
  }
  return station;
}

}  // namespace care::shared
