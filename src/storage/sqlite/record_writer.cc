#include "storage/sqlite/record_writer.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "fhir/search/index_entries.h"
#include "fhir/store/audit_chain.h"
#include "storage/sqlite/search.h"

namespace storage::sqlite {
namespace {

using fhir::store::Condition;
using fhir::store::Key;
using fhir::store::Sequence;
using fhir::store::Version;
using fhir::store::Write;

constexpr int64_t kConditionMillis = 2'000;
constexpr Version kMaxVersion = (Version{1} << kVersionBits) - 1;

constexpr char kFindResource[] =
    "SELECT rid, version, deleted FROM resource WHERE type=? AND id_key=? AND id=?";
constexpr char kInsertResource[] =
    "INSERT INTO resource(rid, type, id_key, id, version, updated, deleted, body) "
    "VALUES(?,?,?,?,?,?,?,?)";
constexpr char kUpdateResource[] =
    "UPDATE resource SET version=?, updated=?, deleted=?, body=? WHERE rid=?";
constexpr char kKeepVersion[] =
    "INSERT INTO history(vid, updated, deleted, body) "
    "SELECT ?, updated, deleted, body FROM resource WHERE rid=?";
constexpr char kInsertCommit[] = "INSERT INTO commit_log(sequence, at, events) VALUES(?,?,?)";
constexpr char kInsertChange[] =
    "INSERT INTO change(sequence, ordinal, rid, type, version, deleted) VALUES(?,?,?,?,?,?)";
constexpr char kInsertAudit[] =
    "INSERT INTO audit(sequence, at, previous_hash, hash, body) VALUES(?,?,?,?,?)";
constexpr char kSavePosition[] =
    "INSERT INTO reader(name, position) VALUES(?,?) "
    "ON CONFLICT(name) DO UPDATE SET position=excluded.position";
constexpr char kSaveProperty[] =
    "INSERT INTO property(name, value) VALUES(?,?) "
    "ON CONFLICT(name) DO UPDATE SET value=excluded.value";

constexpr char kInsertKey[] = "INSERT INTO index_key(slot, key, qualifier, rid) VALUES(?,?,?,?)";
constexpr char kInsertText[] = "INSERT INTO index_text(slot, text, exact, rid) VALUES(?,?,?,?)";
constexpr char kInsertDate[] = "INSERT INTO index_date(slot, low, high, rid) VALUES(?,?,?,?)";
constexpr char kInsertNumber[] =
    "INSERT INTO index_number(slot, low, high, system, code, unit, rid) VALUES(?,?,?,?,?,?,?)";
constexpr char kInsertCompartment[] = "INSERT INTO compartment(patient, type, rid) VALUES(?,?,?)";
constexpr const char* kRemoveEntries[] = {
    "DELETE FROM index_key WHERE rid=?", "DELETE FROM index_text WHERE rid=?",
    "DELETE FROM index_date WHERE rid=?", "DELETE FROM index_number WHERE rid=?",
    "DELETE FROM compartment WHERE rid=?"};

base::Error ChangedMeanwhile() {
  return base::Conflict(
      "Dữ liệu vừa được người khác thay đổi. Hãy tải lại rồi thực hiện lại thao tác.");
}

std::string Identity(const Key& key) {
  return std::to_string(static_cast<int>(key.type)) + '/' + key.id;
}

}  // namespace

base::Status RecordWriter::LoadHead() {
  Head head;
  TRY_ASSIGN(head.last_rid, database_.ReadInt("SELECT max(rid) FROM resource"));
  TRY_ASSIGN(head.last_sequence, database_.ReadInt("SELECT max(sequence) FROM commit_log"));
  TRY_ASSIGN(head.last_at,
             database_.ReadInt("SELECT at FROM commit_log ORDER BY sequence DESC LIMIT 1"));
  TRY_ASSIGN(head.resources,
             database_.ReadInt("SELECT value FROM property WHERE name='resources'"));
  TRY_ASSIGN(Statement audit, database_.Prepare("SELECT sequence, hash FROM audit "
                                                "ORDER BY sequence DESC LIMIT 1"));
  TRY_ASSIGN(const bool row, audit.Step());
  head.last_audit = row ? audit.Int(0) : 0;
  head.last_audit_hash = row ? base::ToHex(audit.Blob(1)) : fhir::store::kNoPreviousHash;
  head_ = std::move(head);
  return base::Ok();
}

base::Result<bool> RecordWriter::Holds(const Head& earlier) {
  if (head_.last_sequence < earlier.last_sequence || head_.last_audit < earlier.last_audit) {
    return false;
  }
  if (earlier.last_audit == 0) return true;
  TRY_ASSIGN(Statement find, database_.Prepare("SELECT hash FROM audit WHERE sequence=?"));
  TRY_ASSIGN(const bool row, find.Bind(1, earlier.last_audit).Step());
  return row && base::ToHex(find.Blob(0)) == earlier.last_audit_hash;
}

base::Result<RecordWriter::Current> RecordWriter::FindCurrent(const Key& key) {
  TRY_ASSIGN(Statement find, database_.Prepare(kFindResource));
  find.Bind(1, static_cast<int64_t>(key.type))
      .Bind(2, static_cast<int64_t>(fhir::search::Key(key.id)))
      .Bind(3, key.id);
  TRY_ASSIGN(const bool row, find.Step());
  if (!row) return Current{};
  return Current{.rid = find.Int(0), .version = find.Int(1), .deleted = find.Int(2) != 0};
}

base::Status RecordWriter::CheckCondition(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::kVersionIs: {
      TRY_ASSIGN(const Current current, FindCurrent(condition.key));
      const Version live = current.deleted ? 0 : current.version;
      if (condition.version != (condition.version == 0 ? live : current.version)) {
        return ChangedMeanwhile();
      }
      return base::Ok();
    }
    case Condition::Kind::kNoMatch: {
      // A slow condition would hold up everybody's commits.
      database_.set_deadline(base::MonotonicMillis() + kConditionMillis);
      const base::Result<bool> any = AnyMatch(database_, condition.query);
      database_.set_deadline(0);
      if (!any.ok()) return any.error();
      if (*any) return base::Conflict("Đã có hồ sơ trùng với dữ liệu này. Hãy kiểm tra lại.");
      return base::Ok();
    }
  }
  return base::Internal("unknown condition");
}

