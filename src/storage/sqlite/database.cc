#include "storage/sqlite/database.h"

#include <cerrno>
#include <utility>

#include <openssl/crypto.h>
#include <sqlite3.h>

#include "base/check.h"
#include "base/text.h"
#include "base/time.h"

namespace storage::sqlite {
namespace {

constexpr size_t kMaxCachedStatements = 200;
constexpr int kBusyMillis = 5'000;
constexpr int kCheckpointWaitMillis = 200;
constexpr int kInstructionsPerProgressCall = 4'000;
constexpr char kDiskFullMessage[] =
    "Ổ đĩa đã đầy nên chưa ghi được. Hãy giải phóng dung lượng rồi thử lại; vẫn xem được dữ liệu.";

// The settings of a station's database; each is a measured or documented safety choice.
// https://www.sqlite.org/pragma.html
constexpr char kSettings[] =
    "PRAGMA foreign_keys=ON;"
    "PRAGMA trusted_schema=OFF;"
    "PRAGMA cell_size_check=ON;"
    "PRAGMA mmap_size=0;"
    // Temporary files would not be encrypted.
    "PRAGMA temp_store=MEMORY;"
    // Only the writer's own code checkpoints: a second checkpointer can lose committed data in
    // SQLite 3.7.0 to 3.51.2, and the rule stays with a fixed version (docs/adr/0005).
    "PRAGMA wal_autocheckpoint=0;"
    "PRAGMA journal_size_limit=67108864;";

bool OutOfSpace(int system_errno) {
  return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG;
}

}  // namespace

// ---- Statement
// -----------------------------------------------------------------------------------

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      handle_(std::exchange(other.handle_, nullptr)),
      cached_(other.cached_) {}

Statement::~Statement() {
  if (handle_ != nullptr) database_->GiveBack(handle_, cached_);
}

Statement& Statement::Bind(int index, int64_t value) {
  CHECK(sqlite3_bind_int64(handle_, index, value) == SQLITE_OK);
  return *this;
}

Statement& Statement::Bind(int index, std::string_view text) {
  CHECK(sqlite3_bind_text64(handle_, index, text.data() == nullptr ? "" : text.data(), text.size(),
                            SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK);
  return *this;
}

Statement& Statement::BindReal(int index, double value) {
  CHECK(sqlite3_bind_double(handle_, index, value) == SQLITE_OK);
  return *this;
}

Statement& Statement::BindBlob(int index, std::string_view bytes) {
  CHECK(sqlite3_bind_blob64(handle_, index, bytes.data() == nullptr ? "" : bytes.data(),
                            bytes.size(), SQLITE_STATIC) == SQLITE_OK);
  return *this;
}

Statement& Statement::BindNull(int index) {
  CHECK(sqlite3_bind_null(handle_, index) == SQLITE_OK);
  return *this;
}

Statement& Statement::BindClause(int index, const fhir::search::Clause* clause) {
  CHECK(sqlite3_bind_pointer(handle_, index, const_cast<fhir::search::Clause*>(clause),
                             kClausePointer, nullptr) == SQLITE_OK);
  return *this;
}

base::Result<bool> Statement::Step() {
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_->MakeError(code);
}

base::Status Statement::Run() {
  TRY_ASSIGN(const bool row, Step());
  CHECK(!row);
  sqlite3_reset(handle_);
  return base::Ok();
}

Statement& Statement::Reset() {
  sqlite3_reset(handle_);
  return *this;
}

int64_t Statement::Int(int column) const { return sqlite3_column_int64(handle_, column); }

double Statement::Real(int column) const { return sqlite3_column_double(handle_, column); }

std::string_view Statement::Text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  if (text == nullptr) return {};
  return {text, static_cast<size_t>(sqlite3_column_bytes(handle_, column))};
}

std::string_view Statement::Blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<size_t>(sqlite3_column_bytes(handle_, column))};
}

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

Statement::ColumnKind Statement::Kind(int column) const {
  switch (sqlite3_column_type(handle_, column)) {
    case SQLITE_INTEGER: return ColumnKind::kInteger;
    case SQLITE_FLOAT: return ColumnKind::kReal;
    case SQLITE_TEXT: return ColumnKind::kText;
    case SQLITE_BLOB: return ColumnKind::kBlob;
  }
  return ColumnKind::kNull;
}

// ---- Database
// ------------------------------------------------------------------------------------

base::Result<std::unique_ptr<Database>> Database::Open(const Options& options) {
  CHECK(options.key.bytes.size() == kKeyBytes);
  std::unique_ptr<Database> database(new Database());
  // Readers open read-write too: a read-only connection cannot recover the WAL's index after a
  // crash. query_only below keeps them from writing.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (options.role == Role::kReader ? 0 : SQLITE_OPEN_CREATE);
  int code = sqlite3_open_v2(options.path.c_str(), &database->handle_, flags,
                             options.vfs.empty() ? nullptr : options.vfs.c_str());
  if (code != SQLITE_OK) return database->MakeError(code);
  sqlite3* handle = database->handle_;

  const int cipher =
      sqlite3mc_cipher_index(options.key.cipher == Cipher::kAegis256 ? "aegis" : "chacha20");
  CHECK(cipher > 0);
  sqlite3mc_config(handle, "cipher", cipher);
  // "raw:" skips the derivation meant for pass phrases: the key is random already.
  std::string raw = "raw:" + base::ToHex(options.key.bytes);
  code = sqlite3_key(handle, raw.data(), static_cast<int>(raw.size()));
  OPENSSL_cleanse(raw.data(), raw.size());
  if (code != SQLITE_OK) return database->MakeError(code);

  sqlite3_busy_timeout(handle, kBusyMillis);
  sqlite3_progress_handler(handle, kInstructionsPerProgressCall, &OnProgress, database.get());
  if (options.role != Role::kRepair) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  }
  TRY(database->Execute(kSettings));
  if (options.role == Role::kReader) {
    TRY(database->Execute("PRAGMA query_only=ON;"));
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  } else {
    TRY(database->Execute("PRAGMA page_size=4096;"));
    if (options.role == Role::kWriter) {
      TRY(database->Execute("PRAGMA journal_mode=WAL;"));
      sqlite3_wal_hook(handle, &OnWal, database.get());
    }
    TRY(database->Execute("PRAGMA synchronous=FULL;"));
  }
  TRY(database->Execute(("PRAGMA cache_size=-" + std::to_string(options.cache_kib)).c_str()));
  // The first read of the file: a wrong key shows here.
  TRY(database->ReadInt("SELECT count(*) FROM sqlite_schema"));
  if (options.prepare) TRY(options.prepare(*database));
  return database;
}

