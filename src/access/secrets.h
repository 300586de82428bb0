// Secrets of the node in the one store: credentials, sessions, program tokens. They are
// VerificationResult resources, a type no role is granted, so that neither FHIR nor an import nor
// an export reaches them, while encryption, backup and atomicity are the store's own.
// docs/adr/0007-credentials.md
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "fhir/store/store.h"

namespace access_control {

struct Secret {
  fhir::store::Key key;
  base::Json fields;
  fhir::store::Version version = 0;  // as read; 0 = new
};

fhir::store::Key SecretKey(std::string_view kind, std::string_view id);  // "session-", "0190…"
// nullopt when there is none.
base::Result<std::optional<Secret>> ReadSecret(fhir::store::Store& store,
                                               const fhir::store::Key& key);
// Those whose id starts with `kind`.
base::Result<std::vector<Secret>> ListSecrets(fhir::store::Store& store, std::string_view kind);
base::Result<fhir::store::Write> WriteOf(const Secret& secret);
fhir::store::Write DeletionOf(const Secret& secret);

}  // namespace access_control
