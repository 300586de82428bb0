// A store in memory: for tests, and the oracle the other stores are compared with. It searches by
// looking at every resource, so what it finds is right and slow.
#pragma once

#include <memory>

#include "base/time.h"
#include "fhir/store/store.h"

namespace storage::memory {

// The clock must outlive the store.
std::unique_ptr<fhir::store::Store> MakeMemoryStore(const base::Clock& clock);

}  // namespace storage::memory
