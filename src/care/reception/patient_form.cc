#include "care/reception/patient_form.h"

#include "base/text.h"
#include "care/shared/input.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "exchange/insurance/card_number.h"

namespace care::reception {

using base::Json;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

constexpr std::string_view kKindNames[] = {"citizen", "newborn", "foreigner", "unknown"};

IdentityKind KindOf(std::string_view name) {
  for (size_t i = 0; i < 4; ++i) {
    if (kKindNames[i] == name) return static_cast<IdentityKind>(i);
  }
  return IdentityKind::kCitizen;
}

std::string_view NameOfKind(IdentityKind kind) { return kKindNames[static_cast<size_t>(kind)]; }

base::Status CheckBirthDate(const std::string& text, base::Date today) {
  const auto date = shared::DateOf(text);
  const bool shape = text.size() == 4 || text.size() == 7 || text.size() == 10;
  if (!shape || !date) {
    return base::Invalid("Ngày sinh không hợp lệ: nhập ngày/tháng/năm, hoặc chỉ năm sinh.",
                         "form.birthDate");
  }
  if (*date > today) return base::Invalid("Ngày sinh ở tương lai.", "form.birthDate");
  if (date->year < today.year - 130) {
    return base::Invalid("Năm sinh quá xa, hãy kiểm tra lại.", "form.birthDate");
  }
  return base::Ok();
}

base::Result<std::optional<InsuranceForm>> ParseInsurance(const Json& json) {
  if (json.IsNull() || json["number"].String().empty()) return std::optional<InsuranceForm>();
  shared::Input input(json, "form.insurance");
  InsuranceForm card;
  card.number = input.Text("number", 20);
  auto number = exchange::insurance::ParseCardNumber(card.number);
  if (!number.ok()) return base::Invalid(number.error().message, "form.insurance.number");
  card.number = number->text;
  const auto date = [&](std::string_view field, std::string_view label) {
    const auto value = input.Date(field, label);
    return value ? value->ToIso() : std::string();
  };
  card.valid_from = date("validFrom", "thẻ có giá trị từ");
  card.valid_to = date("validTo", "thẻ có giá trị đến");
  card.five_years_from = date("fiveYearsFrom", "đủ 5 năm liên tục");
  card.registered_facility = input.Text("registeredFacility", 10);
  if (!card.valid_to.empty() && card.valid_to < card.valid_from) {
    input.Fail("validTo", "Thẻ hết hạn trước ngày bắt đầu, hãy kiểm tra lại.");
  }
  TRY(input.status());
  return std::optional(card);
}

base::Status CheckIdentity(const PatientForm& form) {
  if (!form.personal_number.empty() &&
      (form.personal_number.size() != 12 || !base::IsDigits(form.personal_number))) {
    return base::Invalid("Số định danh cá nhân phải đủ 12 chữ số.", "form.personalNumber");
  }
  const bool has_number = !form.personal_number.empty() || !form.passport.empty() || form.insurance;
  if (form.identity_kind == IdentityKind::kCitizen) {
    if (form.birth_date.empty()) return base::Invalid("Chưa nhập ngày sinh.", "form.birthDate");
    if (!has_number && form.identity_reason.empty()) {
      return base::Invalid(
          "Chưa có giấy tờ nào: nhập số định danh, thẻ BHYT hoặc hộ chiếu, nếu không thì ghi lý do.",
          "form.identityReason");
    }
  }
  if (form.identity_kind == IdentityKind::kForeigner && form.passport.empty() &&
      form.identity_reason.empty()) {
    return base::Invalid("Người nước ngoài cần số hộ chiếu, hoặc ghi lý do chưa có.", "form.passport");
  }
  if (form.identity_kind == IdentityKind::kNewborn && !form.guardian) {
    return base::Invalid("Trẻ sơ sinh cần tên mẹ, cha hoặc người giám hộ.", "form.guardian.name");
  }
  return base::Ok();
}

}  // namespace

Json HumanName(std::string_view name) {
  Json result = Json::Obj({{"use", "official"}, {"text", name}});
  bool first = true;
  for (std::string_view word : base::Split(name, ' ')) {
    if (word.empty()) continue;
    if (first) {
      result.Set("family", word);
    } else {
      result.Slot("given").Push(word);
    }
    first = false;
  }
  return result;
}

