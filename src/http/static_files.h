// Serves the built web app from memory: entity tags, precompressed siblings, long caching for
// hashed names, and index.html for the app's own routes.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/request.h"
#include "http/response.h"
#include "http/router.h"

namespace http {

// Headers for pages of the app and everything beside them.
void AddPageSecurityHeaders(Response& response);
// Wraps API handlers: nosniff, no referrer, and no-store where the handler said nothing, because
// answers hold patient data.
Response WithApiHeaders(const Request& request, const Handler& next);

class StaticFiles {
 public:
  // Reads every file below the directory once. Links, dot files and hidden folders stay outside.
  static base::Result<StaticFiles> Load(const std::string& directory);
  // Path as in a URL ("assets/index-4f3a9c1b.js") -> content; for tests and embedded pages.
  static StaticFiles FromMemory(std::map<std::string, std::string> files);

  // For Router::SetFallback. Below /api, /fhir and /ws, and for missing files with an extension,
  // it answers 404; any other path is a route of the app and gets index.html.
  Response Answer(const Request& request) const;
  size_t size() const { return files_->size(); }

 private:
  struct File {
    std::string content;
    std::string gzip;    // "" if there is no such sibling
    std::string brotli;  // "" if there is no such sibling
    std::string etag;
    std::string content_type;
    bool is_immutable = false;
  };
  using Files = std::map<std::string, File, std::less<>>;
  explicit StaticFiles(Files files) : files_(std::make_shared<const Files>(std::move(files))) {}
  Response Serve(const Request& request, const File& file) const;

  std::shared_ptr<const Files> files_;
};

}  // namespace http
