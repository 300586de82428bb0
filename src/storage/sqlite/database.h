// A connection to the encrypted SQLite file with its prepared statements, and SQLite's return codes
// as errors of ours. Nothing outside storage/sqlite sees it.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "storage/sqlite/cipher.h"

struct sqlite3;
struct sqlite3_stmt;

namespace fhir::search {
struct Clause;
}

namespace storage::sqlite {

inline constexpr char kClausePointer[] = "tram.clause";

class Database;

// A prepared statement on loan from its connection; reset and handed back when it goes.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // Parameters count from 1. Texts and blobs must outlive the next Step.
  Statement& Bind(int index, int64_t value);
  Statement& Bind(int index, std::string_view text);
  Statement& BindReal(int index, double value);
  Statement& BindBlob(int index, std::string_view bytes);
  Statement& BindNull(int index);
  // For the function tram_matches of search_functions.cc.
  Statement& BindClause(int index, const fhir::search::Clause* clause);

  // True while there is a row.
  base::Result<bool> Step();
  // For statements without rows.
  base::Status Run();
  // Ready for the next values of the same statement.
  Statement& Reset();

  // Columns count from 0; views end with the next Step.
  int64_t Int(int column) const;
  double Real(int column) const;
  std::string_view Text(int column) const;
  std::string_view Blob(int column) const;
  bool IsNull(int column) const;
  enum class ColumnKind { kNull, kInteger, kReal, kText, kBlob };
  ColumnKind Kind(int column) const;

 private:
  friend class Database;
  Statement(Database* database, sqlite3_stmt* handle, bool cached)
      : database_(database), handle_(handle), cached_(cached) {}
  Database* database_;
  sqlite3_stmt* handle_;
  bool cached_;
};

class Database {
 public:
  enum class Role {
    kWriter,  // the one connection that writes and checkpoints
    kReader,  // cannot write
    kRepair,  // as the writer, but may write pages: only to restore a backup
  };
  struct Options {
    std::string path;
    PageKey key;
    Role role = Role::kReader;
    int cache_kib = 4096;
    std::string vfs = {};  // "" = the system's; tests put a failing disk here
    // Installs what the connection's SQL needs beyond SQLite's own functions.
    std::function<base::Status(Database&)> prepare = {};
  };

  // kUnprocessable when the key does not open the file.
  static base::Result<std::unique_ptr<Database>> Open(const Options& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // One or several statements without parameters and rows.
  base::Status Execute(const char* sql);
  // The statement with this text, prepared once per connection.
  base::Result<Statement> Prepare(std::string_view sql);
  // The first column of the first row; `otherwise` when there is no row.
  base::Result<int64_t> ReadInt(std::string_view sql, int64_t otherwise = 0);

  // Statements running past this moment of base::MonotonicMillis end with kTooLarge; 0 = never.
  void set_deadline(int64_t monotonic_millis) { deadline_ = monotonic_millis; }
  int64_t deadline() const { return deadline_; }

  base::Error MakeError(int code) const;
  // Why the last statement failed, when it did.
  enum class Failure { kNone, kDiskFull, kDevice, kOther };
  Failure last_failure() const { return last_failure_; }
  void ClearFailure() { last_failure_ = Failure::kNone; }

  bool InTransaction() const;
  // Pages in the WAL after the last commit of this connection (writer only).
  int wal_pages() const { return wal_pages_; }
  enum class Checkpoint { kPassive, kRestart, kTruncate };
  base::Status RunCheckpoint(Checkpoint mode);

  sqlite3* handle() { return handle_; }

 private:
  friend class Statement;
  Database() = default;
  static int OnProgress(void* self);
  static int OnWal(void* self, sqlite3* handle, const char* schema, int pages);
  void GiveBack(sqlite3_stmt* statement, bool cached);

  struct Cached {
    sqlite3_stmt* statement;
    bool lent;
    std::list<std::string>::iterator used;
  };

  sqlite3* handle_ = nullptr;
  int64_t deadline_ = 0;
  int wal_pages_ = 0;
  mutable Failure last_failure_ = Failure::kNone;
  // Searches make texts of many shapes: the least recently used ones leave.
  std::unordered_map<std::string_view, Cached> statements_;
  std::list<std::string> texts_;  // most recently used first; owns the keys above
};

}  // namespace storage::sqlite