base::Result<PatientForm> ParsePatientForm(const Json& json, base::Date today) {
  shared::Input input(json, "form");
  PatientForm form;
  form.identity_kind =
      KindOf(input.Choice("identityKind", {"citizen", "newborn", "foreigner", "unknown"}));
  form.identity_reason = input.Text("identityReason", 200);
  form.name = input.Text("name", 120);
  form.birth_date = input.Text("birthDate", 10);
  form.gender = input.Choice("gender", {"unknown", "male", "female", "other"});
  form.personal_number = input.Text("personalNumber", 12);
  form.old_id = input.Text("oldId", 12);
  form.passport = base::ToAsciiUpper(input.Text("passport", 20));
  form.phone = input.Text("phone", 20);
  form.address = input.Text("address", 300);
  form.commune_code = input.Text("communeCode", 5);
  form.ethnicity = input.Text("ethnicity", 2);
  form.occupation = input.Text("occupation", 5);
  if (json.Has("guardian") && !json["guardian"]["name"].String().empty()) {
    shared::Input guardian(json["guardian"], "form.guardian");
    form.guardian = GuardianForm{guardian.Text("name", 120), guardian.Text("personalNumber", 12),
                                 guardian.Text("relationship", 60)};
    TRY(guardian.status());
  }
  TRY(input.status());
  TRY_ASSIGN(form.insurance, ParseInsurance(json["insurance"]));
  if (form.name.empty()) {
    // The unknown are named by what is seen, the newborn by the mother (vietnam.md §5.2).
    if (form.identity_kind == IdentityKind::kUnknown) {
      form.name = "Không rõ danh tính";
    } else if (form.identity_kind == IdentityKind::kNewborn && form.guardian) {
      form.name = "Con bà " + form.guardian->name;
    } else {
      return base::Invalid("Chưa nhập họ tên.", "form.name");
    }
  }
  if (!form.birth_date.empty()) TRY(CheckBirthDate(form.birth_date, today));
  TRY(CheckIdentity(form));
  return form;
}

Json ToJson(const PatientForm& form) {
  Json insurance;
  if (form.insurance) {
    insurance = Json::Obj({{"number", form.insurance->number},
                           {"validFrom", form.insurance->valid_from},
                           {"validTo", form.insurance->valid_to},
                           {"registeredFacility", form.insurance->registered_facility},
                           {"fiveYearsFrom", form.insurance->five_years_from}});
  }
  Json guardian;
  if (form.guardian) {
    guardian = Json::Obj({{"name", form.guardian->name},
                          {"personalNumber", form.guardian->personal_number},
                          {"relationship", form.guardian->relationship}});
  }
  return Json::Obj({{"name", form.name},
                    {"birthDate", form.birth_date},
                    {"gender", form.gender},
                    {"personalNumber", form.personal_number},
                    {"oldId", form.old_id},
                    {"passport", form.passport},
                    {"insurance", insurance},
                    {"phone", form.phone},
                    {"address", form.address},
                    {"communeCode", form.commune_code},
                    {"ethnicity", form.ethnicity},
                    {"occupation", form.occupation},
                    {"identityKind", NameOfKind(form.identity_kind)},
                    {"identityReason", form.identity_reason},
                    {"guardian", guardian}});
}

