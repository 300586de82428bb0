#include "base/random.h"
#include "fhir/model/document.h"
#include "fhir/rest/interactions.h"
#include "fhir/rest/outcome.h"
#include "fhir/rest/references.h"

namespace fhir::rest {
namespace {

struct Target {
  store::Key key;
  std::optional<store::Version> expected;
};

// https://hl7.org/fhir/R4/http.html#cond-update
//  no match, no id in the body: create with a new id; no match, an id: create with that id
//  one match: update it, unless the body names another id; several: 412
base::Result<Target> FindTarget(const Call& call, const model::Document& document) {
  TRY_ASSIGN(const model::ResourceType type, TypeOf(call));
  TRY_ASSIGN(const auto found, FindOne(call.store, type, call.request.raw_query, "url"));
  const std::string id(document.id());
  if (!found) {
    if (!id.empty() && !IsId(id)) return base::Invalid("Mã id không đúng dạng.", "id");
    return Target{
        {type, id.empty() ? base::MakeUuid7(call.store.clock().Now(), call.store.random()) : id},
        0};
  }
  if (!id.empty() && id != found->key.id) {
    return base::Invalid("Mã id trong nội dung khác với hồ sơ khớp điều kiện.", "id");
  }
  return Target{found->key, found->version};
}

}  // namespace

// https://hl7.org/fhir/R4/http.html#update
//  1. the id of the body, if any, is the id of the URL
//  2. If-Match: another version stored = 412
//  3. created with the client's id when there is none
base::Result<http::Response> Update(const Call& call) {
  TRY_ASSIGN(const model::ResourceType type, TypeOf(call));
  TRY_ASSIGN(model::DocumentPtr document, ParseBody(call, type));
  Target target;
  if (call.path.size() == 1) {
    TRY_ASSIGN(target, FindTarget(call, *document));
  } else {
    if (!IsId(call.path[1])) return base::Invalid("Mã id không đúng dạng.", "id");
    target.key = {type, call.path[1]};
    if (!document->id().empty() && document->id() != target.key.id) {
      return base::Invalid("Mã id trong nội dung khác với địa chỉ.", "id");
    }
  }
  const bool has_match = call.request.headers.Has("If-Match");
  if (has_match) {
    const auto version = ParseEtag(call.request.headers.Get("If-Match"));
    if (!version) return base::Invalid("If-Match không đúng dạng.", "If-Match header");
    target.expected = version;
  }
  if (document->id() != target.key.id) {
    TRY_ASSIGN(document, Rewrite(document->root(), target.key.id, {}));
  }
  store::Transaction transaction;
  transaction.writes.push_back(
      {.key = target.key, .document = document, .expected = target.expected});
  auto receipt = call.store.Commit(std::move(transaction));
  if (receipt.ok()) return ShowWritten(call, target.key, receipt->versions.at(0), receipt->at);
  if (has_match && receipt.error().code == base::ErrorCode::kConflict) {
    return PreconditionFailed("Hồ sơ đã được người khác sửa. Hãy tải lại rồi sửa tiếp.",
                              "If-Match");
  }
  return std::move(receipt).error();
}

}  // namespace fhir::rest
