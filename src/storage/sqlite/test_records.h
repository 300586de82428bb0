// For this folder's tests: small transactions and what to read back.
#pragma once

#include <string>
#include <utility>

#include "base/check.h"
#include "fhir/store/store.h"

namespace storage::sqlite {

inline fhir::store::Write PutText(const std::string& type, const std::string& id,
                                  const std::string& text) {
  auto document =
      fhir::model::Document::ParseResource(R"({"resourceType":")" + type + R"(","id":")" + id +
                                           R"(","code":{"text":")" + text + R"("}})");
  CHECK(document.ok());
  fhir::store::Write write;
  write.key = {(*document)->type(), id};
  write.document = std::move(*document);
  return write;
}

// One Basic resource and one audit record: the smallest true commit.
inline fhir::store::Transaction SmallTransaction(const std::string& id, const std::string& text,
                                                 base::Instant at) {
  fhir::store::Transaction transaction;
  transaction.writes.push_back(PutText("Basic", id, text));
  transaction.audit.push_back({at, R"({"resourceType":"AuditEvent","action":"U"})"});
  return transaction;
}

inline fhir::store::Key BasicKey(const std::string& id) {
  return {*fhir::model::ParseResourceType("Basic"), id};
}

}  // namespace storage::sqlite
