#include "storage/sqlite/schema.h"

#include <string>

namespace storage::sqlite {
namespace {

// docs/formats/store.md explains every column. The id_key is search::Key(id): 64 bits in the index
// in place of 36 letters; the id in the row decides.
constexpr char kVersion1[] = R"(
CREATE TABLE property(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE resource(
  rid INTEGER PRIMARY KEY,
  type INTEGER NOT NULL,
  id_key INTEGER NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  body BLOB);
CREATE INDEX resource_by_id ON resource(type, id_key);
CREATE INDEX resource_current ON resource(type) WHERE deleted=0;
CREATE INDEX resource_by_update ON resource(type, updated) WHERE deleted=0;

-- Versions that are no longer current; vid = rid << 24 | version.
CREATE TABLE history(
  vid INTEGER PRIMARY KEY,
  updated INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  body BLOB);

CREATE TABLE commit_log(sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, events TEXT);
CREATE TABLE change(
  sequence INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  rid INTEGER NOT NULL,
  type INTEGER NOT NULL,
  version INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  PRIMARY KEY(sequence, ordinal)) WITHOUT ROWID;
CREATE INDEX change_by_type ON change(type, sequence, ordinal);

CREATE TABLE audit(
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  previous_hash BLOB NOT NULL,
  hash BLOB NOT NULL,
  body BLOB NOT NULL);

CREATE TABLE reader(name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE index_key(
  slot INTEGER NOT NULL, key INTEGER NOT NULL, qualifier INTEGER NOT NULL, rid INTEGER NOT NULL,
  PRIMARY KEY(slot, key, qualifier, rid)) WITHOUT ROWID;
CREATE INDEX index_key_by_rid ON index_key(rid, slot, key, qualifier);

CREATE TABLE index_text(
  slot INTEGER NOT NULL, text TEXT NOT NULL, exact INTEGER NOT NULL, rid INTEGER NOT NULL,
  PRIMARY KEY(slot, text, exact, rid)) WITHOUT ROWID;
CREATE INDEX index_text_by_rid ON index_text(rid, slot, text, exact);

CREATE TABLE index_date(
  slot INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL, rid INTEGER NOT NULL,
  PRIMARY KEY(slot, low, high, rid)) WITHOUT ROWID;
CREATE INDEX index_date_by_rid ON index_date(rid, slot, low, high);
CREATE INDEX index_date_by_high ON index_date(slot, high, rid);

CREATE TABLE index_number(
  slot INTEGER NOT NULL, low REAL NOT NULL, high REAL NOT NULL, system INTEGER NOT NULL,
  code INTEGER NOT NULL, unit INTEGER NOT NULL, rid INTEGER NOT NULL,
  PRIMARY KEY(slot, low, high, system, code, unit, rid)) WITHOUT ROWID;
CREATE INDEX index_number_by_rid ON index_number(rid, slot, low, high, system, code, unit);

CREATE TABLE compartment(
  patient INTEGER NOT NULL, type INTEGER NOT NULL, rid INTEGER NOT NULL,
  PRIMARY KEY(patient, type, rid)) WITHOUT ROWID;
CREATE INDEX compartment_by_rid ON compartment(rid);
)";

constexpr const char* kMigrations[] = {kVersion1};

}  // namespace

int64_t SchemaVersion() { return std::size(kMigrations); }

base::Status Migrate(Database& writer) {
  TRY_ASSIGN(const int64_t found, writer.ReadInt("PRAGMA user_version"));
  if (found > SchemaVersion()) {
    return base::Unprocessable(
        "Dữ liệu do phiên bản Tram mới hơn tạo ra. Hãy cập nhật chương trình.");
  }
  for (int64_t version = found; version < SchemaVersion(); ++version) {
    const std::string sql = std::string("BEGIN IMMEDIATE;") + kMigrations[version] +
                            "PRAGMA user_version=" + std::to_string(version + 1) + ";COMMIT;";
    TRY(writer.Execute(sql.c_str()));
  }
  return base::Ok();
}

}  // namespace storage::sqlite
