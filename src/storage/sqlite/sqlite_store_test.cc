#include "storage/sqlite/sqlite_store.h"

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "base/text.h"
#include "storage/sqlite/test_folder.h"
#include "testkit/store_contract/store_contract.h"

namespace storage::sqlite {
namespace {

// The contract's store lives in a folder of its own as long as it does.
class StoreInFolder final : public fhir::store::Store {
 public:
  explicit StoreInFolder(const base::Clock& clock) {
    folder_.Create();
    store_ = folder_.Open(clock);
  }
  base::Result<std::unique_ptr<fhir::store::ReadTransaction>> BeginRead() override {
    return store_->BeginRead();
  }
  base::Result<fhir::store::CommitReceipt> Commit(fhir::store::Transaction transaction) override {
    return store_->Commit(std::move(transaction));
  }
  base::Status AppendAudit(std::vector<fhir::store::AuditEntry> entries) override {
    return store_->AppendAudit(std::move(entries));
  }
  base::Status FlushAudit() override { return store_->FlushAudit(); }
  base::Result<fhir::store::Sequence> ReadPosition(std::string_view reader) override {
    return store_->ReadPosition(reader);
  }
  base::Status SavePosition(std::string_view reader, fhir::store::Sequence position) override {
    return store_->SavePosition(reader, position);
  }
  Subscription OnCommit(std::function<void(fhir::store::Sequence)> listener) override {
    return store_->OnCommit(std::move(listener));
  }
  base::Result<fhir::store::StoreStatistics> Statistics() override { return store_->Statistics(); }

 private:
  TestFolder folder_;
  std::unique_ptr<SqliteStore> store_;
};

}  // namespace
}  // namespace storage::sqlite

namespace testkit {

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract,
                         testing::Values(StoreMaker{
                             "sqlite",
                             [](const base::Clock& clock) -> std::unique_ptr<fhir::store::Store> {
                               return std::make_unique<storage::sqlite::StoreInFolder>(clock);
                             }}),
                         MakerName);

}  // namespace testkit
