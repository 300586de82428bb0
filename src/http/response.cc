#include "http/response.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace http {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> Digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

}  // namespace

Response Response::Json(const base::Json& value, int status) {
  Response response{.status = status, .body = value.Dump()};
  response.headers.Add("Content-Type", "application/json; charset=utf-8");
  return response;
}

Response Response::Text(std::string text, int status) {
  Response response{.status = status, .body = std::move(text)};
  response.headers.Add("Content-Type", "text/plain; charset=utf-8");
  return response;
}

std::string_view ReasonPhrase(int status) {
  switch (status) {
    case 100: return "Continue";
    case 101: return "Switching Protocols";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 426: return "Upgrade Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Status";
  }
}

int StatusOf(base::ErrorCode code) {
  switch (code) {
    case base::ErrorCode::kInvalid: return 400;
    case base::ErrorCode::kUnauthenticated: return 401;
    case base::ErrorCode::kForbidden: return 403;
    case base::ErrorCode::kNotFound: return 404;
    case base::ErrorCode::kGone: return 410;
    case base::ErrorCode::kConflict: return 409;
    case base::ErrorCode::kUnprocessable: return 422;
    case base::ErrorCode::kTooLarge: return 413;
    case base::ErrorCode::kUnavailable: return 503;
    case base::ErrorCode::kInternal: return 500;
  }
  return 500;
}

Response ErrorResponse(const base::Error& error, std::string_view request_id) {
  base::Json body;
  body.Set("code", base::Name(error.code)).Set("message", error.message);
  body.SetIf("field", error.field).SetIf("requestId", request_id);
  if (!error.extra.empty()) {
    if (auto extra = base::Json::Parse(error.extra); extra.ok()) {
      for (const auto& [name, value] : extra->Members()) body.Set(name, value);
    }
  }
  Response response = Response::Json(base::Json::Obj({{"error", body}}), StatusOf(error.code));
  if (error.code == base::ErrorCode::kUnavailable) response.headers.Add("Retry-After", "1");
  return response;
}

std::string FormatHttpDate(base::Instant instant) {
  // Floor division: moments before 1970 too.
  int64_t seconds = instant.millis / 1000;
  if (instant.millis % 1000 < 0) --seconds;
  int64_t days = seconds / 86'400;
  int64_t rest = seconds % 86'400;
  if (rest < 0) {
    rest += 86'400;
    --days;
  }
  const base::Date date = base::Date::FromDays(days);
  const auto weekday = static_cast<size_t>(((days + 4) % 7 + 7) % 7);  // 1970-01-01: a Thursday
  std::array<char, 64> buffer{};
  const int length = std::snprintf(
      buffer.data(), buffer.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[weekday].data(),
      date.day, kMonths[static_cast<size_t>(date.month - 1)].data(), date.year,
      static_cast<int>(rest / 3600), static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
  return std::string(buffer.data(), static_cast<size_t>(length));
}

std::optional<base::Instant> ParseHttpDate(std::string_view text) {
  // "Sat, 21 Nov 2026 14:00:00 GMT": the one form that RFC 9110 lets senders generate.
  if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT" ||
      text[7] != ' ' || text[11] != ' ' || text[16] != ' ' || text[19] != ':' || text[22] != ':') {
    return std::nullopt;
  }
  int month = 0;
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i] == text.substr(8, 3)) month = static_cast<int>(i) + 1;
  }
  const auto day = Digits(text.substr(5, 2));
  const auto year = Digits(text.substr(12, 4));
  const auto hour = Digits(text.substr(17, 2));
  const auto minute = Digits(text.substr(20, 2));
  const auto second = Digits(text.substr(23, 2));
  if (!day || !year || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60) {
    return std::nullopt;
  }
  const auto date = base::Date::FromParts(*year, month, *day);
  if (!date.ok()) return std::nullopt;
  const int64_t seconds = date->ToDays() * 86'400 + *hour * 3600 + *minute * 60 + *second;
  return base::Instant{seconds * 1000};
}

}  // namespace http
