#include "storage/memory/record.h"

#include <algorithm>

namespace storage::memory {

using fhir::model::Document;
using fhir::model::DocumentPtr;
using fhir::model::ResourceType;

const KeptVersion* Resource::At(fhir::store::Sequence snapshot) const {
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (version->sequence <= snapshot) return &*version;
  }
  return nullptr;
}

const Resource* Record::Find(const fhir::store::Key& key) const {
  const auto found = by_key.find({key.type, key.id});
  return found == by_key.end() ? nullptr : found->second;
}

DocumentPtr SnapshotCorpus::Find(ResourceType type, std::string_view id) const {
  const Resource* resource = record_.Find({type, std::string(id)});
  const KeptVersion* version = resource != nullptr ? resource->At(snapshot_) : nullptr;
  return version != nullptr ? version->document : nullptr;
}

void SnapshotCorpus::Each(ResourceType type,
                          const std::function<bool(const Document&)>& visit) const {
  const auto found = record_.by_type.find(type);
  if (found == record_.by_type.end()) return;
  for (const Resource* resource : found->second) {
    const KeptVersion* version = resource->At(snapshot_);
    if (version != nullptr && version->document != nullptr && !visit(*version->document)) return;
  }
}

}  // namespace storage::memory