void ApplyToPatient(const PatientForm& form, Json& patient) {
  patient.Set("resourceType", "Patient");
  patient.Set("name", Json::Arr({HumanName(form.name)}));
  patient.Set("gender", form.gender.empty() ? "unknown" : form.gender);
  if (form.birth_date.empty()) {
    patient.Erase("birthDate");
  } else {
    patient.Set("birthDate", form.birth_date);
  }
  shared::SetIdentifier(patient, sid::kPersonalNumber, form.personal_number);
  shared::SetIdentifier(patient, sid::kOldId, form.old_id);
  shared::SetIdentifier(patient, sid::kPassport, form.passport);
  if (form.insurance) {
    shared::SetIdentifier(patient, sid::kInsuranceCard, form.insurance->number);
  }
  if (!form.personal_number.empty()) shared::SetIdentifier(patient, sid::kTemporary, "");
  if (form.phone.empty()) {
    patient.Erase("telecom");
  } else {
    patient.Set("telecom",
                Json::Arr({Json::Obj({{"system", "phone"}, {"value", form.phone}, {"use", "mobile"}})}));
  }
  if (!form.address.empty() || !form.commune_code.empty()) {
    Json address = Json::Obj({{"use", "home"}});
    address.SetIf("text", form.address);
    shared::SetExtension(address, ext::kCommune, "valueCode", form.commune_code);
    patient.Set("address", Json::Arr({address}));
  }
  shared::SetExtension(patient, ext::kEthnicity, "valueCode", form.ethnicity);
  shared::SetExtension(patient, ext::kOccupation, "valueCode", form.occupation);
  shared::SetExtension(patient, ext::kIdentityKind, "valueCode", NameOfKind(form.identity_kind));
  shared::SetExtension(patient, ext::kIdentityReason, "valueString", form.identity_reason);
}

PatientForm FormOf(const Json& patient, const Json& coverage) {
  PatientForm form;
  form.name = patient["name"][0]["text"].String();
  form.birth_date = patient["birthDate"].String();
  form.gender = patient["gender"].String();
  form.personal_number = shared::IdentifierValue(patient, sid::kPersonalNumber);
  form.old_id = shared::IdentifierValue(patient, sid::kOldId);
  form.passport = shared::IdentifierValue(patient, sid::kPassport);
  for (const Json& telecom : patient["telecom"].Items()) {
    if (telecom["system"].String() == "phone") form.phone = telecom["value"].String();
  }
  form.address = patient["address"][0]["text"].String();
  form.commune_code = shared::ExtensionText(patient["address"][0], ext::kCommune);
  form.ethnicity = shared::ExtensionText(patient, ext::kEthnicity);
  form.occupation = shared::ExtensionText(patient, ext::kOccupation);
  form.identity_kind = KindOf(shared::ExtensionText(patient, ext::kIdentityKind));
  form.identity_reason = shared::ExtensionText(patient, ext::kIdentityReason);
  if (coverage.IsObject()) {
    form.insurance = InsuranceForm{shared::IdentifierValue(coverage, sid::kInsuranceCard),
                                   coverage["period"]["start"].String(),
                                   coverage["period"]["end"].String(),
                                   shared::ExtensionText(coverage, ext::kRegisteredFacility),
                                   shared::ExtensionText(coverage, ext::kFiveYearsFrom)};
  }
  return form;
}

Json CoverageFor(const InsuranceForm& card, std::string_view patient_reference) {
  Json coverage = Json::Obj({{"resourceType", "Coverage"}, {"status", "active"}});
  shared::SetIdentifier(coverage, sid::kInsuranceCard, card.number);
  coverage.Set("beneficiary", shared::Reference(patient_reference));
  coverage.Set("payor", Json::Arr({Json::Obj({{"display", "Bảo hiểm xã hội Việt Nam"}})}));
  Json period = Json::Obj();
  period.SetIf("start", card.valid_from).SetIf("end", card.valid_to);
  if (period.size() > 0) coverage.Set("period", period);
  shared::SetExtension(coverage, ext::kRegisteredFacility, "valueString", card.registered_facility);
  shared::SetExtension(coverage, ext::kFiveYearsFrom, "valueDate", card.five_years_from);
  const auto number = exchange::insurance::ParseCardNumber(card.number);
  if (number.ok() && number->level) {
    shared::SetExtension(coverage, ext::kBenefitLevel, "valueCode", std::to_string(*number->level));
  }
  return coverage;
}

Json GuardianFor(const GuardianForm& guardian, std::string_view patient_reference) {
  Json person = Json::Obj({{"resourceType", "RelatedPerson"}, {"active", true}});
  shared::SetIdentifier(person, sid::kPersonalNumber, guardian.personal_number);
  person.Set("patient", shared::Reference(patient_reference));
  if (!guardian.relationship.empty()) {
    person.Set("relationship", Json::Arr({Json::Obj({{"text", guardian.relationship}})}));
  }
  person.Set("name", Json::Arr({HumanName(guardian.name)}));
  return person;
}

}  // namespace care::reception
