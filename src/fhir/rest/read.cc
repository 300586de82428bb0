#include "fhir/rest/interactions.h"
#include "fhir/rest/outcome.h"

namespace fhir::rest {
namespace {

// https://hl7.org/fhir/R4/http.html#cread: If-None-Match wins; Last-Modified counts whole seconds.
bool IsUnchanged(const http::Request& request, const store::Stored& stored) {
  if (request.headers.Has("If-None-Match")) {
    return ParseEtag(request.headers.Get("If-None-Match")) == stored.version;
  }
  const auto since = http::ParseHttpDate(request.headers.Get("If-Modified-Since"));
  return since && stored.last_updated.millis / 1000 <= since->millis / 1000;
}

base::Result<http::Response> ShowUnlessUnchanged(const Call& call, const store::Stored& stored) {
  if (!IsUnchanged(call.request, stored)) return Show(call, stored);
  http::Response response{.status = 304};
  response.headers.Add("ETag", Etag(stored.version));
  return response;
}

}  // namespace

// https://hl7.org/fhir/R4/http.html#read
base::Result<http::Response> Read(const Call& call) {
  TRY_ASSIGN(const store::Key key, KeyOf(call));
  TRY_ASSIGN(const store::Stored stored, call.store.Read(key));
  return ShowUnlessUnchanged(call, stored);
}

// https://hl7.org/fhir/R4/http.html#vread
base::Result<http::Response> ReadVersion(const Call& call) {
  TRY_ASSIGN(const store::Key key, KeyOf(call));
  const auto version = ParseEtag(call.path[3]);
  if (!version) return base::NotFound("Không tìm thấy phiên bản này.");
  TRY_ASSIGN(const store::Stored stored, call.store.ReadVersion(key, *version));
  if (stored.deleted) {
    return base::Error{base::ErrorCode::kGone, "Hồ sơ đã bị xóa ở phiên bản này."};
  }
  return ShowUnlessUnchanged(call, stored);
}

}  // namespace fhir::rest
