// A snapshot of the store: one connection of the pool inside one SQLite read transaction.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "fhir/store/store.h"
#include "storage/sqlite/body_codec.h"
#include "storage/sqlite/read_pool.h"

namespace storage::sqlite {

class Reader final : public fhir::store::ReadTransaction {
 public:
  static base::Result<std::unique_ptr<Reader>> Begin(ReadPool::Lease lease, const BodyCodec& codec,
                                                     int64_t search_timeout_millis);
  ~Reader() override;

  base::Result<fhir::store::Stored> Read(const fhir::store::Key& key) override;
  base::Result<fhir::store::Stored> ReadVersion(const fhir::store::Key& key,
                                                fhir::store::Version version) override;
  base::Result<fhir::store::HistoryPage> History(const fhir::store::HistoryQuery& query) override;
  base::Result<fhir::store::SearchPage> Search(const fhir::search::Query& query) override;
  base::Result<base::Json> Explain(const fhir::search::Query& query) override;
  base::Result<std::vector<fhir::store::LogEntry>> ReadLog(fhir::store::Sequence after,
                                                           size_t limit) override;
  base::Result<fhir::store::Sequence> LastSequence() override;
  base::Result<std::vector<fhir::store::AuditRecord>> ReadAudit(fhir::store::Sequence after,
                                                                size_t limit) override;
  base::Result<std::vector<fhir::store::AuditRecord>> ReadAuditBackwards(
      fhir::store::Sequence before, size_t limit) override;

 private:
  Reader(ReadPool::Lease lease, const BodyCodec& codec, int64_t search_timeout_millis)
      : lease_(std::move(lease)), codec_(codec), search_timeout_millis_(search_timeout_millis) {}

  base::Result<std::vector<fhir::store::AuditRecord>> AuditRows(Statement& statement);

  ReadPool::Lease lease_;
  const BodyCodec& codec_;
  const int64_t search_timeout_millis_;
};

}  // namespace storage::sqlite
