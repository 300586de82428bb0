// Registers a new person, or corrects one, with a warning before a duplicate.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "care/reception/find_people.h"
#include "care/reception/patient_form.h"
#include "care/shared/endpoint.h"

namespace care::reception {

struct RegisterOutput {
  access_control::Record patient;      // version 0 when refused as a likely duplicate
  std::vector<Candidate> duplicates;   // not empty = nothing was stored, a person must decide
};

// A form whose number is known already is always refused as a duplicate; one that is only likely a
// duplicate is stored when `confirmed`.
base::Result<RegisterOutput> RegisterPatient(const PatientForm& form, bool confirmed,
                                             shared::Context& context);

base::Result<access_control::Record> CorrectPatient(const std::string& id, const PatientForm& form,
                                                    int64_t seen_version, shared::Context& context);

}  // namespace care::reception
