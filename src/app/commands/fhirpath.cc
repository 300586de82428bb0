#include "app/commands/fhirpath.h"

#include <fstream>
#include <iterator>
#include <optional>

#include "base/limits.h"
#include "base/result.h"
#include "fhir/model/document.h"
#include "fhir/path/path.h"

namespace app::commands {
namespace {

using base::Result;
using fhir::model::Document;
using fhir::model::DocumentPtr;
using fhir::path::Expression;
using fhir::path::Value;

constexpr const char* kUsage = "Cách dùng: tram fhirpath [--input TỆP.json | --input -] BIỂU_THỨC\n";

struct Request {
  std::optional<std::string> input;
  std::string expression;
};

std::optional<Request> ParseArguments(const std::vector<std::string>& arguments) {
  Request request;
  std::optional<std::string> expression;
  bool options = true;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (options && argument == "--") {
      options = false;
    } else if (options && argument == "--input") {
      if (request.input || ++i == arguments.size()) return std::nullopt;
      request.input = arguments[i];
    } else if (options && argument.starts_with("--input=")) {
      if (request.input) return std::nullopt;
      request.input = argument.substr(8);
    } else if (!expression) {
      expression = argument;  // "-1" is an expression too
    } else {
      return std::nullopt;
    }
  }
  if (!expression) return std::nullopt;
  request.expression = *std::move(expression);
  return request;
}

Result<DocumentPtr> ReadInput(const std::string& name, std::istream& in) {
  std::string text;
  if (name == "-") {
    text.assign(std::istreambuf_iterator<char>(in), {});
  } else {
    std::ifstream file(name, std::ios::binary);
    if (!file) return base::NotFound("Không mở được tệp " + name + ".");
    text.assign(std::istreambuf_iterator<char>(file), {});
  }
  return Document::Parse(text, base::kBundleLimits);
}

Result<std::string> Evaluate(const Request& request, const base::Clock& clock, std::istream& in) {
  TRY_ASSIGN(const Expression expression, Expression::Compile(request.expression));
  fhir::path::Environment environment;
  environment.now = clock.Now();
  if (!request.input) {
    TRY_ASSIGN(const auto values, expression.Evaluate(environment));
    return ToJsonText(values);
  }
  TRY_ASSIGN(const DocumentPtr document, ReadInput(*request.input, in));
  // A name the resource cannot have is a mistake of the person typing, not an empty answer.
  TRY(expression.CheckNames(Value::Root(document->root()).type()));
  TRY_ASSIGN(const auto values, expression.Evaluate(document->root(), environment));
  return ToJsonText(values);
}

}  // namespace

int RunFhirPath(const std::vector<std::string>& arguments, const base::Clock& clock, std::istream& in,
                std::ostream& out, std::ostream& err) {
  const auto request = ParseArguments(arguments);
  if (!request) {
    err << kUsage;
    return 2;
  }
  const auto answer = Evaluate(*request, clock, in);
  if (!answer.ok()) {
    err << answer.error().message << '\n';
    return 1;
  }
  out << *answer << '\n';
  return 0;
}

}  // namespace app::commands
