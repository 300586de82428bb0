// The one input box of reception: whatever a scanner types or a person writes becomes a form that is
// already filled, the people it may be, and a booking if there is one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "care/reception/find_people.h"
#include "care/reception/patient_form.h"
#include "care/shared/endpoint.h"

namespace care::reception {

struct Booking {
  std::string id;
  std::string time;
  std::string reason;
};

struct ReadOutput {
  // citizen_card, insurance_card, booking, personal_number, insurance_number, name, ticket, …
  std::string kind;
  PatientForm form;
  std::vector<Candidate> people;
  std::optional<Booking> booking;
  std::vector<std::string> warnings;
};

base::Result<ReadOutput> ReadInput(const std::string& text, shared::Context& context);

}  // namespace care::reception
