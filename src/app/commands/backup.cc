#include "app/commands/backup.h"

#include <filesystem>
#include <memory>
#include <utility>

#include "base/text.h"
#include "fhir/store/audit_chain.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/files.h"
#include "storage/sqlite/sqlite_store.h"

namespace app::commands {
namespace {

using storage::sqlite::SqliteStore;

base::Status Backup(const BackupOptions& options, const base::Clock& clock, base::Random& random) {
  if (!storage::sqlite::HasDatabase(options.folder)) {
    return base::NotFound("Thư mục này không có dữ liệu của Tram.");
  }
  TRY_ASSIGN(const std::unique_ptr<SqliteStore> store,
             SqliteStore::Open({.folder = options.folder, .clock = &clock}));
  return store->WriteBackup(options.file, random);
}

base::Result<storage::sqlite::BackupKey> KeyOf(const RestoreOptions& options) {
  storage::sqlite::BackupKey key{.data_key = {}, .recovery_key = options.recovery_key};
  if (options.key_file.empty()) {
    if (key.recovery_key.empty()) {
      return base::Invalid("Cần tệp khóa (--key-file) hoặc khóa khôi phục.");
    }
    return key;
  }
  TRY_ASSIGN(const std::string hex, storage::sqlite::ReadSmallFile(options.key_file));
  std::optional<std::string> bytes = base::FromHex(base::Trim(hex));
  if (!bytes.has_value() || bytes->size() != storage::sqlite::kKeyBytes) {
    return base::Unprocessable("Tệp khóa không hợp lệ.");
  }
  key.data_key = std::move(*bytes);
  return key;
}

base::Result<fhir::store::ChainReport> Restore(const RestoreOptions& options,
                                               const base::Clock& clock) {
  TRY_ASSIGN(const storage::sqlite::BackupKey key, KeyOf(options));
  TRY(storage::sqlite::RestoreBackup(options.file, options.folder, key));
  TRY_ASSIGN(const std::unique_ptr<SqliteStore> store,
             SqliteStore::Open({.folder = options.folder, .clock = &clock}));
  TRY_ASSIGN(const std::unique_ptr<fhir::store::ReadTransaction> read, store->BeginRead());
  return fhir::store::VerifyAuditChain(*read);
}

int Report(const base::Error& error, std::ostream& err) {
  err << error.message << "\n";
  return 1;
}

}  // namespace

int RunBackup(const BackupOptions& options, const base::Clock& clock, base::Random& random,
              std::ostream& out, std::ostream& err) {
  const base::Status done = Backup(options, clock, random);
  if (!done.ok()) return Report(done.error(), err);
  std::error_code unknown;
  out << "Đã sao lưu vào " << options.file << " ("
      << std::filesystem::file_size(options.file, unknown) / 1024 << " KiB, đã mã hóa).\n";
  return 0;
}

int RunRestore(const RestoreOptions& options, const base::Clock& clock, std::ostream& out,
               std::ostream& err) {
  const base::Result<fhir::store::ChainReport> chain = Restore(options, clock);
  if (!chain.ok()) return Report(chain.error(), err);
  if (chain->fault.has_value()) {
    err << "Đã khôi phục, nhưng nhật ký truy cập bị đứt ở bản ghi " << chain->fault->sequence
        << ": " << chain->fault->reason << "\n";
    return 1;
  }
  out << "Đã khôi phục vào " << options.folder.directory << "; nhật ký truy cập nguyên vẹn ("
      << chain->records << " bản ghi).\n";
  return 0;
}

}  // namespace app::commands