Database::~Database() {
  for (auto& [text, cached] : statements_) sqlite3_finalize(cached.statement);
  sqlite3_close_v2(handle_);
}

base::Status Database::Execute(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return MakeError(code);
  return base::Ok();
}

base::Result<Statement> Database::Prepare(std::string_view sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end() && !found->second.lent) {
    found->second.lent = true;
    texts_.splice(texts_.begin(), texts_, found->second.used);
    return Statement(this, found->second.statement, true);
  }
  sqlite3_stmt* handle = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  if (code != SQLITE_OK) return MakeError(code);
  CHECK(handle != nullptr);
  if (found != statements_.end()) return Statement(this, handle, false);  // in use further up
  texts_.emplace_front(sql);
  statements_.emplace(std::string_view(texts_.front()), Cached{handle, true, texts_.begin()});
  return Statement(this, handle, true);
}

void Database::GiveBack(sqlite3_stmt* statement, bool cached) {
  if (!cached) {
    sqlite3_finalize(statement);
    return;
  }
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  statements_.find(sqlite3_sql(statement))->second.lent = false;
  while (texts_.size() > kMaxCachedStatements) {
    const auto oldest = statements_.find(texts_.back());
    if (oldest->second.lent) break;
    sqlite3_finalize(oldest->second.statement);
    statements_.erase(oldest);
    texts_.pop_back();
  }
}

base::Result<int64_t> Database::ReadInt(std::string_view sql, int64_t otherwise) {
  TRY_ASSIGN(Statement statement, Prepare(sql));
  TRY_ASSIGN(const bool row, statement.Step());
  return row ? statement.Int(0) : otherwise;
}

int Database::OnProgress(void* self) {
  const auto* database = static_cast<const Database*>(self);
  return database->deadline_ != 0 && base::MonotonicMillis() > database->deadline_ ? 1 : 0;
}

int Database::OnWal(void* self, sqlite3* /*handle*/, const char* /*schema*/, int pages) {
  static_cast<Database*>(self)->wal_pages_ = pages;
  return SQLITE_OK;
}

bool Database::InTransaction() const { return sqlite3_get_autocommit(handle_) == 0; }

base::Status Database::RunCheckpoint(Checkpoint mode) {
  int sqlite_mode = SQLITE_CHECKPOINT_PASSIVE;
  switch (mode) {
    case Checkpoint::kPassive: break;
    case Checkpoint::kRestart: sqlite_mode = SQLITE_CHECKPOINT_RESTART; break;
    case Checkpoint::kTruncate: sqlite_mode = SQLITE_CHECKPOINT_TRUNCATE; break;
  }
  // Waiting for readers must not hold up the commits that queue meanwhile.
  sqlite3_busy_timeout(handle_, kCheckpointWaitMillis);
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, sqlite_mode, nullptr, nullptr);
  sqlite3_busy_timeout(handle_, kBusyMillis);
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) return MakeError(code);
  if (code == SQLITE_OK && mode == Checkpoint::kTruncate) wal_pages_ = 0;
  return base::Ok();
}

base::Error Database::MakeError(int code) const {
  const int primary = code & 0xff;
  const int system_errno = handle_ == nullptr ? 0 : sqlite3_system_errno(handle_);
  // Never sqlite3_errmsg: it may quote what was bound.
  const std::string detail = std::string("sqlite: ") + sqlite3_errstr(code) + " (" +
                             std::to_string(code) + ", errno " + std::to_string(system_errno) + ")";
  if (primary == SQLITE_FULL || (primary == SQLITE_IOERR && OutOfSpace(system_errno))) {
    last_failure_ = Failure::kDiskFull;
    return base::Unavailable(kDiskFullMessage, detail);
  }
  if (primary == SQLITE_IOERR || primary == SQLITE_CORRUPT) {
    last_failure_ = Failure::kDevice;
    base::Error error = base::Internal(detail);
    error.message = "Không đọc hoặc ghi được dữ liệu trên ổ đĩa. Hãy báo ngay người quản trị.";
    return error;
  }
  last_failure_ = Failure::kOther;
  if (primary == SQLITE_NOTADB) {
    return {base::ErrorCode::kUnprocessable,
            "Khóa không mở được cơ sở dữ liệu này, hoặc tệp đã bị hỏng.",
            {},
            detail};
  }
  if (primary == SQLITE_INTERRUPT) {
    return {base::ErrorCode::kTooLarge,
            "Yêu cầu tìm kiếm chạy quá lâu. Hãy thêm điều kiện để thu hẹp kết quả.",
            {},
            detail};
  }
  if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) {
    return base::Unavailable("Cơ sở dữ liệu đang bận. Hãy thử lại sau giây lát.", detail);
  }
  return base::Internal(detail);
}

}  // namespace storage::sqlite
