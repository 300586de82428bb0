// The audit trail as a station head reads it: newest first, narrowed to a patient, a person or
// days.
#pragma once

#include <string>

#include "access/principal.h"
#include "base/json.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "fhir/store/store.h"

namespace access_control {

struct AuditFilter {
  std::string patient = {};  // id of a Patient
  std::string person = {};   // id of a Practitioner, or of a program's Device
  std::string from = {};     // ISO dates in Vietnam, both days included
  std::string to = {};
  std::string next = {};  // of the page before
};

// {"items": [...], "next": "…"} as in docs/api.md. One call reads a bounded part of the trail: a
// page may hold few items, or none, and still name a next one. The reading is itself recorded.
base::Result<base::Json> ViewAudit(fhir::store::Store& store, const Principal& by,
                                   const AuditFilter& filter, const base::Clock& clock,
                                   base::Random& random);

}  // namespace access_control
