#include "app/commands/validate.h"

#include <fstream>
#include <iterator>

#include "base/limits.h"
#include "base/result.h"
#include "fhir/model/document.h"
#include "fhir/validation/validator.h"

namespace app::commands {
namespace {

using base::Result;
using fhir::model::Document;
using fhir::model::DocumentPtr;
using fhir::validation::Issue;
using fhir::validation::IssueCode;
using fhir::validation::Severity;

Result<DocumentPtr> Read(const std::string& name, std::istream& in) {
  std::string text;
  if (name == "-") {
    text.assign(std::istreambuf_iterator<char>(in), {});
  } else {
    std::ifstream file(name, std::ios::binary);
    if (!file) return base::NotFound("Không mở được tệp.");
    text.assign(std::istreambuf_iterator<char>(file), {});
  }
  return Document::Parse(text, base::kBundleLimits);
}

std::vector<Issue> Check(const std::string& name, const base::Clock& clock, std::istream& in) {
  const auto document = Read(name, in);
  if (!document.ok()) return {{Severity::kError, IssueCode::kStructure, "", document.error().message}};
  fhir::validation::Options options;
  options.environment.now = clock.Now();
  return fhir::validation::Validate(**document, options);
}

}  // namespace

int RunValidate(const std::vector<std::string>& files, const base::Clock& clock, std::istream& in,
                std::ostream& out, std::ostream& err) {
  if (files.empty()) {
    err << "Cách dùng: tram validate TỆP.json...\n";
    return 2;
  }
  for (const std::string& name : files) {
    if (name.size() > 1 && name.starts_with('-')) {
      err << "Chưa có tùy chọn " << name << ": lệnh này chỉ kiểm tra theo định nghĩa gốc của FHIR R4.\n";
      return 2;
    }
  }
  bool errors = false;
  for (const std::string& name : files) {
    const auto issues = Check(name, clock, in);
    errors = errors || HasErrors(issues);
    out << ToOperationOutcome(issues).Dump() << '\n';
  }
  return errors ? 1 : 0;
}

}  // namespace app::commands
