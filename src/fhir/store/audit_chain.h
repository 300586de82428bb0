// The hash chain that makes a changed, removed or reordered audit record show. Every store computes
// it with this one function.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "fhir/store/store.h"

namespace fhir::store {

// What stands before the first record.
inline constexpr std::string_view kNoPreviousHash =
    "0000000000000000000000000000000000000000000000000000000000000000";

// Hex SHA-256 over the previous hash, the sequence, the time and the body, each ended by a line
// feed.
std::string HashAudit(std::string_view previous_hash, Sequence sequence, const AuditEntry& entry);

struct ChainReport {
  Sequence records = 0;   // how many were found in order
  std::string last_hash;  // to be compared with an anchor kept elsewhere: it alone shows a cut tail
  struct Fault {
    Sequence sequence = 0;
    std::string reason;  // Vietnamese, for the person who verifies
  };
  std::optional<Fault> fault;  // the first one
};

// Walks the whole chain of this snapshot.
base::Result<ChainReport> VerifyAuditChain(ReadTransaction& read);

}  // namespace fhir::store