base::Result<std::vector<RecordWriter::Step>> RecordWriter::PlanWrites(
    const std::vector<PreparedWrite>& writes) {
  std::vector<Step> steps;
  steps.reserve(writes.size());
  std::unordered_map<std::string, Current> touched;  // a later write of the same key sees the first
  int64_t last_rid = head_.last_rid;
  for (const PreparedWrite& write : writes) {
    const std::string identity = Identity(write.key);
    auto found = touched.find(identity);
    if (found == touched.end()) {
      TRY_ASSIGN(const Current stored, FindCurrent(write.key));
      found = touched.emplace(identity, stored).first;
    }
    Current& current = found->second;
    const bool live = current.version > 0 && !current.deleted;
    if (write.expected.has_value()) {
      const Version seen = *write.expected == 0 && !live ? 0 : current.version;
      if (seen != *write.expected) return ChangedMeanwhile();
    }
    const bool deletes = write.action == Write::Action::kDelete;
    if (deletes && current.version == 0) return base::NotFound("Không tìm thấy hồ sơ cần xóa.");
    if (current.version == kMaxVersion) {
      return base::Unprocessable("Hồ sơ này đã có quá nhiều phiên bản.");
    }
    Step step{.rid = current.rid,
              .before = current.version,
              .live_before = live,
              .after = current.version + 1};
    if (step.rid == 0) step.rid = ++last_rid;
    current = {.rid = step.rid, .version = step.after, .deleted = deletes};
    steps.push_back(step);
  }
  return steps;
}

// Never goes back, whatever the clock does: lastUpdated grows with the sequence.
int64_t RecordWriter::NextInstant() { return std::max(clock_.Now().millis, head_.last_at); }

base::Result<std::vector<RecordWriter::Step>> RecordWriter::Check(
    const PreparedTransaction& transaction) {
  for (const Condition& condition : transaction.conditions) TRY(CheckCondition(condition));
  return PlanWrites(transaction.writes);
}

base::Result<fhir::store::CommitReceipt> RecordWriter::Apply(const PreparedTransaction& transaction,
                                                             const std::vector<Step>& steps) {
  const int64_t at = NextInstant();
  const Sequence sequence = head_.last_sequence + 1;
  fhir::store::CommitReceipt receipt{.sequence = sequence, .at = {at}, .versions = {}};
  receipt.versions.reserve(steps.size());
  for (size_t i = 0; i < steps.size(); ++i) {
    TRY(ApplyWrite(transaction.writes[i], steps[i], at));
    receipt.versions.push_back(steps[i].after);
  }
  TRY(AppendToLog(transaction, steps, sequence, at));
  TRY(AppendAudit(transaction.audit));
  head_.last_sequence = sequence;
  head_.last_at = at;
  return receipt;
}

base::Status RecordWriter::ApplyWrite(const PreparedWrite& write, const Step& step, int64_t at) {
  const bool deletes = write.action == Write::Action::kDelete;
  if (step.before == 0) {
    TRY_ASSIGN(Statement insert, database_.Prepare(kInsertResource));
    insert.Bind(1, step.rid)
        .Bind(2, static_cast<int64_t>(write.key.type))
        .Bind(3, static_cast<int64_t>(fhir::search::Key(write.key.id)))
        .Bind(4, write.key.id)
        .Bind(5, step.after)
        .Bind(6, at)
        .Bind(7, deletes ? 1 : 0)
        .BindBlob(8, write.body);
    TRY(insert.Run());
    head_.last_rid = std::max(head_.last_rid, step.rid);
  } else {
    TRY(MoveToHistory(step));
    TRY_ASSIGN(Statement update, database_.Prepare(kUpdateResource));
    update.Bind(1, step.after).Bind(2, at).Bind(3, deletes ? 1 : 0).Bind(5, step.rid);
    deletes ? update.BindNull(4) : update.BindBlob(4, write.body);
    TRY(update.Run());
    if (step.live_before) TRY(RemoveEntries(step.rid));
  }
  if (!deletes) TRY(InsertEntries(step.rid, write.entries));
  head_.resources += (deletes ? 0 : 1) - (step.live_before ? 1 : 0);
  return base::Ok();
}

