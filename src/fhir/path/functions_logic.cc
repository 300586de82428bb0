// not(), iif(), types and variables. https://hl7.org/fhirpath/N1/#boolean-logic
#include "fhir/path/functions.h"

namespace fhir::path {

using base::Result;
using model::TypeId;

namespace {

Result<Collection> Not(Call& call) {
  TRY_ASSIGN(const auto truth, ToTruth(call.input));
  return truth ? One(!*truth) : Collection{};
}

// Only the branch that is taken is evaluated. With input, $this is that input.
Result<Collection> Iif(Call& call) {
  if (call.input.size() > 1) return call.Wrong("cần một giá trị, có nhiều giá trị");
  const Frame frame{.focus = &call.input, .index = call.frame().index, .total = call.frame().total};
  const auto& arguments = call.instruction().arguments;
  TRY_ASSIGN(const Collection criterion, call.evaluator().EvaluateScoped(arguments[0], frame));
  if (criterion.size() > 1) return call.Wrong("điều kiện phải là một giá trị");
  bool met = false;
  if (!criterion.empty()) {
    const auto truth = criterion.front().AsBoolean();
    if (!truth) return call.Wrong("điều kiện phải là đúng hoặc sai");
    met = *truth;
  }
  if (met) return call.evaluator().EvaluateScoped(arguments[1], frame);
  if (arguments.size() < 3) return Collection{};
  return call.evaluator().EvaluateScoped(arguments[2], frame);
}

Result<Collection> Is(Call& call) {
  TRY_ASSIGN(const Value* value, call.Single());
  return value == nullptr ? Collection{} : One(IsOfType(*value, call.instruction().type));
}

Result<Collection> As(Call& call) {
  TRY_ASSIGN(const Value* value, call.Single());
  return value != nullptr && IsExactlyOfType(*value, call.instruction().type) ? One(*value) : Collection{};
}

Result<Collection> OfType(Call& call) {
  Collection out;
  for (const Value& value : call.input) {
    if (IsExactlyOfType(value, call.instruction().type)) out.push_back(value);
  }
  return out;
}

// Parts like Patient.contact have no name of their own in FHIR's type system.
Result<Collection> Type(Call& call) {
  Collection out;
  for (const Value& value : call.input) {
    if (!value.IsElement()) {
      out.push_back(Value::Type({"System", std::string(value.type_name())}));
      continue;
    }
    TypeId type = value.type();
    if (type == TypeId::kNone) continue;
    if (model::Info(type).kind == model::TypeKind::kBackbone) type = model::Info(type).base;
    out.push_back(Value::Type({"FHIR", std::string(model::Info(type).name)}));
  }
  return out;
}

Result<Collection> DefineVariable(Call& call) {
  TRY_ASSIGN(const auto name, call.StringArgument(0));
  if (!name || name->empty()) return call.Wrong("thiếu tên biến");
  Collection values = call.input;
  if (call.argument_count() == 2) {
    const Frame frame{.focus = &call.input, .index = call.frame().index, .total = call.frame().total};
    TRY_ASSIGN(values, call.evaluator().EvaluateScoped(call.instruction().arguments[1], frame));
  }
  TRY(call.evaluator().DefineVariable(*name, std::move(values)));
  return std::move(call.input);
}

Result<Collection> Trace(Call& call) {
  TRY_ASSIGN(const auto name, call.StringArgument(0));
  Collection shown = call.input;
  if (call.argument_count() == 2) {
    shown.clear();
    for (size_t i = 0; i < call.input.size(); ++i) {
      TRY_ASSIGN(Collection values, call.ArgumentFor(1, call.input[i], static_cast<int64_t>(i)));
      std::move(values.begin(), values.end(), std::back_inserter(shown));
    }
  }
  if (call.environment().trace) call.environment().trace(name.value_or(""), shown);
  return std::move(call.input);
}

constexpr Function kFunctions[] = {
    {"not", 0, 0, Not}, {"iif", 2, 3, Iif},       {"is", 1, 1, Is},
    {"as", 1, 1, As},   {"ofType", 1, 1, OfType}, {"type", 0, 0, Type},
    {"trace", 1, 2, Trace}, {"defineVariable", 1, 2, DefineVariable},
};

}  // namespace

std::span<const Function> LogicFunctions() { return kFunctions; }

}  // namespace fhir::path
