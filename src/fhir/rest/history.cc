#include <algorithm>
#include <charconv>

#include "base/limits.h"
#include "fhir/rest/bundle_writer.h"
#include "fhir/rest/interactions.h"
#include "fhir/rest/outcome.h"
#include "http/url.h"

namespace fhir::rest {
namespace {

base::Result<store::HistoryQuery> ParseHistoryQuery(const Call& call) {
  store::HistoryQuery query;
  // {"_history"}, {"Patient", "_history"} or {"Patient", "1", "_history"}
  if (call.path.size() > 1) {
    TRY_ASSIGN(query.type, TypeOf(call));
  }
  if (call.path.size() > 2) query.id = call.path[1];
  for (const auto& [name, value] : call.request.query.items()) {
    if (name == "_count") {
      const auto [end, error] =
          std::from_chars(value.data(), value.data() + value.size(), query.count);
      if (error != std::errc() || end != value.data() + value.size()) {
        return base::Invalid("Giá trị của _count không hợp lệ.", "_count");
      }
      query.count = std::clamp<size_t>(query.count, 1, base::kMaxPageSize);
    } else if (name == "_since") {
      TRY_ASSIGN(query.since, base::Instant::Parse(value));
    } else if (name == "_at") {
      TRY_ASSIGN(query.at, base::Instant::Parse(value));
    } else if (name == "_page") {
      query.page = value;
    } else if (!name.starts_with('_') || call.handling == search::Handling::kStrict) {
      return base::Invalid("Tham số này không dùng được cho lịch sử.", name);
    }
  }
  return query;
}

// The next page asks the same, from where this one ended.
std::string NextUrl(const Call& call, const std::string& page) {
  http::Parameters parameters;
  for (const auto& [name, value] : call.request.query.items()) {
    if (name != "_page") parameters.Add(name, value);
  }
  parameters.Add("_page", page);
  std::string url = call.base_url;
  for (const std::string& segment : call.path) url += "/" + segment;
  return url + "?" + http::EncodeForm(parameters);
}

base::Json RequestOf(const store::Stored& version) {
  const std::string type(Name(version.key.type));
  const char* method = version.deleted ? "DELETE" : version.version == 1 ? "POST" : "PUT";
  const std::string url = version.version == 1 ? type : type + "/" + version.key.id;
  return base::Json::Obj({{"method", method}, {"url", url}});
}

base::Json ResponseOf(const store::Stored& version) {
  const char* status = version.deleted ? "204" : version.version == 1 ? "201" : "200";
  return base::Json::Obj({{"status", status},
                          {"etag", Etag(version.version)},
                          {"lastModified", version.last_updated.ToLocal()}});
}

}  // namespace

// https://hl7.org/fhir/R4/http.html#history
//  newest first; a deletion is an entry without a resource; links to the next page
base::Result<http::Response> History(const Call& call) {
  TRY_ASSIGN(const store::HistoryQuery query, ParseHistoryQuery(call));
  TRY_ASSIGN(const store::HistoryPage page, call.store.History(query));
  BundleWriter bundle("history", call.store.clock().Now(), call.store.random());
  std::string self = call.base_url;
  for (const std::string& segment : call.path) self += "/" + segment;
  if (!call.request.raw_query.empty()) self += "?" + call.request.raw_query;
  bundle.AddLink("self", self);
  if (!page.next_page.empty()) bundle.AddLink("next", NextUrl(call, page.next_page));
  for (const store::Stored& version : page.versions) {
    TRY_ASSIGN(const std::string body, version.deleted ? base::Result<std::string>(std::string())
                                                       : Cut(version.body, call.view));
    bundle.AddEntry(
        call.base_url + "/" + std::string(Name(version.key.type)) + "/" + version.key.id, body,
        base::Json::Obj({{"request", RequestOf(version)}, {"response", ResponseOf(version)}}));
  }
  http::Response response;
  TRY_ASSIGN(response.body, Indent(bundle.Finish(), call.view));
  response.headers.Add("Content-Type", std::string(kFhirJson));
  return response;
}

}  // namespace fhir::rest
