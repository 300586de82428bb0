#include "storage/sqlite/reader.h"

#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "fhir/search/index_entries.h"
#include "storage/sqlite/history.h"
#include "storage/sqlite/prepared.h"
#include "storage/sqlite/record_writer.h"
#include "storage/sqlite/search.h"

namespace storage::sqlite {
namespace {

using fhir::store::AuditRecord;
using fhir::store::Key;
using fhir::store::LogEntry;
using fhir::store::Sequence;
using fhir::store::Stored;
using fhir::store::Version;

constexpr char kReadCurrent[] =
    "SELECT rid, version, updated, deleted, body FROM resource "
    "WHERE type=? AND id_key=? AND id=?";
constexpr char kReadLog[] =
    "SELECT l.sequence, l.at, l.events, r.type, r.id, c.version, c.deleted "
    "FROM (SELECT sequence, at, events FROM commit_log WHERE sequence>? ORDER BY sequence LIMIT ?) "
    "l "
    "LEFT JOIN change c ON c.sequence=l.sequence LEFT JOIN resource r ON r.rid=c.rid "
    "ORDER BY l.sequence, c.ordinal";
constexpr char kLastSequence[] = "SELECT max(sequence) FROM commit_log";
constexpr char kReadAudit[] =
    "SELECT sequence, at, previous_hash, hash, body FROM audit WHERE sequence>? "
    "ORDER BY sequence LIMIT ?";
constexpr char kReadAuditBackwards[] =
    "SELECT sequence, at, previous_hash, hash, body FROM audit WHERE sequence<? "
    "ORDER BY sequence DESC LIMIT ?";

base::Error Missing() { return base::NotFound("Không tìm thấy hồ sơ này."); }
base::Error Gone() { return {base::ErrorCode::kGone, "Hồ sơ này đã bị xóa."}; }

}  // namespace

base::Result<std::unique_ptr<Reader>> Reader::Begin(ReadPool::Lease lease, const BodyCodec& codec,
                                                    int64_t search_timeout_millis) {
  std::unique_ptr<Reader> reader(new Reader(std::move(lease), codec, search_timeout_millis));
  TRY(reader->lease_.database().Execute("BEGIN"));
  TRY(reader->LastSequence());  // BEGIN alone waits for the first read to fix the snapshot
  return reader;
}

Reader::~Reader() {
  Database& database = lease_.database();
  database.set_deadline(0);
  if (!database.InTransaction()) return;
  if (const base::Status done = database.Execute("COMMIT"); !done.ok()) {
    base::LogWarning("read_end_failed", {{"detail", done.error().detail}});
  }
}

base::Result<Stored> Reader::Read(const Key& key) {
  TRY_ASSIGN(Statement find, lease_.database().Prepare(kReadCurrent));
  find.Bind(1, static_cast<int64_t>(key.type))
      .Bind(2, static_cast<int64_t>(fhir::search::Key(key.id)))
      .Bind(3, key.id);
  TRY_ASSIGN(const bool row, find.Step());
  if (!row) return Missing();
  if (find.Int(3) != 0) return Gone();
  Stored stored{.key = key, .version = find.Int(1), .last_updated = {find.Int(2)}};
  TRY_ASSIGN(stored.body, codec_.Decode(find.Blob(4), stored.version, stored.last_updated));
  return stored;
}

base::Result<Stored> Reader::ReadVersion(const Key& key, Version version) {
  TRY_ASSIGN(Statement find, lease_.database().Prepare(kReadCurrent));
  find.Bind(1, static_cast<int64_t>(key.type))
      .Bind(2, static_cast<int64_t>(fhir::search::Key(key.id)))
      .Bind(3, key.id);
  TRY_ASSIGN(const bool row, find.Step());
  if (!row || version < 1 || version > find.Int(1)) return Missing();
  return ReadVersionOf(lease_.database(), codec_, {find.Int(0), key, version});
}

base::Result<fhir::store::HistoryPage> Reader::History(const fhir::store::HistoryQuery& query) {
  return ReadHistory(lease_.database(), codec_, query);
}

base::Result<fhir::store::SearchPage> Reader::Search(const fhir::search::Query& query) {
  lease_.database().set_deadline(base::MonotonicMillis() + search_timeout_millis_);
  auto page = RunSearch(lease_.database(), codec_, query);
  lease_.database().set_deadline(0);
  return page;
}

base::Result<base::Json> Reader::Explain(const fhir::search::Query& query) {
  lease_.database().set_deadline(base::MonotonicMillis() + search_timeout_millis_);
  auto plan = ExplainSearch(lease_.database(), codec_, query);
  lease_.database().set_deadline(0);
  return plan;
}

base::Result<std::vector<LogEntry>> Reader::ReadLog(Sequence after, size_t limit) {
  TRY_ASSIGN(Statement read, lease_.database().Prepare(kReadLog));
  read.Bind(1, after).Bind(2, static_cast<int64_t>(limit));
  std::vector<LogEntry> entries;
  while (true) {
    TRY_ASSIGN(const bool row, read.Step());
    if (!row) return entries;
    if (entries.empty() || entries.back().sequence != read.Int(0)) {
      LogEntry entry{.sequence = read.Int(0), .at = {read.Int(1)}};
      TRY_ASSIGN(entry.events, EventsFromText(read.Text(2)));
      entries.push_back(std::move(entry));
    }
    if (read.IsNull(3)) continue;  // a commit of events only
    entries.back().changes.push_back(
        {.key = {static_cast<fhir::model::ResourceType>(read.Int(3)), std::string(read.Text(4))},
         .version = read.Int(5),
         .deleted = read.Int(6) != 0});
  }
}

base::Result<Sequence> Reader::LastSequence() { return lease_.database().ReadInt(kLastSequence); }

base::Result<std::vector<AuditRecord>> Reader::ReadAudit(Sequence after, size_t limit) {
  TRY_ASSIGN(Statement read, lease_.database().Prepare(kReadAudit));
  read.Bind(1, after).Bind(2, static_cast<int64_t>(limit));
  return AuditRows(read);
}

base::Result<std::vector<AuditRecord>> Reader::ReadAuditBackwards(Sequence before, size_t limit) {
  TRY_ASSIGN(Statement read, lease_.database().Prepare(kReadAuditBackwards));
  read.Bind(1, before == 0 ? INT64_MAX : before).Bind(2, static_cast<int64_t>(limit));
  return AuditRows(read);
}

base::Result<std::vector<AuditRecord>> Reader::AuditRows(Statement& statement) {
  std::vector<AuditRecord> records;
  while (true) {
    TRY_ASSIGN(const bool row, statement.Step());
    if (!row) return records;
    AuditRecord record{.sequence = statement.Int(0),
                       .previous_hash = base::ToHex(statement.Blob(2)),
                       .hash = base::ToHex(statement.Blob(3)),
                       .entry = {.at = {statement.Int(1)}, .body = {}}};
    TRY_ASSIGN(record.entry.body, codec_.Decompress(statement.Blob(4)));
    records.push_back(std::move(record));
  }
}

}  // namespace storage::sqlite
