#include "fhir/rest/call.h"

#include <charconv>

#include "base/text.h"
#include "fhir/model/document.h"
#include "fhir/rest/outcome.h"
#include "http/url.h"

namespace fhir::rest {
namespace {

bool IsJsonType(std::string_view content_type) {
  const std::string_view type = base::Trim(content_type.substr(0, content_type.find(';')));
  return type.empty() || http::EqualsIgnoringCase(type, "application/fhir+json") ||
         http::EqualsIgnoringCase(type, "application/json");
}

}  // namespace

base::Result<model::ResourceType> TypeOf(const Call& call) {
  const auto type = model::ParseResourceType(call.path[0]);
  if (!type) return base::NotFound("FHIR R4 không có loại tài nguyên này.");
  return *type;
}

base::Result<store::Key> KeyOf(const Call& call) {
  TRY_ASSIGN(const model::ResourceType type, TypeOf(call));
  if (!IsId(call.path[1])) return base::NotFound("Không tìm thấy hồ sơ này.");
  return store::Key{type, call.path[1]};
}

bool IsId(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  for (const char c : text) {
    const bool is_good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '-' || c == '.';
    if (!is_good) return false;
  }
  return true;
}

std::optional<store::Version> ParseEtag(std::string_view text) {
  text = base::Trim(text);
  if (text.starts_with("W/")) text.remove_prefix(2);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  store::Version version = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (error != std::errc() || end != text.data() + text.size() || version < 1) return std::nullopt;
  return version;
}

std::string Etag(store::Version version) { return "W/\"" + std::to_string(version) + "\""; }

std::string VersionUrl(const Call& call, const store::Key& key, store::Version version) {
  return call.base_url + "/" + std::string(Name(key.type)) + "/" + key.id + "/_history/" +
         std::to_string(version);
}

base::Result<model::DocumentPtr> ParseBody(const Call& call, model::ResourceType type) {
  if (!IsJsonType(call.request.headers.Get("Content-Type"))) {
    return base::Invalid("Chỉ nhận application/fhir+json.", "Content-Type");
  }
  if (call.request.body.empty()) return base::Invalid("Yêu cầu không có nội dung.");
  TRY_ASSIGN(auto document, model::Document::ParseResource(call.request.body));
  if (document->type() != type) {
    return base::Invalid("Loại tài nguyên trong nội dung khác với địa chỉ.", "resourceType");
  }
  return document;
}

base::Result<SearchInput> SearchInputOf(const http::Request& request) {
  SearchInput input;
  const auto take = [&](const http::Parameters& parameters) {
    for (const auto& [name, value] : parameters.items()) {
      if (name == "_format" || name == "_pretty") continue;
      if (name == "_page") {
        input.page = value;
      } else {
        input.parameters.emplace_back(name, value);
      }
    }
  };
  take(request.query);
  if (request.method == http::Method::kPost) {
    TRY_ASSIGN(const http::Parameters form, http::ParseForm(request.body));
    take(form);
  }
  if (input.parameters.size() > base::kMaxSearchParameters) {
    return base::Error{base::ErrorCode::kTooLarge, "Quá nhiều tham số tìm kiếm."};
  }
  return input;
}

base::Result<std::optional<store::Stored>> FindOne(access_control::GuardedStore& store,
                                                   model::ResourceType type, std::string_view query,
                                                   std::string_view header) {
  TRY_ASSIGN(const http::Parameters parameters, http::ParseForm(query));
  if (parameters.empty()) return base::Invalid("Thiếu điều kiện tìm kiếm.", std::string(header));
  TRY_ASSIGN(search::Query parsed,
             search::ParseQuery(type, parameters.items(), search::Handling::kStrict));
  parsed.count = 2;
  TRY_ASSIGN(store::SearchPage page, store.Search(std::move(parsed)));
  if (page.matches.empty()) return std::optional<store::Stored>();
  if (page.matches.size() > 1) {
    return PreconditionFailed("Điều kiện khớp với nhiều hồ sơ. Hãy nêu điều kiện cụ thể hơn.",
                              header);
  }
  return std::optional<store::Stored>(std::move(page.matches[0]));
}

base::Result<http::Response> Show(const Call& call, const store::Stored& stored, int status) {
  http::Response response{.status = status};
  TRY_ASSIGN(response.body, Cut(stored.body, call.view));
  TRY_ASSIGN(response.body, Indent(std::move(response.body), call.view));
  response.headers.Add("Content-Type", std::string(kFhirJson));
  response.headers.Add("ETag", Etag(stored.version));
  response.headers.Add("Last-Modified", http::FormatHttpDate(stored.last_updated));
  return response;
}

base::Result<http::Response> ShowWritten(const Call& call, const store::Key& key,
                                         store::Version version, base::Instant at) {
  http::Response response{.status = version == 1 ? 201 : 200};
  switch (call.prefer) {
    case Return::kMinimal: break;
    case Return::kOutcome:
      response.body = MakeSuccess("Đã lưu.").Dump();
      response.headers.Add("Content-Type", std::string(kFhirJson));
      break;
    case Return::kRepresentation: {
      // As stored, with what the server added to it; who may write but not read gets no body.
      auto stored = call.store.ReadVersion(key, version);
      if (stored.ok()) {
        TRY_ASSIGN(response, Show(call, *stored, response.status));
      }
      break;
    }
  }
  response.headers.Set("ETag", Etag(version));
  response.headers.Set("Last-Modified", http::FormatHttpDate(at));
  response.headers.Set("Location", VersionUrl(call, key, version));
  return response;
}

}  // namespace fhir::rest
