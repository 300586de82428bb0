// Endpoint: one route of a room as data: method, path, who may call (by permission name), a summary
// for the API reference, and the use case behind it. app/wiring binds them to HTTP.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "access/record_scope.h"
#include "base/json.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "care/shared/station.h"

namespace care::shared {

struct Catalogue;  // care/shared/catalogue

// What a use case is handed. Nothing here knows HTTP, JSON text or SQL.
struct Context {
  access_control::RecordScope& record;
  const base::Clock& clock;
  base::Random& random;
  const Catalogue& catalogue;
  const Station& station;
};

struct ApiRequest {
  std::map<std::string, std::string> path;   // {id} segments
  std::map<std::string, std::string> query;  // ?text=…
  base::Json body;                           // null when there was none
};

enum class Method { kGet, kPost, kPut, kDelete };

struct Endpoint {
  Method method;
  std::string path;        // "/api/reception/check-in", "/api/visits/{id}/vital-signs"
  std::string permission;  // "reception.check_in": a row of src/access/permissions.toml
  access_control::Purpose purpose;
  std::string summary;     // English, one line
  std::function<base::Result<base::Json>(const ApiRequest&, Context&)> handle;
};

}  // namespace care::shared
