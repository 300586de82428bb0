#include "fhir/rest/service.h"

#include <algorithm>

#include "base/check.h"
#include "base/limits.h"
#include "base/text.h"
#include "fhir/rest/capabilities.h"
#include "fhir/rest/interactions.h"
#include "fhir/rest/outcome.h"

namespace fhir::rest {
namespace {

using http::Method;

// What the log and the metrics call this request: never an id.
std::string LabelOf(const std::string& base, const std::vector<std::string>& path) {
  std::string label = base;
  for (size_t i = 0; i < path.size(); ++i) {
    const bool is_word = path[i].starts_with('_') || path[i].starts_with('$') ||
                         path[i] == "metadata" ||
                         (i == 0 && model::ParseResourceType(path[i]).has_value());
    label += "/" + (is_word && path[i].size() < 40 ? path[i] : std::string("{id}"));
  }
  return label;
}

bool AcceptsJson(std::string_view accept) {
  if (base::Trim(accept).empty()) return true;
  for (const std::string_view item : base::Split(accept, ',')) {
    const std::string_view type = base::Trim(item.substr(0, item.find(';')));
    for (const char* good : {"*/*", "application/*", "application/json", "application/fhir+json",
                             "text/json", "text/html"}) {
      if (http::EqualsIgnoringCase(type, good)) return true;
    }
  }
  return false;
}

// https://hl7.org/fhir/R4/http.html#mime-type: _format goes before Accept.
bool WantsJson(const http::Request& request) {
  const std::string* given = request.query.Find("_format");
  if (given == nullptr) return AcceptsJson(request.headers.Get("Accept"));
  // Many clients write application/fhir+json unescaped, and "+" in a query is a space.
  std::string format = *given;
  std::replace(format.begin(), format.end(), ' ', '+');
  return format == "json" || AcceptsJson(format);
}

Return ParseReturn(std::string_view prefer) {
  if (prefer.find("return=minimal") != std::string_view::npos) return Return::kMinimal;
  if (prefer.find("return=OperationOutcome") != std::string_view::npos) return Return::kOutcome;
  return Return::kRepresentation;
}

http::Response MethodNotAllowed(std::string_view allowed) {
  http::Response response =
      OutcomeResponse(405, base::Invalid("Thao tác này không được hỗ trợ ở địa chỉ này."));
  response.headers.Add("Allow", std::string(allowed));
  return response;
}

http::Response NoSuchInteraction() {
  return OutcomeResponse(base::NotFound("Không có dịch vụ FHIR nào ở địa chỉ này."));
}

using Interaction = base::Result<http::Response> (*)(const Call&);

// The interaction a method and a path mean; nullptr when the path has others: `allowed` then says
// which, and is "" when there is no such path at all.
Interaction Choose(Method method, const std::vector<std::string>& path, std::string_view& allowed) {
  const bool is_get = method == Method::kGet || method == Method::kHead;
  const size_t size = path.size();
  const std::string last = size == 0 ? "" : path.back();
  if (size == 0) {
    allowed = "GET, HEAD, POST";
    return is_get ? Search : method == Method::kPost ? RunBundle : nullptr;
  }
  if (last == "_search" && size <= 2) {
    allowed = "POST";
    return method == Method::kPost ? Search : nullptr;
  }
  if (last == "_history" && size <= 3) {
    allowed = "GET, HEAD";
    return is_get ? History : nullptr;
  }
  if (size == 1) {
    allowed = "GET, HEAD, POST, PUT, DELETE";
    if (method == Method::kPost) return Create;
    if (method == Method::kPut) return Update;
    if (method == Method::kDelete) return Delete;
    return is_get ? Search : nullptr;
  }
  if (size == 2) {
    allowed = "GET, HEAD, PUT, PATCH, DELETE";
    if (method == Method::kPut) return Update;
    if (method == Method::kPatch) return Patch;
    if (method == Method::kDelete) return Delete;
    return is_get ? Read : nullptr;
  }
  if (size == 4 && path[2] == "_history") {
    allowed = "GET, HEAD";
    return is_get ? ReadVersion : nullptr;
  }
  allowed = "";
  return nullptr;
}

}  // namespace

http::Response Dispatch(const Call& call) {
  std::string_view allowed;
  const Interaction interaction = Choose(call.request.method, call.path, allowed);
  if (interaction == nullptr) {
    return allowed.empty() ? NoSuchInteraction() : MethodNotAllowed(allowed);
  }
  const std::string& first = call.path.empty() ? std::string() : call.path[0];
  if (!first.empty() && !first.starts_with('_') && !model::ParseResourceType(first)) {
    return NoSuchInteraction();
  }
  auto answer = interaction(call);
  return answer.ok() ? std::move(answer).value() : OutcomeResponse(answer.error());
}

Service::Service(ServiceOptions options)
    : options_(std::make_shared<const ServiceOptions>(std::move(options))) {
  CHECK(options_->open && options_->clock != nullptr);
}

const std::string& Service::CapabilityText() const {
  std::call_once(capabilities_->made, [this] {
    capabilities_->text =
        MakeCapabilities(options_->software_version, options_->clock->Now()).Dump();
  });
  return capabilities_->text;
}

void Service::AddTo(http::Router& router) const {
  router.AddPrefix(
      options_->base_path,
      [self = *this](const http::Request& request) { return self.Answer(request); }, "FHIR R4");
}

http::Response Service::Answer(const http::Request& request) const {
  const size_t base_size = base::Split(options_->base_path, '/').size() - 1;
  CHECK(request.segments.size() >= base_size);
  std::vector<std::string> path(request.segments.begin() + static_cast<ptrdiff_t>(base_size),
                                request.segments.end());
  const std::string label = LabelOf(options_->base_path, path);
  const auto labelled = [&](http::Response response) {
    response.route_label = label;
    return response;
  };
  auto view = ParseView(request.query);
  if (!view.ok()) return labelled(OutcomeResponse(view.error()));
  if (!WantsJson(request)) {
    return labelled(OutcomeResponse(406, base::Invalid("Máy chủ chỉ trả lời bằng JSON.")));
  }
  if (path.size() == 1 && path[0] == "metadata") {
    auto body = Indent(CapabilityText(), *view);
    if (!body.ok()) return labelled(OutcomeResponse(body.error()));
    http::Response response{.body = std::move(body).value()};
    response.headers.Add("Content-Type", std::string(kFhirJson));
    return labelled(std::move(response));
  }
  auto store = options_->open(request);
  if (!store.ok()) return labelled(OutcomeResponse(store.error()));
  const std::string_view prefer = request.headers.Get("Prefer");
  const auto& max_entries = options_->max_bundle_entries;
  const Call call{
      .request = request,
      .store = *store,
      .base_url = (request.secure ? "https://" : "http://") +
                  std::string(request.headers.Get("Host")) + options_->base_path,
      .path = std::move(path),
      .max_bundle_entries = max_entries ? max_entries(request) : base::kMaxBrowserBundleEntries,
      .view = std::move(view).value(),
      .prefer = ParseReturn(prefer),
      .handling = prefer.find("handling=strict") != std::string_view::npos
                      ? search::Handling::kStrict
                      : search::Handling::kLenient};
  return labelled(Dispatch(call));
}

}  // namespace fhir::rest
