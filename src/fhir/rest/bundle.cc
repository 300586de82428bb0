#include "base/text.h"
#include "fhir/rest/bundle_writer.h"
#include "fhir/rest/interactions.h"
#include "fhir/rest/outcome.h"
#include "fhir/rest/transaction.h"
#include "http/url.h"

namespace fhir::rest {
namespace {

constexpr int kTries = 5;

std::string StatusText(int status) {
  return std::to_string(status) + " " + std::string(http::ReasonPhrase(status));
}

// One entry run by itself, as if it had come alone.
http::Response RunAlone(const Call& call, const BundleEntry& entry, size_t index) {
  const base::Error bad = base::Invalid("Yêu cầu của mục không hợp lệ.",
                                        "Bundle.entry[" + std::to_string(index) + "].request");
  http::Request request;
  const auto method = http::ParseMethod(entry.method);
  if (!method) return OutcomeResponse(bad);
  request.method = *method;
  request.peer = call.request.peer;
  request.id = call.request.id;
  request.secure = call.request.secure;
  const size_t question = entry.url.find('?');
  std::string_view path = entry.url.substr(0, question);
  if (path.starts_with('/')) path.remove_prefix(1);
  auto segments = http::SplitPath("/" + std::string(path));
  if (question != std::string_view::npos) request.raw_query = entry.url.substr(question + 1);
  auto query = http::ParseForm(request.raw_query);
  if (!segments.ok() || !query.ok() || segments->empty()) return OutcomeResponse(bad);
  request.query = std::move(query).value();
  const auto set = [&](const char* name, std::string_view value) {
    if (!value.empty()) request.headers.Set(name, std::string(value));
  };
  set("If-Match", entry.if_match);
  set("If-None-Match", entry.if_none_match);
  set("If-None-Exist", entry.if_none_exist);
  if (entry.resource) entry.resource.AppendJson(request.body);
  auto view = ParseView(request.query);
  if (!view.ok()) return OutcomeResponse(view.error());
  const Call inner{.request = request,
                   .store = call.store,
                   .base_url = call.base_url,
                   .path = std::move(segments).value(),
                   .max_bundle_entries = 0,
                   .view = std::move(view).value(),
                   .prefer = call.prefer,
                   .handling = call.handling};
  return Dispatch(inner);
}

void AddAnswer(BundleWriter& bundle, const http::Response& response) {
  base::Json answer = base::Json::Obj({{"status", StatusText(response.status)}});
  answer.SetIf("location", response.headers.Get("Location"));
  answer.SetIf("etag", response.headers.Get("ETag"));
  if (const auto at = http::ParseHttpDate(response.headers.Get("Last-Modified"))) {
    answer.Set("lastModified", at->ToLocal());
  }
  const bool is_outcome = response.body.starts_with(R"({"resourceType":"OperationOutcome")");
  if (is_outcome) {
    auto outcome = base::Json::Parse(response.body);
    if (outcome.ok()) answer.Set("outcome", std::move(outcome).value());
  }
  bundle.AddEntry({}, is_outcome ? std::string_view() : std::string_view(response.body),
                  base::Json::Obj({{"response", std::move(answer)}}));
}

base::Result<http::Response> Finish(const Call& call, BundleWriter& bundle) {
  http::Response response;
  TRY_ASSIGN(response.body, Indent(bundle.Finish(), call.view));
  response.headers.Add("Content-Type", std::string(kFhirJson));
  return response;
}

// https://hl7.org/fhir/R4/http.html#brules: every entry by itself, whatever becomes of the others
base::Result<http::Response> RunBatch(const Call& call, const std::vector<BundleEntry>& entries) {
  BundleWriter bundle("batch-response", call.store.clock().Now(), call.store.random());
  for (size_t i = 0; i < entries.size(); ++i) AddAnswer(bundle, RunAlone(call, entries[i], i));
  return Finish(call, bundle);
}

http::Response AnswerOf(const Call& call, const PlannedEntry& entry,
                        const store::CommitReceipt& receipt, const BundleEntry& asked,
                        size_t index) {
  switch (entry.kind) {
    case PlannedEntry::Kind::kNothing: return {.status = 204};
    case PlannedEntry::Kind::kRead: return RunAlone(call, asked, index);
    case PlannedEntry::Kind::kExisting: {
      http::Response response{.status = 200};
      response.headers.Add("ETag", Etag(entry.existing_version));
      response.headers.Add("Last-Modified", http::FormatHttpDate(entry.existing_at));
      response.headers.Add("Location", VersionUrl(call, entry.key, entry.existing_version));
      return response;
    }
    case PlannedEntry::Kind::kWrite: break;
  }
  const store::Version version = receipt.versions.at(entry.write);
  if (asked.method == "DELETE") {
    http::Response response{.status = 204};
    response.headers.Add("ETag", Etag(version));
    return response;
  }
  auto written = ShowWritten(call, entry.key, version, receipt.at);
  return written.ok() ? std::move(written).value() : OutcomeResponse(written.error());
}

// https://hl7.org/fhir/R4/http.html#trules
//  1. conditional interactions and references are resolved, ids given, references rewritten
//  2. DELETE, POST, PUT in one commit, all or nothing
//  3. GET afterwards, so that they see what was written
//  4. answers in the order of the request
base::Result<http::Response> RunTransaction(const Call& call,
                                            const std::vector<BundleEntry>& entries) {
  for (int attempt = 1;; ++attempt) {
    ConditionalReferences conditional(call.store);
    TRY_ASSIGN(Plan plan, PlanTransaction(entries, call.store, conditional, Ids::kAssign));
    store::CommitReceipt receipt;
    if (!plan.transaction.writes.empty()) {
      auto committed = call.store.Commit(std::move(plan.transaction));
      if (!committed.ok()) {
        // Another client may have created what ifNoneExist did not find: then it is found now.
        const bool may_retry = committed.error().code == base::ErrorCode::kConflict &&
                               plan.has_conditional_create && attempt < kTries;
        if (may_retry) continue;
        return std::move(committed).error();
      }
      receipt = std::move(committed).value();
    }
    BundleWriter bundle("transaction-response", call.store.clock().Now(), call.store.random());
    for (size_t i = 0; i < entries.size(); ++i) {
      AddAnswer(bundle, AnswerOf(call, plan.entries[i], receipt, entries[i], i));
    }
    return Finish(call, bundle);
  }
}

}  // namespace

base::Result<http::Response> RunBundle(const Call& call) {
  TRY_ASSIGN(const auto document,
             model::Document::ParseResource(call.request.body, base::kBundleLimits));
  if (document->type() != model::ResourceType::kBundle) {
    return base::Invalid("Địa chỉ này chỉ nhận Bundle.", "resourceType");
  }
  TRY_ASSIGN(const auto entries, ParseEntries(document->root(), call.max_bundle_entries));
  const std::string_view type = document->root()["type"].text();
  Call quiet = call;
  // Bodies come back only when asked for: a large transaction would double.
  const std::string_view prefer = call.request.headers.Get("Prefer");
  if (prefer.find("return=") == std::string_view::npos) quiet.prefer = Return::kMinimal;
  if (type == "transaction") return RunTransaction(quiet, entries);
  if (type == "batch") return RunBatch(quiet, entries);
  return base::Invalid("Chỉ nhận Bundle loại transaction hoặc batch.", "Bundle.type");
}

}  // namespace fhir::rest
