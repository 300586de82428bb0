// What the audit trail says about one act: a compact FHIR AuditEvent in the manner of IHE BALP
// (https://profiles.ihe.net/ITI/BALP/), with references only: never a name, never a search value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/random.h"
#include "base/time.h"
#include "fhir/store/store.h"

namespace access_control {

// https://hl7.org/fhir/R4/valueset-audit-event-outcome.html
enum class Outcome { kSuccess, kFailed, kRefused };

struct Act {
  // "read", "search", "create" …, "login", "logout", "call" (a use case) …
  std::string_view action;
  Outcome outcome = Outcome::kSuccess;
  std::vector<std::string> references = {};  // "Encounter/0190…", what was touched
  std::vector<std::string> patients = {};    // "Patient/0190…", whose record it was
  std::string query = {};   // a search's parameter names without values: "Patient?name&_sort"
  std::string detail = {};  // a permission, an error code: why it ended as it did
};

fhir::store::AuditEntry MakeAuditEntry(const Principal& who, Purpose purpose, const Act& act,
                                       base::Instant now, base::Random& random);

}  // namespace access_control
