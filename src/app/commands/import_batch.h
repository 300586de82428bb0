// Collects resources of an import into commits of a useful size, and takes a refused commit apart
// until only what is really at fault is left out.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "access/guarded_store.h"
#include "base/result.h"
#include "fhir/model/document.h"
#include "fhir/rest/transaction.h"

namespace app::commands {

// What becomes of each document; called from the thread that imports it.
struct ImportSink {
  std::function<void(int64_t)> stored;
  std::function<void(int64_t)> existing;
  // `resource` is the resource's text, or "" where there was none to read.
  std::function<void(const std::string& origin, const base::Error&, const std::string& resource)>
      failed;
};

class ImportBatch {
 public:
  ImportBatch(access_control::GuardedStore& store, fhir::rest::ConditionalReferences& conditional,
              ImportSink sink)
      : store_(store), conditional_(conditional), sink_(std::move(sink)) {}

  // A Bundle of any type, or one resource. How many resources it holds.
  int64_t Add(fhir::model::DocumentPtr document, const std::string& origin);
  // Commits what is left.
  void Flush();

 private:
  // One Bundle or one resource, which stays whole where FHIR says so.
  struct Unit {
    fhir::model::DocumentPtr document;              // keeps the entries alive, as do the addresses
    std::shared_ptr<std::deque<std::string>> urls;  // made up for entries without a request
    std::vector<fhir::rest::BundleEntry> entries;
    std::string origin;
    bool is_atomic = false;
  };
  struct Planned {
    Unit unit;
    fhir::rest::Plan plan;
  };

  base::Result<Unit> MakeUnit(fhir::model::DocumentPtr document, const std::string& origin);
  void Take(Unit unit);
  bool NeedsWhatIsPending(const Unit& unit);
  // Whether a resource of the plan is in the pending commit already.
  bool Overlaps(const fhir::rest::Plan& plan) const;
  void CommitAlone(Unit unit);
  void Count(const Planned& planned);
  void Fail(const Unit& unit, const base::Error& error);

  access_control::GuardedStore& store_;
  fhir::rest::ConditionalReferences& conditional_;
  const ImportSink sink_;
  std::vector<Planned> pending_;
  size_t pending_writes_ = 0;
  std::set<std::string> pending_references_;
};

}  // namespace app::commands
