// The port to the record: what every store (memory, SQLite, PostgreSQL) offers the engine. A commit
// is atomic and durable when it returns, gets the next sequence number of this node, and appends
// to the change log and the audit chain in the same step. One contract suite holds for all stores.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "fhir/model/document.h"
#include "fhir/search/query.h"

namespace fhir::store {

using Version = int64_t;   // 1, 2, 3 … per resource; deletions count too
using Sequence = int64_t;  // 1, 2, 3 … per node, one per commit, without gaps

struct Key {
  model::ResourceType type{};
  std::string id;
  bool operator==(const Key&) const = default;
};

// One version of a resource. `body` is compact JSON with meta.versionId and meta.lastUpdated spliced
// in; empty when this version is a deletion.
struct Stored {
  Key key;
  Version version = 0;
  base::Instant last_updated;
  bool deleted = false;
  std::string body;
};

// ---- Writing -------------------------------------------------------------------------------------

struct Write {
  enum class Action { kPut, kDelete };
  Action action = Action::kPut;
  Key key;
  // kPut only; its resourceType and id agree with the key.
  model::DocumentPtr document;
  // The version the writer saw: 0 = there must be none (or only a deletion), n = exactly n.
  // Unset = whatever is there (last writer wins; the rooms never leave it unset for edits).
  std::optional<Version> expected = std::nullopt;
};

// Must hold when the commit is applied; a broken one refuses the whole transaction (kConflict).
struct Condition {
  enum class Kind {
    kVersionIs,  // resource `key` is at `version` (0 = absent)
    kNoMatch,    // no current resource matches `query`
  };
  Kind kind = Kind::kVersionIs;
  Key key = {};
  Version version = 0;
  search::Query query = {};
};

// A typed event ("RedAlertRaised") as it lies in the log: name and JSON payload of ids, no names.
struct Event {
  std::string name;
  std::string payload;
};

// What the audit chain keeps of one act. `body` is an AuditEvent resource as compact JSON.
struct AuditEntry {
  base::Instant at;
  std::string body;
};

struct Transaction {
  std::vector<Write> writes;
  std::vector<Condition> conditions;
  std::vector<Event> events;
  std::vector<AuditEntry> audit;
};

struct CommitReceipt {
  Sequence sequence = 0;
  base::Instant at;               // the lastUpdated of every write in it
  std::vector<Version> versions;  // one per write, in their order
};

// ---- Reading -------------------------------------------------------------------------------------

struct LogEntry {
  Sequence sequence = 0;
  base::Instant at;
  struct Change {
    Key key;
    Version version = 0;
    bool deleted = false;
  };
  std::vector<Change> changes;
  std::vector<Event> events;
};

struct AuditRecord {
  Sequence sequence = 0;  // position in the audit chain, 1, 2, 3 …
  std::string previous_hash;  // hex SHA-256
  std::string hash;           // hex SHA-256 of previous_hash, sequence, time and body
  AuditEntry entry;
};

struct SearchPage {
  std::vector<Stored> matches;
  std::vector<Stored> included;       // _include / _revinclude, each once
  std::optional<int64_t> total;       // only when the query asked for it
  std::string next_page;              // opaque token for Query::page; "" on the last page
};

struct HistoryQuery {
  std::optional<model::ResourceType> type;  // unset = whole system
  std::string id;                           // "" = whole type
  std::optional<base::Instant> since;
  std::optional<base::Instant> at;
  size_t count = 100;
  std::string page;  // opaque
};

struct HistoryPage {
  std::vector<Stored> versions;  // newest first
  std::string next_page;
};

// A consistent snapshot; keep it short-lived. It has no way to write. One thread at a time.
class ReadTransaction {
 public:
  virtual ~ReadTransaction() = default;
  // kNotFound, or kGone when the current version is a deletion.
  virtual base::Result<Stored> Read(const Key& key) = 0;
  virtual base::Result<Stored> ReadVersion(const Key& key, Version version) = 0;
  virtual base::Result<HistoryPage> History(const HistoryQuery& query) = 0;
  virtual base::Result<SearchPage> Search(const search::Query& query) = 0;
  // The store's own account of how it would run the query, as JSON.
  virtual base::Result<base::Json> Explain(const search::Query& query) = 0;
  // Entries with sequence > after, in order, at most `limit`.
  virtual base::Result<std::vector<LogEntry>> ReadLog(Sequence after, size_t limit) = 0;
  virtual base::Result<Sequence> LastSequence() = 0;
  virtual base::Result<std::vector<AuditRecord>> ReadAudit(Sequence after, size_t limit) = 0;
  // The newest `limit` records before `before` (0 = from the end), newest first.
  virtual base::Result<std::vector<AuditRecord>> ReadAuditBackwards(Sequence before, size_t limit) = 0;
};

struct StoreStatistics {
  int64_t resources = 0;
  int64_t bytes_on_disk = 0;
  Sequence last_sequence = 0;
  int64_t commits_waiting = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  virtual base::Result<std::unique_ptr<ReadTransaction>> BeginRead() = 0;

  // Blocks until durable. kConflict for a broken expectation or condition, kUnavailable when the
  // disk is full or the queue too long; then nothing of the transaction is stored.
  virtual base::Result<CommitReceipt> Commit(Transaction transaction) = 0;

  // Appends to the audit chain without a commit, for reads. Durable soon (at most 50 ms, with the
  // next commit at the latest), not necessarily when this returns: see docs/adr/0006.
  virtual base::Status AppendAudit(std::vector<AuditEntry> entries) = 0;
  // Waits until everything appended so far is durable.
  virtual base::Status FlushAudit() = 0;

  // Durable positions of log readers, by name; 0 for an unknown name.
  virtual base::Result<Sequence> ReadPosition(std::string_view reader) = 0;
  virtual base::Status SavePosition(std::string_view reader, Sequence position) = 0;

  // Called after each commit with the newest sequence, from the writer's thread: be quick.
  // The returned token unsubscribes when destroyed.
  using Subscription = std::shared_ptr<void>;
  virtual Subscription OnCommit(std::function<void(Sequence)> listener) = 0;

  virtual base::Result<StoreStatistics> Statistics() = 0;
};

}  // namespace fhir::store
