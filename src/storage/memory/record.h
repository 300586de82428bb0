// What the store in memory holds: every version of every resource, the change log, the audit chain.
// Nothing is ever changed once written, so a snapshot is no more than a sequence number.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fhir/model/document.h"
#include "fhir/search/match.h"
#include "fhir/store/store.h"

namespace storage::memory {

struct KeptVersion {
  fhir::store::Sequence sequence = 0;
  size_t ordinal = 0;  // its place in the commit
  fhir::store::Stored stored;
  fhir::model::DocumentPtr document;  // with this version's meta; null for a deletion
};

struct Resource {
  fhir::store::Key key;
  int64_t rid = 0;  // order of first creation
  std::vector<KeptVersion> versions;

  // The newest version at `snapshot`; null if it was not there yet.
  const KeptVersion* At(fhir::store::Sequence snapshot) const;
};

struct Record {
  std::deque<Resource> resources;  // in rid order; a deque never moves them
  std::map<std::pair<fhir::model::ResourceType, std::string>, Resource*> by_key;
  std::map<fhir::model::ResourceType, std::vector<Resource*>> by_type;
  std::vector<fhir::store::LogEntry> log;
  std::vector<fhir::store::AuditRecord> audit;
  std::map<std::string, fhir::store::Sequence, std::less<>> positions;
  base::Instant last_at;

  fhir::store::Sequence last_sequence() const {
    return static_cast<fhir::store::Sequence>(log.size());
  }
  const Resource* Find(const fhir::store::Key& key) const;
};

// The current resources at a snapshot, as the matcher wants to see them.
class SnapshotCorpus final : public fhir::search::Corpus {
 public:
  SnapshotCorpus(const Record& record, fhir::store::Sequence snapshot)
      : record_(record), snapshot_(snapshot) {}
  fhir::model::DocumentPtr Find(fhir::model::ResourceType type, std::string_view id) const override;
  void Each(fhir::model::ResourceType type,
            const std::function<bool(const fhir::model::Document&)>& visit) const override;

 private:
  const Record& record_;
  fhir::store::Sequence snapshot_;
};

}  // namespace storage::memory
