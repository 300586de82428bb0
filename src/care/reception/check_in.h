// Check-in: a known person becomes a visit with a queue number.
#pragma once

#include <string>

#include "access/record_scope.h"
#include "base/result.h"
#include "care/shared/endpoint.h"

namespace care::reception {

struct CheckInInput {
  std::string patient_id;
  std::string reason;
  bool emergency = false;
  bool pregnant = false;
  bool disabled = false;
  std::string visit_type = "01";   // MA_LOAI_KCB
  std::string booking_id;
  std::string department = "K01";  // MA_KHOA, examination
};

struct CheckInOutput {
  access_control::Record encounter;
  std::string ticket;
  int64_t ahead = 0;  // people who will be called before this one
};

// kConflict when the person has an open visit today.
base::Result<CheckInOutput> CheckIn(const CheckInInput& input, shared::Context& context);

// The patient left before being seen; the queue number dies with the visit.
base::Status CancelVisit(const std::string& encounter_id, const std::string& reason,
                         shared::Context& context);

// Why this person goes first, "" if for no reason: emergency, child under 6, 75 and over, pregnant,
// severely disabled (Law 15/2023; vietnam.md §18).
std::string PriorityReason(const CheckInInput& input, std::string_view birth_date, base::Date today);

}  // namespace care::reception
