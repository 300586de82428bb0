// Applies prepared transactions inside the writer's open SQLite transaction. Everything that can
// refuse one is checked before its first row is written, so a refusal leaves nothing behind.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "fhir/store/store.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/prepared.h"

namespace storage::sqlite {

class RecordWriter {
 public:
  RecordWriter(Database& database, const base::Clock& clock) : database_(database), clock_(clock) {}

  // What the next commit builds on. Kept in memory; put back when a transaction is rolled back.
  struct Head {
    int64_t last_rid = 0;
    fhir::store::Sequence last_sequence = 0;
    int64_t last_at = 0;
    fhir::store::Sequence last_audit = 0;
    std::string last_audit_hash;  // hex
    int64_t resources = 0;
  };
  base::Status LoadHead();
  // Whether everything up to this head is in the file.
  base::Result<bool> Holds(const Head& earlier);
  const Head& head() const { return head_; }
  void set_head(Head head) { head_ = std::move(head); }

  // One write as it will happen, known before anything is written.
  struct Step {
    int64_t rid = 0;
    fhir::store::Version before = 0;  // 0 = a new resource
    bool live_before = false;
    fhir::store::Version after = 0;
  };

  // Everything that can refuse the transaction; writes nothing. kConflict for a broken expectation
  // or condition.
  base::Result<std::vector<Step>> Check(const PreparedTransaction& transaction);
  // After Check in the same SQLite transaction. On an error that must be rolled back.
  base::Result<fhir::store::CommitReceipt> Apply(const PreparedTransaction& transaction,
                                                 const std::vector<Step>& steps);
  base::Status AppendAudit(const std::vector<PreparedAudit>& entries);
  base::Status SavePosition(std::string_view reader, fhir::store::Sequence position);
  // Before the SQLite transaction commits: what is kept once per group.
  base::Status Finish();

 private:
  struct Current {
    int64_t rid = 0;
    fhir::store::Version version = 0;
    bool deleted = false;
  };

  base::Result<Current> FindCurrent(const fhir::store::Key& key);
  base::Status CheckCondition(const fhir::store::Condition& condition);
  base::Result<std::vector<Step>> PlanWrites(const std::vector<PreparedWrite>& writes);
  base::Status ApplyWrite(const PreparedWrite& write, const Step& step, int64_t at);
  base::Status MoveToHistory(const Step& step);
  base::Status InsertEntries(int64_t rid, const fhir::search::IndexEntries& entries);
  base::Status RemoveEntries(int64_t rid);
  base::Status AppendToLog(const PreparedTransaction& transaction, const std::vector<Step>& steps,
                           fhir::store::Sequence sequence, int64_t at);
  int64_t NextInstant();

  Database& database_;
  const base::Clock& clock_;
  Head head_;
};

// The id of an old version's row in `history`.
inline constexpr int kVersionBits = 24;
constexpr int64_t HistoryId(int64_t rid, fhir::store::Version version) {
  return rid << kVersionBits | version;
}

}  // namespace storage::sqlite
