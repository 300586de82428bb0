// What every interaction is given: the request, the guarded record, and how the answer shall look.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/guarded_store.h"
#include "base/result.h"
#include "fhir/model/resource_type.h"
#include "fhir/rest/view.h"
#include "fhir/search/query.h"
#include "fhir/store/store.h"
#include "http/request.h"
#include "http/response.h"

namespace fhir::rest {

// https://hl7.org/fhir/R4/http.html#ops
enum class Return { kMinimal, kRepresentation, kOutcome };

struct Call {
  const http::Request& request;
  access_control::GuardedStore& store;
  std::string base_url;           // "http://tram.local:8080/fhir"
  std::vector<std::string> path;  // below the base: {"Patient", "0190…"}
  size_t max_bundle_entries;
  View view;
  Return prefer = Return::kRepresentation;
  search::Handling handling = search::Handling::kLenient;
};

// The resource type path[0] names; kNotFound if R4 has none of that name.
base::Result<model::ResourceType> TypeOf(const Call& call);
// The key path[0] and path[1] name; kNotFound for a malformed id, which nothing can have.
base::Result<store::Key> KeyOf(const Call& call);

// [A-Za-z0-9\-\.]{1,64}: https://hl7.org/fhir/R4/datatypes.html#id
bool IsId(std::string_view text);
// W/"3" -> 3. https://hl7.org/fhir/R4/http.html#concurrency
std::optional<store::Version> ParseEtag(std::string_view text);
std::string Etag(store::Version version);
// "Patient/0190…/_history/3" below the base.
std::string VersionUrl(const Call& call, const store::Key& key, store::Version version);

// The body of the request as a resource of this type.
base::Result<model::DocumentPtr> ParseBody(const Call& call, model::ResourceType type);

// Search parameters of the URL without those that only shape the answer (_format, _pretty), and the
// page token, which is ours.
struct SearchInput {
  std::vector<std::pair<std::string, std::string>> parameters;
  std::string page;
};
base::Result<SearchInput> SearchInputOf(const http::Request& request);

// What a conditional interaction acts on: "identifier=a|b" must match at most one resource, else
// kConflict naming `header`. nullopt when none matches.
base::Result<std::optional<store::Stored>> FindOne(access_control::GuardedStore& store,
                                                   model::ResourceType type, std::string_view query,
                                                   std::string_view header);

// An answer that shows one version, with ETag and Last-Modified.
base::Result<http::Response> Show(const Call& call, const store::Stored& stored, int status = 200);
// The answer to a write: by Prefer, the version as stored, an outcome, or nothing.
base::Result<http::Response> ShowWritten(const Call& call, const store::Key& key,
                                         store::Version version, base::Instant at);

}  // namespace fhir::rest
