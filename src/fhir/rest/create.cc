#include "base/random.h"
#include "fhir/model/document.h"
#include "fhir/rest/interactions.h"
#include "fhir/rest/outcome.h"
#include "fhir/rest/references.h"
#include "http/url.h"

namespace fhir::rest {
namespace {

base::Result<http::Response> ShowExisting(const Call& call, const store::Stored& stored) {
  TRY_ASSIGN(http::Response response, Show(call, stored, 200));
  response.headers.Set("Location", VersionUrl(call, stored.key, stored.version));
  return response;
}

}  // namespace

// https://hl7.org/fhir/R4/http.html#create and #ccreate
//  1. the server chooses the id, whatever the body says
//  2. If-None-Exist: no match = create, one = 200 with that one, several = 412
//  3. the search is repeated inside the commit, so that two clients cannot both create
base::Result<http::Response> Create(const Call& call) {
  TRY_ASSIGN(const model::ResourceType type, TypeOf(call));
  TRY_ASSIGN(const model::DocumentPtr document, ParseBody(call, type));
  const store::Key key{type, base::MakeUuid7(call.store.clock().Now(), call.store.random())};
  TRY_ASSIGN(const model::DocumentPtr named, Rewrite(document->root(), key.id, {}));
  store::Transaction transaction;
  transaction.writes.push_back({.key = key, .document = named, .expected = 0});

  const std::string_view condition = call.request.headers.Get("If-None-Exist");
  if (!condition.empty()) {
    TRY_ASSIGN(const auto existing, FindOne(call.store, type, condition, "If-None-Exist"));
    if (existing) return ShowExisting(call, *existing);
    TRY_ASSIGN(const http::Parameters parameters, http::ParseForm(condition));
    TRY_ASSIGN(search::Query query, search::ParseQuery(type, parameters.items()));
    transaction.conditions.push_back(
        {.kind = store::Condition::Kind::kNoMatch, .query = std::move(query)});
  }
  auto receipt = call.store.Commit(std::move(transaction));
  if (receipt.ok()) return ShowWritten(call, key, receipt->versions.at(0), receipt->at);
  if (receipt.error().code != base::ErrorCode::kConflict || condition.empty()) {
    return std::move(receipt).error();
  }
  // Somebody created it between the search and the commit: theirs is the answer.
  TRY_ASSIGN(const auto existing, FindOne(call.store, type, condition, "If-None-Exist"));
  if (!existing) return std::move(receipt).error();
  return ShowExisting(call, *existing);
}

}  // namespace fhir::rest
