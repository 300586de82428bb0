#include "http/static_files.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "http/compression.h"

namespace http {
namespace {

namespace fs = std::filesystem;

struct Type {
  std::string_view extension;
  std::string_view content_type;
};

constexpr std::array<Type, 19> kTypes = {{
    {"html", "text/html; charset=utf-8"},
    {"js", "text/javascript; charset=utf-8"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"css", "text/css; charset=utf-8"},
    {"json", "application/json; charset=utf-8"},
    {"map", "application/json; charset=utf-8"},
    {"webmanifest", "application/manifest+json"},
    {"svg", "image/svg+xml"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"webp", "image/webp"},
    {"ico", "image/x-icon"},
    {"woff2", "font/woff2"},
    {"woff", "font/woff"},
    {"wasm", "application/wasm"},
    {"txt", "text/plain; charset=utf-8"},
    {"pdf", "application/pdf"},
    {"mp3", "audio/mpeg"},
}};

std::string_view ExtensionOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

std::string_view ContentTypeOf(std::string_view path) {
  for (const Type& type : kTypes) {
    if (type.extension == ExtensionOf(path)) return type.content_type;
  }
  return "application/octet-stream";
}

// "index-4f3a9c1b.js": the build tool puts 8 or more characters of a hash before the extension, so
// the content of that name never changes.
bool HasHashedName(std::string_view path) {
  if (!path.starts_with("assets/")) return false;
  const size_t dot = path.rfind('.');
  const size_t dash = path.rfind('-', dot);
  return dot != std::string_view::npos && dash != std::string_view::npos && dot - dash > 8;
}

base::Result<std::string> ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file) return base::Unavailable("Không đọc được tệp của trang web.", path.string());
  return std::move(content).str();
}

bool IsAppRoute(const Request& request) {
  if (request.segments.empty()) return true;
  const std::string& first = request.segments.front();
  if (first == "api" || first == "fhir" || first == "ws" || first == "assets") return false;
  return ExtensionOf(request.segments.back()).empty();
}

}  // namespace

void AddPageSecurityHeaders(Response& response) {
  // style-src allows inline styles because the component kit writes its colours and sizes into
  // style attributes and a <style> element; scripts may not be inline. Differs from the list this
  // started from: no require-trusted-types-for, since the kit sets innerHTML on that <style>.
  response.headers.Set(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
      "img-src 'self' blob: data:; font-src 'self'; media-src 'self'; connect-src 'self'; "
      "manifest-src 'self'; worker-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
      "form-action 'self'");
  response.headers.Set("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.Set("Cross-Origin-Resource-Policy", "same-origin");
  response.headers.Set("X-Content-Type-Options", "nosniff");
  response.headers.Set("Referrer-Policy", "no-referrer");
  response.headers.Set("Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
}

Response WithApiHeaders(const Request& request, const Handler& next) {
  Response response = next(request);
  if (!response.headers.Has("Cache-Control")) response.headers.Add("Cache-Control", "no-store");
  response.headers.Set("X-Content-Type-Options", "nosniff");
  response.headers.Set("Referrer-Policy", "no-referrer");
  response.headers.Set("Cross-Origin-Resource-Policy", "same-origin");
  return response;
}

base::Result<StaticFiles> StaticFiles::Load(const std::string& directory) {
  std::map<std::string, std::string> contents;
  std::error_code error;
  fs::recursive_directory_iterator walk(directory, error);
  if (error) return base::Unavailable("Không đọc được thư mục trang web.", directory);
  for (const fs::recursive_directory_iterator end; walk != end; walk.increment(error)) {
    if (error) return base::Unavailable("Không đọc được thư mục trang web.", directory);
    const fs::path& path = walk->path();
    if (path.filename().string().starts_with('.')) {
      walk.disable_recursion_pending();
      continue;
    }
    if (walk->is_symlink() || !walk->is_regular_file()) continue;
    TRY_ASSIGN(contents[path.lexically_relative(directory).generic_string()], ReadFile(path));
  }
  if (!contents.contains("index.html")) {
    return base::NotFound("Thư mục trang web không có index.html.");
  }
  return FromMemory(std::move(contents));
}

StaticFiles StaticFiles::FromMemory(std::map<std::string, std::string> contents) {
  Files files;
  const auto sibling = [&](const std::string& name) -> std::string {
    const auto found = contents.find(name);
    return found == contents.end() ? std::string() : found->second;
  };
  for (const auto& [path, content] : contents) {
    if (ExtensionOf(path) == "br" || ExtensionOf(path) == "gz") continue;
    const uint64_t hash = base::StableHash(content);
    const std::string etag = base::ToHex({reinterpret_cast<const char*>(&hash), sizeof hash});
    files[path] = File{.content = content,
                       .gzip = sibling(path + ".gz"),
                       .brotli = sibling(path + ".br"),
                       .etag = etag,
                       .content_type = std::string(ContentTypeOf(path)),
                       .is_immutable = HasHashedName(path)};
  }
  return StaticFiles(std::move(files));
}

Response StaticFiles::Answer(const Request& request) const {
  std::string path = base::Join(request.segments, "/");
  if (path.empty()) path = "index.html";
  auto found = files_->find(path);
  if (found == files_->end() && IsAppRoute(request)) found = files_->find("index.html");
  if (found != files_->end()) return Serve(request, found->second);
  Response response =
      ErrorResponse(base::NotFound("Không có trang hoặc dịch vụ nào ở địa chỉ này."), request.id);
  AddPageSecurityHeaders(response);
  return response;
}

Response StaticFiles::Serve(const Request& request, const File& file) const {
  Response response;
  AddPageSecurityHeaders(response);
  response.headers.Add("Cache-Control",
                       file.is_immutable ? "public, max-age=31536000, immutable" : "no-cache");
  std::string_view suffix;
  const std::string* body = &file.content;
  if (!file.brotli.empty() && AcceptsEncoding(request.headers, "br")) {
    suffix = "br";
    body = &file.brotli;
  } else if (!file.gzip.empty() && AcceptsEncoding(request.headers, "gzip")) {
    suffix = "gzip";
    body = &file.gzip;
  }
  if (!file.brotli.empty() || !file.gzip.empty()) response.headers.Add("Vary", "Accept-Encoding");
  const std::string etag =
      "\"" + file.etag + (suffix.empty() ? "" : "-" + std::string(suffix)) + "\"";
  response.headers.Add("ETag", etag);
  if (request.headers.HasToken("If-None-Match", etag) ||
      request.headers.Get("If-None-Match") == "*") {
    response.status = 304;
    return response;
  }
  response.headers.Add("Content-Type", file.content_type);
  if (!suffix.empty()) response.headers.Add("Content-Encoding", std::string(suffix));
  response.body = *body;
  return response;
}

}  // namespace http
