#include "base/text.h"
#include "care/insurance/dossier_tables.h"
#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "exchange/insurance/claim_xml.h"

namespace care::insurance {

using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;
namespace sid = shared::sid;

std::string ClaimKeyOf(const VisitFacts& facts) {
  return shared::IdentifierValue(facts.encounter.body, sid::kClaimKey);
}

std::string VisitTypeOf(const VisitFacts& facts) {
  return shared::CodeIn(facts.encounter["type"][0], code_system::kVisitType);
}

std::string BirthMoment(const VisitFacts& facts) {
  // Unknown month and day are 0000, unknown hour and minute too (vietnam.md §3.2).
  std::string digits;
  for (char c : facts.patient["birthDate"].String()) {
    if (c >= '0' && c <= '9') digits += c;
  }
  if (digits.empty()) return {};
  digits.resize(8, '0');
  return digits + "0000";
}

std::string SexCode(const VisitFacts& facts) {
  const std::string& gender = facts.patient["gender"].String();
  return gender == "male" ? "1" : gender == "female" ? "2" : "3";
}

std::string IdentityNumber(const VisitFacts& facts) {
  for (std::string_view system : {sid::kPersonalNumber, sid::kOldId, sid::kPassport}) {
    std::string value = shared::IdentifierValue(facts.patient.body, system);
    if (!value.empty()) return value;
  }
  return {};
}

std::string MainCode(const VisitFacts& facts) {
  return facts.conditions.empty()
             ? std::string()
             : shared::CodeIn(facts.conditions.front()["code"], code_system::kIcd10);
}

std::string OtherCodes(const VisitFacts& facts) {
  std::string codes;
  for (size_t i = 1; i < facts.conditions.size(); ++i) {
    codes += (codes.empty() ? "" : ";") + shared::CodeIn(facts.conditions[i]["code"], code_system::kIcd10);
  }
  return codes;
}

std::string FinalDiagnosisText(const VisitFacts& facts) {
  std::string text;
  for (const auto& condition : facts.conditions) {
    const std::string& words = condition["code"]["text"].String();
    text += (text.empty() ? "" : "; ") +
            (words.empty() ? shared::DisplayIn(condition["code"], code_system::kIcd10) : words);
  }
  return text;
}

std::string PreliminaryText(const VisitFacts& facts) {
  const std::string symptoms = shared::ExtensionText(facts.impression.body, ext::kSymptoms);
  if (!symptoms.empty()) return symptoms;
  const std::string& reason = facts.encounter.body.At("reasonCode.0.text").String();
  return reason.empty() ? FinalDiagnosisText(facts) : reason;
}

std::string DepartmentOf(const VisitFacts& facts) {
  const std::string department = shared::ExtensionText(facts.encounter.body, ext::kDepartment);
  return department.empty() ? "K01" : department;
}

std::string LicenceOf(const VisitFacts& facts, const Json& reference_element) {
  const auto licence = facts.licences.find(shared::ReferenceOf(reference_element));
  return licence == facts.licences.end() ? std::string() : licence->second;
}

std::string AttendingLicence(const VisitFacts& facts) {
  return LicenceOf(facts, facts.encounter["participant"][0]["individual"]);
}

namespace {

std::string Compact(const std::string& iso_date) {
  const auto date = base::Date::ParseIso(iso_date.substr(0, 10));
  return date.ok() ? exchange::insurance::ClaimDate(*date) : std::string();
}

void SetIfThere(exchange::insurance::Row& row, std::string_view field, std::string value) {
  for (const auto& known : row.table().fields) {
    if (known.name == field) {
      row.Set(field, std::move(value));
      return;
    }
  }
}

}  // namespace

void SetPerson(const VisitFacts& facts, exchange::insurance::Row& row) {
  const Json& patient = facts.patient.body;
  row.Set("MA_LK", ClaimKeyOf(facts));
  SetIfThere(row, "STT", "1");
  SetIfThere(row, "MA_BN", shared::IdentifierValue(patient, sid::kPatientNumber));
  SetIfThere(row, "HO_TEN", shared::NameOf(patient));
  SetIfThere(row, "SO_CCCD", IdentityNumber(facts));
  SetIfThere(row, "NGAY_SINH", BirthMoment(facts));
  SetIfThere(row, "GIOI_TINH", SexCode(facts));
  SetIfThere(row, "DIA_CHI", patient.At("address.0.text").String());
  SetIfThere(row, "NGAY_VAO", exchange::insurance::ClaimMoment(facts.started));
  SetIfThere(row, "NGAY_RA", exchange::insurance::ClaimMoment(facts.ended));
  SetIfThere(row, "MA_LOAI_KCB", VisitTypeOf(facts));
  SetIfThere(row, "MA_DOITUONG_KCB",
             facts.insured ? shared::ExtensionText(facts.encounter.body, ext::kEligibility) : "9");
  if (!facts.insured) return;
  const Json& coverage = facts.coverage.body;
  SetIfThere(row, "MA_THE_BHYT", shared::IdentifierValue(coverage, sid::kInsuranceCard));
  SetIfThere(row, "MA_DKBD", shared::ExtensionText(coverage, ext::kRegisteredFacility));
  SetIfThere(row, "GT_THE_TU", Compact(coverage.At("period.start").String()));
  SetIfThere(row, "GT_THE_DEN", Compact(coverage.At("period.end").String()));
}

}  // namespace care::insurance
