#include "fhir/validation/issue.h"

#include <algorithm>

namespace fhir::validation {

using base::Json;

std::string_view Name(Severity severity) { return severity == Severity::kError ? "error" : "warning"; }

std::string_view Name(IssueCode code) {
  switch (code) {
    case IssueCode::kStructure: return "structure";
    case IssueCode::kRequired: return "required";
    case IssueCode::kValue: return "value";
    case IssueCode::kInvariant: return "invariant";
    case IssueCode::kCodeInvalid: return "code-invalid";
    case IssueCode::kTooLong: return "too-long";
    case IssueCode::kNotSupported: return "not-supported";
  }
  return "processing";
}

bool HasErrors(const std::vector<Issue>& issues) {
  return std::any_of(issues.begin(), issues.end(), [](const Issue& i) { return i.severity == Severity::kError; });
}

Json ToOperationOutcome(const std::vector<Issue>& issues) {
  Json list = Json::Arr();
  for (const Issue& issue : issues) {
    Json entry = Json::Obj({{"severity", Name(issue.severity)},
                            {"code", Name(issue.code)},
                            {"details", Json::Obj({{"text", issue.text}})}});
    if (!issue.location.empty()) entry.Set("expression", Json::Arr({issue.location}));
    list.Push(std::move(entry));
  }
  if (issues.empty()) {
    list.Push(Json::Obj({{"severity", "information"},
                         {"code", "informational"},
                         {"details", Json::Obj({{"text", "Không tìm thấy lỗi."}})}}));
  }
  return Json::Obj({{"resourceType", "OperationOutcome"}, {"issue", std::move(list)}});
}

}  // namespace fhir::validation
