#include "fhir/rest/outcome.h"

#include <array>

namespace fhir::rest {
namespace {

constexpr std::array<std::string_view, 4> kPreconditionHeaders = {"If-Match", "If-None-Exist",
                                                                  "If-None-Match", "url"};

bool IsPrecondition(const base::Error& error) {
  if (error.code != base::ErrorCode::kConflict) return false;
  for (const std::string_view header : kPreconditionHeaders) {
    if (error.field == header) return true;
  }
  return false;
}

// https://hl7.org/fhir/R4/valueset-issue-type.html
std::string_view IssueType(base::ErrorCode code) {
  switch (code) {
    case base::ErrorCode::kInvalid: return "invalid";
    case base::ErrorCode::kUnauthenticated: return "login";
    case base::ErrorCode::kForbidden: return "forbidden";
    case base::ErrorCode::kNotFound: return "not-found";
    case base::ErrorCode::kGone: return "deleted";
    case base::ErrorCode::kConflict: return "conflict";
    case base::ErrorCode::kUnprocessable: return "business-rule";
    case base::ErrorCode::kTooLarge: return "too-long";
    case base::ErrorCode::kUnavailable: return "transient";
    case base::ErrorCode::kInternal: return "exception";
  }
  return "exception";
}

base::Json Outcome(std::string_view severity, std::string_view issue_type, std::string_view code,
                   std::string_view text) {
  base::Json issue = base::Json::Obj({{"severity", severity}, {"code", issue_type}});
  base::Json details;
  if (!code.empty()) {
    details.Set("coding",
                base::Json::Arr({base::Json::Obj(
                    {{"system", "https://tram.health/fhir/CodeSystem/error"}, {"code", code}})}));
  }
  details.Set("text", text);
  issue.Set("details", std::move(details));
  return base::Json::Obj(
      {{"resourceType", "OperationOutcome"}, {"issue", base::Json::Arr({std::move(issue)})}});
}

}  // namespace

base::Error PreconditionFailed(std::string message, std::string_view header) {
  return base::Conflict(std::move(message), std::string(header));
}

int StatusOf(const base::Error& error) {
  return IsPrecondition(error) ? 412 : http::StatusOf(error.code);
}

base::Json MakeOutcome(const base::Error& error) {
  const std::string_view code =
      IsPrecondition(error) ? "precondition_failed" : base::Name(error.code);
  base::Json outcome = Outcome(error.code == base::ErrorCode::kInternal ? "fatal" : "error",
                               IssueType(error.code), code, error.message);
  if (!error.field.empty() && !IsPrecondition(error)) {
    outcome.Slot("issue").MutableItems()[0].Set("expression", base::Json::Arr({error.field}));
  }
  return outcome;
}

http::Response OutcomeResponse(int status, const base::Error& error) {
  http::Response response{.status = status, .body = MakeOutcome(error).Dump()};
  response.headers.Add("Content-Type", std::string(kFhirJson));
  if (status == 503) response.headers.Add("Retry-After", "1");
  return response;
}

http::Response OutcomeResponse(const base::Error& error) {
  return OutcomeResponse(StatusOf(error), error);
}

base::Json MakeSuccess(std::string_view message) {
  return Outcome("information", "informational", {}, message);
}

}  // namespace fhir::rest
