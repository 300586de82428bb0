// A doctor takes the next patient, or a named one, and may send one back to the waiting room.
#pragma once

#include <string>

#include "access/record_scope.h"
#include "base/result.h"
#include "care/shared/endpoint.h"

namespace care::visit {

// kConflict, naming the colleague, when another doctor has this patient.
base::Result<access_control::Record> CallPatient(const std::string& encounter_id,
                                                 const std::string& desk,
                                                 shared::Context& context);

// The first in the doctor's queue; version 0 when nobody waits.
base::Result<access_control::Record> CallNextPatient(const std::string& desk,
                                                     shared::Context& context);

base::Result<access_control::Record> ReturnToWaiting(const std::string& encounter_id,
                                                     shared::Context& context);

}  // namespace care::visit
