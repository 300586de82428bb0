// StoreRecordScope: the RecordScope of life: a person, a purpose, and the guarded store behind
// them.
#pragma once

#include "access/guarded_store.h"
#include "access/record_scope.h"

namespace access_control {

// Made per request; borrows the store, the clock and the randomness.
class StoreRecordScope final : public RecordScope {
 public:
  StoreRecordScope(fhir::store::Store& store, Principal who, Purpose purpose,
                   const base::Clock& clock, base::Random& random)
      : guarded_(store, std::move(who), purpose, clock, random) {}

  const Principal& principal() const override { return guarded_.who(); }
  Purpose purpose() const override { return guarded_.purpose(); }
  base::Result<Record> Read(std::string_view type, std::string_view id) override;
  base::Result<RecordPage> Search(std::string_view query, std::string_view page = {}) override;
  base::Result<fhir::store::CommitReceipt> Commit(Change change) override;

  GuardedStore& guarded() { return guarded_; }

 protected:
  base::Instant Now() const override { return guarded_.clock().Now(); }
  base::Random& random() override { return guarded_.random(); }

 private:
  GuardedStore guarded_;
};

}  // namespace access_control
