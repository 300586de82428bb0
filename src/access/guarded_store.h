// GuardedStore: the record as one person may see and change it: guard, then store, audit outermost,
// so that refusals are recorded too. fhir/rest speaks to it; the rooms through their RecordScope.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/audit_event.h"
#include "access/permissions.h"
#include "access/principal.h"
#include "access/record_facts.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "fhir/store/store.h"

namespace access_control {

class GuardedStore {
 public:
  GuardedStore(fhir::store::Store& store, Principal who, Purpose purpose, const base::Clock& clock,
               base::Random& random);

  // kForbidden when the type is not granted; kNotFound when the record is another station's, just
  // as if there were none.
  base::Result<fhir::store::Stored> Read(const fhir::store::Key& key);
  base::Result<fhir::store::Stored> ReadVersion(const fhir::store::Key& key,
                                                fhir::store::Version version);
  base::Result<fhir::store::HistoryPage> History(const fhir::store::HistoryQuery& query);
  base::Result<fhir::store::SearchPage> Search(fhir::search::Query query);
  // All or nothing; what is created is tagged with the person's station. A write without an
  // expectation counts as an update if the resource exists.
  base::Result<fhir::store::CommitReceipt> Commit(fhir::store::Transaction transaction);

  // For app/wiring: whether this person may call a use case; a refusal is recorded.
  base::Status Authorize(std::string_view permission);

  const Principal& who() const { return who_; }
  Purpose purpose() const { return purpose_; }
  const base::Clock& clock() const { return clock_; }
  base::Random& random() { return random_; }

 private:
  struct Planned;

  bool May(fhir::model::ResourceType type, Interaction interaction, Relation relation) const;
  base::Result<fhir::store::Stored> Show(Interaction interaction, const fhir::store::Key& key,
                                         base::Result<fhir::store::Stored> found);
  base::Status GuardWrite(fhir::store::ReadTransaction& read, fhir::store::Write& write,
                          Planned& planned);
  base::Status GuardPut(fhir::store::Write& write, Planned& planned,
                        const std::vector<std::string>* stored_stations);
  base::Status GuardConditions(std::vector<fhir::store::Condition>& conditions) const;
  base::Status Record(const Act& act);
  // Records how it went wrong and hands the error on.
  base::Error Fail(Act act, base::Error error);

  fhir::store::Store& store_;
  const Principal who_;
  const Purpose purpose_;
  const base::Clock& clock_;
  base::Random& random_;
};

}  // namespace access_control