base::Status RecordWriter::MoveToHistory(const Step& step) {
  TRY_ASSIGN(Statement keep, database_.Prepare(kKeepVersion));
  keep.Bind(1, HistoryId(step.rid, step.before)).Bind(2, step.rid);
  return keep.Run();
}

base::Status RecordWriter::InsertEntries(int64_t rid, const fhir::search::IndexEntries& entries) {
  TRY_ASSIGN(Statement key, database_.Prepare(kInsertKey));
  for (const fhir::search::KeyRow& row : entries.keys) {
    key.Bind(1, row.slot).Bind(2, static_cast<int64_t>(row.key)).Bind(3, row.qualifier);
    TRY(key.Bind(4, rid).Run());
  }
  TRY_ASSIGN(Statement text, database_.Prepare(kInsertText));
  for (const fhir::search::TextRow& row : entries.texts) {
    text.Bind(1, row.slot).Bind(2, row.text).Bind(3, static_cast<int64_t>(row.exact));
    TRY(text.Bind(4, rid).Run());
  }
  TRY_ASSIGN(Statement date, database_.Prepare(kInsertDate));
  for (const fhir::search::DateRow& row : entries.dates) {
    TRY(date.Bind(1, row.slot).Bind(2, row.low).Bind(3, row.high).Bind(4, rid).Run());
  }
  TRY_ASSIGN(Statement number, database_.Prepare(kInsertNumber));
  for (const fhir::search::NumberRow& row : entries.numbers) {
    number.Bind(1, row.slot).BindReal(2, row.low).BindReal(3, row.high).Bind(4, row.system);
    number.Bind(5, static_cast<int64_t>(row.code)).Bind(6, static_cast<int64_t>(row.unit));
    TRY(number.Bind(7, rid).Run());
  }
  TRY_ASSIGN(Statement compartment, database_.Prepare(kInsertCompartment));
  for (const uint64_t patient : entries.patients) {
    compartment.Bind(1, static_cast<int64_t>(patient)).Bind(2, static_cast<int64_t>(entries.type));
    TRY(compartment.Bind(3, rid).Run());
  }
  return base::Ok();
}

base::Status RecordWriter::RemoveEntries(int64_t rid) {
  for (const char* sql : kRemoveEntries) {
    TRY_ASSIGN(Statement remove, database_.Prepare(sql));
    TRY(remove.Bind(1, rid).Run());
  }
  return base::Ok();
}

base::Status RecordWriter::AppendToLog(const PreparedTransaction& transaction,
                                       const std::vector<Step>& steps, Sequence sequence,
                                       int64_t at) {
  TRY_ASSIGN(Statement commit, database_.Prepare(kInsertCommit));
  commit.Bind(1, sequence).Bind(2, at);
  if (!transaction.events.empty()) commit.Bind(3, transaction.events);
  TRY(commit.Run());
  TRY_ASSIGN(Statement change, database_.Prepare(kInsertChange));
  for (size_t i = 0; i < steps.size(); ++i) {
    const PreparedWrite& write = transaction.writes[i];
    change.Bind(1, sequence).Bind(2, static_cast<int64_t>(i)).Bind(3, steps[i].rid);
    change.Bind(4, static_cast<int64_t>(write.key.type)).Bind(5, steps[i].after);
    TRY(change.Bind(6, write.action == Write::Action::kDelete ? 1 : 0).Run());
  }
  return base::Ok();
}

base::Status RecordWriter::AppendAudit(const std::vector<PreparedAudit>& entries) {
  if (entries.empty()) return base::Ok();
  TRY_ASSIGN(Statement insert, database_.Prepare(kInsertAudit));
  for (const PreparedAudit& audit : entries) {
    const Sequence sequence = head_.last_audit + 1;
    std::string hash = fhir::store::HashAudit(head_.last_audit_hash, sequence, audit.entry);
    const std::string previous_bytes = base::FromHex(head_.last_audit_hash).value_or("");
    const std::string hash_bytes = base::FromHex(hash).value_or("");
    insert.Bind(1, sequence).Bind(2, audit.entry.at.millis).BindBlob(3, previous_bytes);
    TRY(insert.BindBlob(4, hash_bytes).BindBlob(5, audit.compressed).Run());
    head_.last_audit = sequence;
    head_.last_audit_hash = std::move(hash);
  }
  return base::Ok();
}

base::Status RecordWriter::SavePosition(std::string_view reader, Sequence position) {
  TRY_ASSIGN(Statement save, database_.Prepare(kSavePosition));
  return save.Bind(1, reader).Bind(2, position).Run();
}

base::Status RecordWriter::Finish() {
  TRY_ASSIGN(Statement save, database_.Prepare(kSaveProperty));
  return save.Bind(1, std::string_view("resources")).Bind(2, head_.resources).Run();
}

}  // namespace storage::sqlite
