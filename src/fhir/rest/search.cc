#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "fhir/rest/bundle_writer.h"
#include "fhir/rest/interactions.h"
#include "fhir/rest/outcome.h"
#include "http/url.h"

namespace fhir::rest {
namespace {

base::Result<search::Query> ParseSearch(const Call& call) {
  TRY_ASSIGN(const SearchInput input, SearchInputOf(call.request));
  search::Query query;
  if (call.path.empty() || call.path[0] == "_search") {
    TRY_ASSIGN(query, search::ParseSystemQuery(input.parameters, call.handling));
  } else {
    TRY_ASSIGN(const model::ResourceType type, TypeOf(call));
    TRY_ASSIGN(query, search::ParseQuery(type, input.parameters, call.handling));
  }
  query.count = std::min(query.count, base::kMaxPageSize);
  if (query.summary == search::Summary::kCount) {
    query.count = 0;
    query.total = search::Total::kAccurate;
  }
  query.page = input.page;
  return query;
}

// `applied` is "Patient?name=lan", or "?_type=…" for a search over several types.
std::string PageUrl(const std::string& base_url, const search::Query& query,
                    const std::string& page) {
  std::string url = base_url + (query.applied.starts_with('?') ? "" : "/") + query.applied;
  if (!page.empty()) {
    url += (url.ends_with('?') ? "_page=" : "&_page=") + http::PercentEncode(page);
  } else if (url.ends_with('?')) {
    url.pop_back();
  }
  return url;
}

base::Status AddEntries(BundleWriter& bundle, const Call& call, const View& view,
                        const std::vector<store::Stored>& resources, const char* mode) {
  const base::Json more = base::Json::Obj({{"search", base::Json::Obj({{"mode", mode}})}});
  for (const store::Stored& stored : resources) {
    const std::string url =
        call.base_url + "/" + std::string(Name(stored.key.type)) + "/" + stored.key.id;
    if (view.is_whole()) {
      bundle.AddEntry(url, stored.body, more);
    } else {
      TRY_ASSIGN(const std::string body, Cut(stored.body, view));
      bundle.AddEntry(url, body, more);
    }
  }
  return base::Ok();
}

}  // namespace

// https://hl7.org/fhir/R4/http.html#search and search.html
//  GET [type]?…, POST [type]/_search with a form, GET ?… over all types
//  a page of matches, what they include, the total when asked, links to self and next
//  unknown parameters: refused under Prefer: handling=strict, else left out and listed
base::Result<http::Response> Search(const Call& call) {
  TRY_ASSIGN(const search::Query query, ParseSearch(call));
  TRY_ASSIGN(const store::SearchPage page, call.store.Search(query));
  BundleWriter bundle("searchset", call.store.clock().Now(), call.store.random());
  if (page.total) bundle.SetTotal(*page.total);
  bundle.AddLink("self", PageUrl(call.base_url, query, query.page));
  if (!query.page.empty()) bundle.AddLink("first", PageUrl(call.base_url, query, ""));
  if (!page.next_page.empty()) {
    bundle.AddLink("next", PageUrl(call.base_url, query, page.next_page));
  }
  View view = call.view;
  view.summary = query.summary;
  view.elements = query.elements;
  TRY(AddEntries(bundle, call, view, page.matches, "match"));
  TRY(AddEntries(bundle, call, view, page.included, "include"));
  if (!query.ignored.empty()) {
    const base::Json outcome =
        MakeSuccess("Đã bỏ qua tham số không hỗ trợ: " + base::Join(query.ignored, ", "));
    bundle.AddEntry({}, outcome.Dump(),
                    base::Json::Obj({{"search", base::Json::Obj({{"mode", "outcome"}})}}));
  }
  http::Response response;
  TRY_ASSIGN(response.body, Indent(bundle.Finish(), call.view));
  response.headers.Add("Content-Type", std::string(kFhirJson));
  return response;
}

}  // namespace fhir::rest
