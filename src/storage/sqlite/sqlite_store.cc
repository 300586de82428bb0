#include "storage/sqlite/sqlite_store.h"

#include <filesystem>
#include <utility>

#include "base/check.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/body_codec.h"
#include "storage/sqlite/files.h"
#include "storage/sqlite/read_pool.h"
#include "storage/sqlite/reader.h"
#include "storage/sqlite/search.h"
#include "storage/sqlite/writer.h"

namespace storage::sqlite {
namespace {

using fhir::store::Sequence;

constexpr int kReaderCacheKib = 4'096;
constexpr int kWriterCacheKib = 32'768;

Database::Options ConnectionOptions(const OpenOptions& options, PageKey key,
                                    const BodyCodec& codec) {
  return {
      .path = DatabasePath(options.folder),
      .key = std::move(key),
      .vfs = options.vfs,
      .prepare = [&codec](Database& database) { return InstallSearchFunctions(database, codec); }};
}

class OpenedStore final : public SqliteStore {
 public:
  OpenedStore(FolderLock lock, const OpenOptions& options)
      : lock_(std::move(lock)), options_(options) {}

  base::Status Start() {
    TRY_ASSIGN(PageKey key, LoadPageKey(options_.folder));
    Database::Options connection = ConnectionOptions(options_, std::move(key), codec_);
    connection.role = Database::Role::kWriter;
    connection.cache_kib = kWriterCacheKib;
    WriterLimits limits;
    limits.max_waiting = options_.max_waiting_commits;
    TRY_ASSIGN(writer_, Writer::Start(connection, *options_.clock, limits));
    connection.role = Database::Role::kReader;
    connection.cache_kib = kReaderCacheKib;
    readers_ = std::make_unique<ReadPool>(std::move(connection), options_.most_readers);
    return base::Ok();
  }

  base::Result<std::unique_ptr<fhir::store::ReadTransaction>> BeginRead() override {
    TRY_ASSIGN(ReadPool::Lease lease, readers_->Take());
    TRY_ASSIGN(std::unique_ptr<Reader> reader,
               Reader::Begin(std::move(lease), codec_, options_.search_timeout_millis));
    return std::unique_ptr<fhir::store::ReadTransaction>(std::move(reader));
  }

  base::Result<fhir::store::CommitReceipt> Commit(fhir::store::Transaction transaction) override {
    TRY_ASSIGN(PreparedTransaction prepared, Prepare(std::move(transaction), codec_));
    return writer_->Commit(std::move(prepared));
  }

  base::Status AppendAudit(std::vector<fhir::store::AuditEntry> entries) override {
    return writer_->AppendAudit(PrepareAudit(std::move(entries), codec_));
  }
  base::Status FlushAudit() override { return writer_->FlushAudit(); }

  base::Result<Sequence> ReadPosition(std::string_view reader) override {
    TRY_ASSIGN(ReadPool::Lease lease, readers_->Take());
    TRY_ASSIGN(Statement read,
               lease.database().Prepare("SELECT position FROM reader WHERE name=?"));
    TRY_ASSIGN(const bool row, read.Bind(1, reader).Step());
    return row ? read.Int(0) : 0;
  }
  base::Status SavePosition(std::string_view reader, Sequence position) override {
    if (reader.empty()) return base::Invalid("Thiếu tên của bên đọc nhật ký.", "reader");
    return writer_->SavePosition(std::string(reader), position);
  }

  Subscription OnCommit(std::function<void(Sequence)> listener) override {
    return writer_->OnCommit(std::move(listener));
  }

  base::Result<fhir::store::StoreStatistics> Statistics() override {
    const Writer::Figures figures = writer_->figures();
    int64_t bytes = 0;
    for (const char* suffix : {"", "-wal"}) {
      std::error_code missing;
      const auto size = std::filesystem::file_size(DatabasePath(options_.folder) + suffix, missing);
      if (!missing) bytes += static_cast<int64_t>(size);
    }
    return fhir::store::StoreStatistics{.resources = figures.resources,
                                        .bytes_on_disk = bytes,
                                        .last_sequence = figures.last_sequence,
                                        .commits_waiting = figures.commits_waiting};
  }

  base::Status WriteBackup(const std::string& path, base::Random& random) override {
    TRY_ASSIGN(ReadPool::Lease lease, readers_->Take());
    return storage::sqlite::WriteBackup(lease.database(), options_.folder, path, random);
  }
  int64_t CommitGroups() override { return writer_->figures().groups; }

 private:
  // In the order of their lives: readers end first, then the writer, the lock last.
  FolderLock lock_;
  const OpenOptions options_;
  const BodyCodec codec_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<ReadPool> readers_;
};

}  // namespace

base::Result<std::unique_ptr<SqliteStore>> SqliteStore::Open(const OpenOptions& options) {
  CHECK(options.clock != nullptr);
  TRY_ASSIGN(FolderLock lock, FolderLock::Take(options.folder.directory));
  auto store = std::make_unique<OpenedStore>(std::move(lock), options);
  TRY(store->Start());
  return std::unique_ptr<SqliteStore>(std::move(store));
}

}  // namespace storage::sqlite
