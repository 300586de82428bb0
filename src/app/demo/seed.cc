#include "app/demo/seed.h"

#include <fmt/format.h>

#include "access/store_record_scope.h"
#include "app/demo/people.h"
#include "app/demo/yesterday.h"
#include "base/text.h"
#include "care/pharmacy/stock.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"

namespace app::demo {

using access_control::Change;
using access_control::Purpose;
using access_control::Role;
using access_control::StoreRecordScope;
using base::Json;
using care::shared::Context;
namespace ext = care::shared::ext;
namespace sid = care::shared::sid;

namespace {

Json PatientBody(const Resident& resident, int number, const care::shared::Station& station) {
  Json patient = Json::Obj({{"resourceType", "Patient"}, {"active", true}});
  care::shared::SetIdentifier(patient, sid::kPersonalNumber, resident.personal_number);
  if (!resident.card.empty()) {
    care::shared::SetIdentifier(patient, sid::kInsuranceCard, resident.card);
  }
  care::shared::SetIdentifier(patient, sid::kPatientNumber, fmt::format("25-{:06}", number));
  Json name = Json::Obj({{"use", "official"}, {"text", resident.name}});
  const size_t space = resident.name.find(' ');
  name.Set("family", resident.name.substr(0, space));
  Json given = Json::Arr();
  for (std::string_view word : base::Split(std::string_view(resident.name).substr(space + 1), ' ')) {
    given.Push(word);
  }
  name.Set("given", std::move(given));
  patient.Set("name", Json::Arr({std::move(name)}));
  if (!resident.phone.empty()) {
    patient.Set("telecom", Json::Arr({Json::Obj({{"system", "phone"}, {"value", resident.phone}, {"use", "mobile"}})}));
  }
  patient.Set("gender", resident.male ? "male" : "female");
  patient.Set("birthDate", resident.birth.ToIso());
  Json address = Json::Obj({{"use", "home"}, {"text", resident.address}});
  care::shared::SetExtension(address, ext::kCommune, "valueCode", station.commune_code);
  patient.Set("address", Json::Arr({std::move(address)}));
  care::shared::SetExtension(patient, ext::kEthnicity, "valueCode", "01");
  care::shared::SetExtension(patient, ext::kOccupation, "valueCode", resident.occupation);
  care::shared::SetExtension(patient, ext::kIdentityKind, "valueCode", "citizen");
  patient.Set("managingOrganization", care::shared::Reference("Organization/" + station.organization_id));
  return patient;
}

Json CoverageBody(const Resident& resident, const std::string& patient,
                  const care::shared::Station& station) {
  Json coverage = Json::Obj({{"resourceType", "Coverage"}, {"status", "active"}});
  care::shared::SetIdentifier(coverage, sid::kInsuranceCard, resident.card);
  coverage.Set("beneficiary", care::shared::Reference(patient));
  coverage.Set("payor", Json::Arr({Json::Obj({{"display", "Bảo hiểm xã hội Việt Nam"}})}));
  coverage.Set("period", Json::Obj({{"start", "2026-01-01"}, {"end", "2027-12-31"}}));
  care::shared::SetExtension(coverage, ext::kRegisteredFacility, "valueString", station.facility_code);
  care::shared::SetExtension(coverage, ext::kBenefitLevel, "valueCode", resident.card.substr(2, 1));
  return coverage;
}

base::Status AddStaff(wiring::Node& node) {
  for (const StaffMember& member : Staff()) {
    access_control::NewUser user;
    user.login = member.login;
    user.name = member.name;
    user.roles = {member.role};
    user.password = kDemoPassword;
    user.licence = member.licence;
    const auto made = node.accounts().Create(node.SystemPrincipal(), user);
    // `tram init` has made the administrator already.
    if (!made.ok() && made.error().code != base::ErrorCode::kConflict) return made.error();
  }
  return base::Ok();
}

base::Status AddResidents(wiring::Node& node, StoreRecordScope& scope, base::Random& random,
                          int count) {
  const base::Date today = node.clock().Today();
  for (int done = 0; done < count;) {
    Change change = scope.NewChange();
    for (int i = 0; i < 200 && done < count; ++i, ++done) {
      const Resident resident = MakeResident(random, today);
      const std::string patient =
          change.Create(PatientBody(resident, done + 1, node.station()));
      if (!resident.card.empty()) {
        change.Create(CoverageBody(resident, patient, node.station()));
      }
    }
    TRY(scope.Commit(std::move(change)));
  }
  return base::Ok();
}

// Two lots of every drug, the nearer expiry smaller; a few that warn.
base::Status AddStock(wiring::Node& node, Context& context, base::Random& random) {
  const base::Date today = node.clock().Today();
  Change change = context.record.NewChange();
  for (const care::shared::Drug& drug : context.catalogue.drugs.rows()) {
    if (!drug.validity.Covers(today)) continue;
    for (int lot = 0; lot < 2; ++lot) {
      const base::Date expires = today.AddDays(static_cast<int64_t>(40 + 300 * lot + random.Below(500)));
      const std::string number = fmt::format("L{:02}{:03}", today.year % 100, random.Below(1000));
      Json body = Json::Obj({{"resourceType", "Medication"}, {"status", "active"}});
      care::shared::SetIdentifier(body, sid::kLot, drug.code + "/" + number + "/" + expires.ToIso());
      Json code = care::shared::Concept(care::shared::code_system::kDrug, drug.code);
      code.Set("text", drug.active_substance + " " + drug.strength + (drug.brand.empty() ? "" : " (" + drug.brand + ")"));
      body.Set("code", std::move(code));
      body.Set("batch", Json::Obj({{"lotNumber", number}, {"expirationDate", expires.ToIso()}}));
      care::shared::SetExtension(body, ext::kUnit, "valueString", drug.unit);
      care::shared::SetExtension(body, ext::kUnitCost, "valueDecimal", Json(drug.price));
      care::shared::SetExtension(body, ext::kOnHand, "valueDecimal",
                                 Json(static_cast<int64_t>(100 + random.Below(900))));
      change.Create(std::move(body));
    }
  }
  TRY(context.record.Commit(std::move(change)));
  return base::Ok();
}

}  // namespace

const std::vector<StaffMember>& Staff() {
  static const std::vector<StaffMember> staff = {
      {"letan", "Lễ tân Mẫu", Role::kReceptionist, ""},
      {"dieuduong", "Điều dưỡng Mẫu", Role::kNurse, "012345/HNO-CCHN"},
      {"bacsi", "Bác sĩ Mẫu Một", Role::kDoctor, "023456/HNO-CCHN"},
      {"bacsi2", "Bác sĩ Mẫu Hai", Role::kDoctor, "023457/HNO-CCHN"},
      {"xetnghiem", "Xét nghiệm Mẫu Một", Role::kLabTechnician, "034567/HNO-CCHN"},
      {"xetnghiem2", "Xét nghiệm Mẫu Hai", Role::kLabTechnician, "034568/HNO-CCHN"},
      {"duocsi", "Dược sĩ Mẫu", Role::kPharmacist, "045678/HNO-CCHN"},
      {"thungan", "Thu ngân Mẫu", Role::kCashier, ""},
      {"truongtram", "Trưởng trạm Mẫu", Role::kStationHead, "056789/HNO-CCHN"},
      {"quantri", "Quản trị Mẫu", Role::kAdministrator, ""},
  };
  return staff;
}

care::shared::Station DemoStation() {
  care::shared::Station station;
  station.organization_id = "tram";
  station.name = "Trạm Y tế phường Bồ Đề (bản dùng thử)";
  station.facility_code = "01999";  // not a facility of the official list
  station.commune_code = "00118";
  station.address = "Phường Bồ Đề, thành phố Hà Nội";
  station.phone = "02400000000";
  station.head_of_station = "Trưởng trạm Mẫu";
  station.head_social_insurance = "0100000001";
  // The account of NAPAS's published example, never a live one.
  station.bank = {"970403", "0011012345678", "TRAM Y TE BO DE"};
  station.desks = {"Phòng khám 1", "Phòng khám 2"};
  station.machines = {{"group:1", "XN.1.01999.1"}, {"group:2", "CD.1.01999.1"}, {"group:3", "TD.1.01999.1"}};
  return station;
}

base::Status Seed(wiring::Node& node, const SeedOptions& options,
                  const std::function<void(std::string_view)>& progress) {
  base::SeededRandom random(options.seed);
  progress("Tạo tài khoản nhân viên…");
  TRY(AddStaff(node));
  StoreRecordScope scope(node.store(), node.SystemPrincipal(), Purpose::kOperations, node.clock(),
                         node.random());
  progress(fmt::format("Tạo {} người dân…", options.residents));
  TRY(AddResidents(node, scope, random, options.residents));
  const auto catalogue = node.catalogue();
  Context context{scope, node.clock(), node.random(), *catalogue, node.station()};
  progress("Nhập kho thuốc…");
  TRY(AddStock(node, context, random));
  progress(fmt::format("Chạy lại {} lượt khám của hôm qua…", options.visits_yesterday));
  TRY(ReplayYesterday(node, options.visits_yesterday, random));
  return base::Ok();
}

}  // namespace app::demo
