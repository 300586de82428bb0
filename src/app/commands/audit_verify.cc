#include "app/commands/audit_verify.h"

#include "access/audit_anchor.h"

namespace app::commands {

int RunAuditVerify(fhir::store::Store& store, const std::string& folder, const base::Clock& clock,
                   std::ostream& out, std::ostream& err) {
  access_control::AuditAnchor anchor(folder, clock);
  const auto verdict = anchor.Verify(store);
  if (!verdict.ok()) {
    err << verdict.error().message << "\n";
    return 2;
  }
  (verdict->ok ? out : err) << verdict->message << "\n";
  return verdict->ok ? 0 : 1;
}

}  // namespace app::commands
