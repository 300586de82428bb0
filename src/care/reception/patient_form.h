// PatientForm: what reception knows about a person, and its two-way passage to Patient, Coverage and
// RelatedPerson.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"

namespace care::reception {

struct InsuranceForm {
  std::string number;
  std::string valid_from;  // ISO dates or ""
  std::string valid_to;
  std::string registered_facility;
  std::string five_years_from;
};

struct GuardianForm {
  std::string name;
  std::string personal_number;
  std::string relationship;
};

// How sure we are who this is. A newborn, a foreigner without an e-identity and an unknown person
// get a temporary identity that can never look like a personal number (vietnam.md §2.3).
enum class IdentityKind { kCitizen, kNewborn, kForeigner, kUnknown };

struct PatientForm {
  std::string name;
  std::string birth_date;  // "1990-02-01", "1990-02" or "1990"
  std::string gender;      // FHIR code
  std::string personal_number;
  std::string old_id;
  std::string passport;
  std::optional<InsuranceForm> insurance;
  std::string phone;
  std::string address;
  std::string commune_code;
  std::string ethnicity;
  std::string occupation;
  IdentityKind identity_kind = IdentityKind::kCitizen;
  std::string identity_reason;
  std::optional<GuardianForm> guardian;
};

base::Result<PatientForm> ParsePatientForm(const base::Json& form, base::Date today);
base::Json ToJson(const PatientForm& form);

// Writes the form's fields into a Patient, keeping whatever the form does not speak of.
void ApplyToPatient(const PatientForm& form, base::Json& patient);
PatientForm FormOf(const base::Json& patient, const base::Json& coverage);
base::Json CoverageFor(const InsuranceForm& card, std::string_view patient_reference);
base::Json GuardianFor(const GuardianForm& guardian, std::string_view patient_reference);

// "Nguyễn Thị Hà" -> family "Nguyễn", given {"Thị", "Hà"}; the text is kept as written.
base::Json HumanName(std::string_view name);

}  // namespace care::reception
