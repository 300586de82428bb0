#include "fhir/path/path.h"

#include "fhir/path/check_names.h"
#include "fhir/path/evaluator.h"
#include "fhir/path/program.h"

namespace fhir::path {

using base::Result;

Result<Expression> Expression::Compile(std::string_view text) {
  TRY_ASSIGN(Program program, ParseExpression(text));
  return Expression(std::make_shared<const Compiled>(Compiled{std::move(program)}));
}

Result<Collection> Expression::Evaluate(model::Node focus, const Environment& environment) const {
  if (!focus) return Evaluate(environment);
  return Evaluate(Value::Root(focus), environment);
}

Result<Collection> Expression::Evaluate(const Value& focus, const Environment& environment) const {
  const Collection context(1, focus);
  return Evaluator(compiled_->program, environment, context).Run();
}

Result<Collection> Expression::Evaluate(const Environment& environment) const {
  const Collection context;
  return Evaluator(compiled_->program, environment, context).Run();
}

Result<bool> Expression::Holds(const Value& focus, const Environment& environment) const {
  TRY_ASSIGN(const Collection values, Evaluate(focus, environment));
  TRY_ASSIGN(const auto truth, ToTruth(values));
  return truth.value_or(true);
}

std::string ToJsonText(const Collection& values) {
  std::string out = "[";
  for (const Value& value : values) {
    if (out.size() > 1) out += ',';
    value.AppendJson(out);
  }
  return out += ']';
}

base::Status Expression::CheckNames(model::TypeId focus) const { return CheckProgramNames(compiled_->program, focus); }

const std::string& Expression::text() const { return compiled_->program.text; }

}  // namespace fhir::path
