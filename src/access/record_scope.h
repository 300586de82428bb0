// RecordScope: the only way from a use case to the record. It knows who asks and why, refuses what
// the permission table does not grant, and leaves an audit trail of every read and write.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/principal.h"
#include "base/json.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "fhir/store/store.h"

namespace access_control {

// One resource as the rooms handle it: its body as a mutable tree and the version that was read.
struct Record {
  base::Json body;
  fhir::store::Version version = 0;  // 0 = not stored yet

  const std::string& id() const { return body["id"].String(); }
  const std::string& type() const { return body["resourceType"].String(); }
  std::string Reference() const { return type() + "/" + id(); }  // "Patient/0190…"
  const base::Json& operator[](std::string_view key) const { return body[key]; }
};

struct RecordPage {
  std::vector<Record> matches;
  std::vector<Record> included;
  std::string next_page;
  int64_t total = -1;  // -1 = not asked for
};

// What a use case wants written, all or nothing.
class Change {
 public:
  // A new resource; gets a UUIDv7 id when it has none. Returns its reference ("Task/…").
  std::string Create(base::Json body);
  // A resource read before; refused with kConflict if somebody changed it since.
  void Update(Record record);
  void Delete(const Record& record);
  // The record must still be at the version read, though it is not written.
  void Require(const Record& record);
  // No current resource may match, e.g. "Patient?identifier=system|value".
  void RequireNoMatch(std::string query);
  void Raise(std::string event_name, base::Json payload);

  bool empty() const;

  // What has been asked for so far; read by the scope that commits it.
  struct Item {
    enum class Kind { kCreate, kUpdate, kDelete, kRequire } kind;
    Record record;
  };
  const std::vector<Item>& items() const { return items_; }
  const std::vector<std::string>& no_match() const { return no_match_; }
  const std::vector<fhir::store::Event>& events() const { return events_; }

 private:
  friend class RecordScope;
  Change(base::Instant now, base::Random& random) : now_(now), random_(&random) {}
  base::Instant now_;
  base::Random* random_;
  std::vector<Item> items_;
  std::vector<std::string> no_match_;
  std::vector<fhir::store::Event> events_;
};

class RecordScope {
 public:
  virtual ~RecordScope() = default;

  virtual const Principal& principal() const = 0;
  virtual Purpose purpose() const = 0;

  // "Patient", id. kNotFound / kGone / kForbidden.
  virtual base::Result<Record> Read(std::string_view type, std::string_view id) = 0;
  // "Patient/0190…".
  base::Result<Record> ReadReference(std::string_view reference);
  // "Encounter?status=arrived&_sort=date&_include=Encounter:subject". One page (default 50 rows);
  // `page` is the next_page of the page before. Included resources this person may not read are
  // left out.
  virtual base::Result<RecordPage> Search(std::string_view query, std::string_view page = {}) = 0;
  // Every match, page by page, at most `limit` (kTooLarge beyond).
  base::Result<std::vector<Record>> SearchAll(std::string_view query, size_t limit = 1000);
  // The one match, kNotFound if none, kConflict if several.
  base::Result<Record> SearchOne(std::string_view query);

  Change NewChange();
  // Writes it durably. The receipt's versions are put back into nobody's Record: read again to edit
  // again.
  virtual base::Result<fhir::store::CommitReceipt> Commit(Change change) = 0;

 protected:
  virtual base::Instant Now() const = 0;
  virtual base::Random& random() = 0;
};

// Runs `attempt` until it ends with anything but kConflict, at most `tries` times: the one retry
// loop of the program. `attempt` reads afresh each time.
template <class Attempt>
auto RetryOnConflict(Attempt attempt, int tries = 5) -> decltype(attempt()) {
  for (int i = 1;; ++i) {
    auto result = attempt();
    if (result.ok() || result.error().code != base::ErrorCode::kConflict || i >= tries)
      return result;
  }
}

}  // namespace access_control
