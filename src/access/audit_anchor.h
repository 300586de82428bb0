// AuditAnchor: the last record of the audit chain, signed and kept beside the store. The chain
// alone shows what was changed, removed or moved inside it; only an anchor shows that its end was
// cut off.
//
// What it catches: a changed, removed or reordered record anywhere; a chain cut below the anchor;
// an older copy of the store put back while the anchor stayed. What it cannot: the loss of records
// after the last anchor (seconds, with the writer running), and somebody who restores store and
// anchor together or holds the anchor's key. For those the hub keeps a copy of the anchor
// (robustness.md §6.2).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "fhir/store/audit_chain.h"
#include "fhir/store/store.h"

namespace access_control {

struct ChainVerdict {
  bool ok = false;
  fhir::store::Sequence records = 0;
  fhir::store::Sequence anchored = 0;  // 0 = no anchor yet
  std::string message;                 // Vietnamese, one sentence for the person who asked
};

class AuditAnchor {
 public:
  // Files "audit-anchor.json" and, made on first use with mode 0600, "audit-anchor.key" in
  // `folder`.
  AuditAnchor(std::string folder, const base::Clock& clock);

  // Makes everything so far durable and anchors the newest record; nothing to do when it is the one
  // already anchored. Refuses (kConflict) when the chain no longer holds the record anchored
  // before.
  base::Status Advance(fhir::store::Store& store);
  // Walks the whole chain and compares it with the anchor.
  base::Result<ChainVerdict> Verify(fhir::store::Store& store);

 private:
  struct Anchor {
    fhir::store::Sequence sequence = 0;
    std::string hash;
  };

  base::Result<std::string> Key(bool make);
  base::Result<Anchor> ReadAnchor();
  base::Status WriteAnchor(const Anchor& anchor);

  const std::string folder_;
  const base::Clock& clock_;
};

}  // namespace access_control
