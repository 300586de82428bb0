#include "fhir/store/audit_chain.h"

#include <array>

#include <openssl/evp.h>

#include "base/text.h"

namespace fhir::store {

std::string HashAudit(std::string_view previous_hash, Sequence sequence, const AuditEntry& entry) {
  std::string head(previous_hash);
  head += '\n';
  head += std::to_string(sequence);
  head += '\n';
  head += std::to_string(entry.at.millis);
  head += '\n';
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  CHECK(context != nullptr);
  const bool done = EVP_DigestInit_ex(context, EVP_sha256(), nullptr) == 1 &&
                    EVP_DigestUpdate(context, head.data(), head.size()) == 1 &&
                    EVP_DigestUpdate(context, entry.body.data(), entry.body.size()) == 1 &&
                    EVP_DigestUpdate(context, "\n", 1) == 1 &&
                    EVP_DigestFinal_ex(context, digest.data(), &size) == 1;
  EVP_MD_CTX_free(context);
  CHECK(done);
  return base::ToHex({reinterpret_cast<const char*>(digest.data()), size});
}

base::Result<ChainReport> VerifyAuditChain(ReadTransaction& read) {
  constexpr size_t kBatch = 1'000;
  ChainReport report;
  report.last_hash = kNoPreviousHash;
  while (true) {
    TRY_ASSIGN(const std::vector<AuditRecord> batch, read.ReadAudit(report.records, kBatch));
    if (batch.empty()) return report;
    for (const AuditRecord& record : batch) {
      const Sequence expected = report.records + 1;
      if (record.sequence != expected) {
        report.fault = {expected, "Thiếu bản ghi: số thứ tự bị ngắt quãng."};
      } else if (record.previous_hash != report.last_hash) {
        report.fault = {expected, "Bản ghi không nối với bản ghi đứng trước nó."};
      } else if (record.hash != HashAudit(report.last_hash, expected, record.entry)) {
        report.fault = {expected, "Nội dung bản ghi đã bị sửa."};
      }
      if (report.fault.has_value()) return report;
      report.records = expected;
      report.last_hash = record.hash;
    }
  }
}

}  // namespace fhir::store
