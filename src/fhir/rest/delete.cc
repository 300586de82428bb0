#include "fhir/rest/interactions.h"
#include "fhir/rest/outcome.h"

namespace fhir::rest {
namespace {

http::Response Gone() { return {.status = 204}; }

}  // namespace

// https://hl7.org/fhir/R4/http.html#delete and #3.1.0.7.1 (conditional)
//  deleting what is not there, or not any more, is a success; several matches: 412
base::Result<http::Response> Delete(const Call& call) {
  store::Write write{.action = store::Write::Action::kDelete};
  if (call.path.size() == 1) {
    TRY_ASSIGN(const model::ResourceType type, TypeOf(call));
    TRY_ASSIGN(const auto found, FindOne(call.store, type, call.request.raw_query, "url"));
    if (!found) return Gone();
    write.key = found->key;
    write.expected = found->version;
  } else {
    TRY_ASSIGN(write.key, KeyOf(call));
  }
  const bool has_match = call.request.headers.Has("If-Match");
  if (has_match) {
    write.expected = ParseEtag(call.request.headers.Get("If-Match"));
    if (!write.expected) return base::Invalid("If-Match không đúng dạng.", "If-Match header");
  }
  store::Transaction transaction;
  transaction.writes.push_back(std::move(write));
  const auto receipt = call.store.Commit(std::move(transaction));
  if (receipt.ok()) {
    http::Response response = Gone();
    response.headers.Add("ETag", Etag(receipt->versions.at(0)));
    return response;
  }
  switch (receipt.error().code) {
    case base::ErrorCode::kNotFound:
    case base::ErrorCode::kGone: return Gone();
    case base::ErrorCode::kConflict:
      if (has_match) {
        return PreconditionFailed("Hồ sơ đã được người khác sửa. Hãy tải lại trước khi xóa.",
                                  "If-Match");
      }
      return receipt.error();
    case base::ErrorCode::kInvalid:
    case base::ErrorCode::kUnauthenticated:
    case base::ErrorCode::kForbidden:
    case base::ErrorCode::kUnprocessable:
    case base::ErrorCode::kTooLarge:
    case base::ErrorCode::kUnavailable:
    case base::ErrorCode::kInternal: return receipt.error();
  }
  return receipt.error();
}

}  // namespace fhir::rest
