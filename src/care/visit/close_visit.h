// The doctor closes the visit: the draft becomes diagnoses, note and appointment, and the patient
// goes on to the pharmacy and the cashier.
#pragma once

#include <string>
#include <vector>

#include "access/record_scope.h"
#include "base/result.h"
#include "care/shared/endpoint.h"
#include "care/visit/examination.h"

namespace care::visit {

struct CloseVisitInput {
  std::string encounter_id;
  std::string outcome = "2";      // KET_QUA_DTRI (QĐ 4750)
  std::string disposition = "1";  // MA_LOAI_RV
  std::string advice;
  bool has_revisit = false;       // false = what the draft says
  Revisit revisit;
  std::vector<std::string> override_flags;
};

// kUnprocessable with extra {"missing": [text], "flags": [{id, text}]}: what must be filled in, and
// what `override_flags` would accept.
base::Result<access_control::Record> CloseVisit(const CloseVisitInput& input,
                                                shared::Context& context);

}  // namespace care::visit
