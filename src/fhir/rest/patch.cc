#include "base/text.h"
#include "fhir/model/document.h"
#include "fhir/rest/interactions.h"
#include "fhir/rest/json_patch.h"
#include "fhir/rest/outcome.h"

namespace fhir::rest {
namespace {

constexpr int kTries = 5;

// The patched resource, still the same one.
base::Result<model::DocumentPtr> Patched(const store::Stored& stored, const base::Json& patch) {
  TRY_ASSIGN(base::Json body, base::Json::Parse(stored.body, base::kBundleLimits));
  TRY_ASSIGN(const base::Json patched, ApplyJsonPatch(std::move(body), patch));
  if (patched["id"].String() != stored.key.id ||
      patched["resourceType"].String() != Name(stored.key.type)) {
    return base::Unprocessable("JSON Patch không được đổi id hay loại tài nguyên.");
  }
  return model::Document::FromJson(patched);
}

}  // namespace

// https://hl7.org/fhir/R4/http.html#patch, JSON Patch only
//  1. read, patch, write with the version read; again when somebody was faster
//  2. If-Match: another version stored = 412, and no second try
base::Result<http::Response> Patch(const Call& call) {
  TRY_ASSIGN(const store::Key key, KeyOf(call));
  const std::string_view type = call.request.headers.Get("Content-Type");
  if (base::Trim(type.substr(0, type.find(';'))) != "application/json-patch+json") {
    return OutcomeResponse(415, base::Invalid("PATCH chỉ nhận application/json-patch+json."));
  }
  TRY_ASSIGN(const base::Json patch, base::Json::Parse(call.request.body));
  const bool has_match = call.request.headers.Has("If-Match");
  const auto wanted = ParseEtag(call.request.headers.Get("If-Match"));
  if (has_match && !wanted) return base::Invalid("If-Match không đúng dạng.", "If-Match header");
  for (int attempt = 1;; ++attempt) {
    TRY_ASSIGN(const store::Stored stored, call.store.Read(key));
    if (has_match && *wanted != stored.version) {
      return PreconditionFailed("Hồ sơ đã được người khác sửa. Hãy tải lại rồi sửa tiếp.",
                                "If-Match");
    }
    store::Transaction transaction;
    TRY_ASSIGN(const model::DocumentPtr document, Patched(stored, patch));
    transaction.writes.push_back({.key = key, .document = document, .expected = stored.version});
    auto receipt = call.store.Commit(std::move(transaction));
    if (receipt.ok()) return ShowWritten(call, key, receipt->versions.at(0), receipt->at);
    const bool may_retry = receipt.error().code == base::ErrorCode::kConflict && attempt < kTries;
    if (!may_retry) return std::move(receipt).error();
  }
}

}  // namespace fhir::rest
