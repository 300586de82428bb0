// A transaction made ready in the caller's thread: bodies compressed and index rows extracted, so
// that the one writer only has to check and insert.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "fhir/search/index_entries.h"
#include "fhir/store/store.h"
#include "storage/sqlite/body_codec.h"

namespace storage::sqlite {

struct PreparedWrite {
  fhir::store::Key key;
  fhir::store::Write::Action action{};
  std::optional<fhir::store::Version> expected;
  std::string body;                    // as stored; "" for a deletion
  fhir::search::IndexEntries entries;  // empty for a deletion
};

struct PreparedAudit {
  fhir::store::AuditEntry entry;
  std::string compressed;
};

struct PreparedTransaction {
  std::vector<PreparedWrite> writes;
  std::vector<fhir::store::Condition> conditions;
  std::string events;  // JSON array of {name, payload}; "" when there are none
  std::vector<PreparedAudit> audit;
  size_t bytes = 0;  // about what it will add to the file
};

base::Result<PreparedTransaction> Prepare(fhir::store::Transaction transaction,
                                          const BodyCodec& codec);
std::vector<PreparedAudit> PrepareAudit(std::vector<fhir::store::AuditEntry> entries,
                                        const BodyCodec& codec);

std::string EventsToText(const std::vector<fhir::store::Event>& events);
base::Result<std::vector<fhir::store::Event>> EventsFromText(std::string_view text);

}  // namespace storage::sqlite
