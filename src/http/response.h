// A response as handlers make it: a body in memory, or a source from which the server pulls.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "http/headers.h"

namespace http {

// Gives the next piece of a long body; "" is its end. Called on worker threads, one call at a time.
// An error breaks the connection off, so that the client cannot take a cut answer for a whole one.
using BodySource = std::function<base::Result<std::string>()>;

struct Response {
  int status = 200;
  Headers headers = {};
  std::string body = {};
  BodySource source = {};  // used instead of `body` when set
  // What the access log and the metrics call this request, where a prefix route knows better.
  std::string route_label = {};

  static Response Json(const base::Json& value, int status = 200);
  static Response Text(std::string text, int status = 200);
  static Response NoContent() { return {.status = 204}; }
};

std::string_view ReasonPhrase(int status);

// The one mapping of our errors to HTTP.
int StatusOf(base::ErrorCode code);
// {"error": {"code": "not_found", "message": "...", "field": "...", "requestId": "..."}}; empty
// members are left out.
Response ErrorResponse(const base::Error& error, std::string_view request_id = {});

// IMF-fixdate, RFC 9110 §5.6.7: "Sat, 21 Nov 2026 14:00:00 GMT".
std::string FormatHttpDate(base::Instant instant);
std::optional<base::Instant> ParseHttpDate(std::string_view text);

}  // namespace http
