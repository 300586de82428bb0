// From a closed visit to its claims dossier: built, checked, kept in the record, with the duty to send.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "care/insurance/finding.h"
#include "care/insurance/visit_facts.h"
#include "care/shared/endpoint.h"
#include "exchange/insurance/dossier.h"

namespace care::insurance {

struct BuiltDossier {
  exchange::insurance::ClaimFile file;
  std::string xml;
  std::vector<Finding> findings;
};

// Reads the visit and builds its file; writes nothing.
base::Result<BuiltDossier> MakeDossier(const VisitFacts& facts, const shared::Context& context);

// Builds and keeps it: DocumentReference "dossier-<visit>" (superseding the one before), Claim
// "claim-<visit>" and the duty Task "send-<visit>". Idempotent: the same content is not stored twice.
base::Result<BuiltDossier> BuildDossier(const std::string& encounter_id, shared::Context& context);

// The dossier as it is kept; kNotFound until it was built.
base::Result<BuiltDossier> ReadDossier(const std::string& encounter_id, shared::Context& context);

// When the claim must be at the portal: right after the visit, at the latest on the next day
// (TT 48/2017 Art. 6; a visit ending on Saturday or Sunday: the next Monday. Public holidays are not
// known here yet).
base::Instant SendingDeadline(base::Instant visit_end);

size_t CountErrors(const std::vector<Finding>& findings);

}  // namespace care::insurance
