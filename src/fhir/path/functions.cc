#include "fhir/path/functions.h"

#include <unordered_map>

namespace fhir::path {

using base::Result;

namespace {

using FunctionsByName = std::unordered_map<std::string_view, const Function*>;

FunctionsByName IndexFunctions() {
  FunctionsByName index;
  for (const auto family : {CollectionFunctions(), LogicFunctions(), ConversionFunctions(), TextFunctions(),
                            MathFunctions(), BoundaryFunctions(), TimeFunctions(), TreeFunctions(), FhirFunctions()}) {
    for (const Function& function : family) index.emplace(function.name, &function);
  }
  return index;
}

}  // namespace

const Function* FindFunction(std::string_view name) {
  static const FunctionsByName index = IndexFunctions();
  const auto found = index.find(name);
  return found == index.end() ? nullptr : found->second;
}

Result<Collection> Call::Argument(size_t index) {
  return evaluator_.EvaluateScoped(instruction_.arguments[index], frame_);
}

Result<Collection> Call::ArgumentFor(size_t index, const Value& item, int64_t position, const Collection* total) {
  const Collection focus = One(item);
  return evaluator_.EvaluateScoped(instruction_.arguments[index],
                                   Frame{.focus = &focus, .index = position, .total = total ? total : frame_.total});
}

Result<std::optional<bool>> Call::Criterion(size_t index, const Value& item, int64_t position) {
  TRY_ASSIGN(const Collection values, ArgumentFor(index, item, position));
  if (values.empty()) return std::optional<bool>();
  const auto truth = values.size() == 1 ? values.front().AsBoolean() : std::nullopt;
  if (!truth) return Wrong("điều kiện phải là đúng hoặc sai");
  return truth;
}

Result<std::optional<std::string>> Call::StringArgument(size_t index) {
  TRY_ASSIGN(const Collection values, Argument(index));
  if (values.empty()) return std::optional<std::string>();
  const auto text = values.size() == 1 ? values.front().AsString() : std::nullopt;
  if (!text) return Wrong("đối số phải là một chuỗi");
  return std::optional<std::string>(*text);
}

Result<std::optional<int64_t>> Call::IntegerArgument(size_t index) {
  TRY_ASSIGN(const Collection values, Argument(index));
  if (values.empty()) return std::optional<int64_t>();
  const auto integer = values.size() == 1 ? values.front().AsInteger() : std::nullopt;
  if (!integer) return Wrong("đối số phải là một số nguyên");
  return integer;
}

Result<const Value*> Call::Single() const {
  if (input.size() > 1) return Wrong("cần một giá trị, có nhiều giá trị");
  return input.empty() ? nullptr : &input.front();
}

Result<std::optional<std::string_view>> Call::SingleString() const {
  TRY_ASSIGN(const Value* value, Single());
  if (value == nullptr) return std::optional<std::string_view>();
  if (const auto text = value->AsString()) return text;
  if (!value->HasValue() && value->shadow()) return std::optional<std::string_view>();
  return Wrong("cần một chuỗi");
}

base::Error Call::Wrong(std::string_view what) const {
  return EvaluationError(std::string(instruction_.function->name) + "(): " + std::string(what));
}

}  // namespace fhir::path
