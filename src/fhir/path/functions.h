// The functions of FHIRPath by name, and what each gets to work with.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "fhir/path/evaluator.h"

namespace fhir::path {

// One call: the collection left of the dot and the arguments, evaluated when asked for.
class Call {
 public:
  Call(Evaluator& evaluator, const Frame& frame, const Instruction& instruction, Collection values)
      : input(std::move(values)), evaluator_(evaluator), frame_(frame), instruction_(instruction) {}

  Collection input;

  Evaluator& evaluator() { return evaluator_; }
  const Environment& environment() const { return evaluator_.environment(); }
  const Frame& frame() const { return frame_; }
  const Instruction& instruction() const { return instruction_; }
  size_t argument_count() const { return instruction_.arguments.size(); }

  // An argument that is a value: seen from where the whole path stands.
  base::Result<Collection> Argument(size_t index);
  // An argument that is run for each item, with $this, $index and $total.
  base::Result<Collection> ArgumentFor(size_t index, const Value& item, int64_t position,
                                       const Collection* total = nullptr);
  // The same, as a criterion: nothing when it is empty; an error unless it is one boolean.
  base::Result<std::optional<bool>> Criterion(size_t index, const Value& item, int64_t position);

  // Nothing when empty; an error when several or of another type.
  base::Result<std::optional<std::string>> StringArgument(size_t index);
  base::Result<std::optional<int64_t>> IntegerArgument(size_t index);

  // The only item of the input; null when empty, an error when there are several.
  base::Result<const Value*> Single() const;
  // As text, an error for anything but a string.
  base::Result<std::optional<std::string_view>> SingleString() const;

  base::Error Wrong(std::string_view what) const;

 private:
  Evaluator& evaluator_;
  const Frame& frame_;
  const Instruction& instruction_;
};

struct Function {
  std::string_view name;
  uint8_t min_arguments;
  uint8_t max_arguments;
  base::Result<Collection> (*run)(Call& call);
};

// Null if there is none of that name.
const Function* FindFunction(std::string_view name);

// One family each, in the file of that name.
std::span<const Function> CollectionFunctions();
std::span<const Function> LogicFunctions();
std::span<const Function> ConversionFunctions();
std::span<const Function> TextFunctions();
std::span<const Function> MathFunctions();
std::span<const Function> BoundaryFunctions();
std::span<const Function> TimeFunctions();
std::span<const Function> TreeFunctions();
std::span<const Function> FhirFunctions();

inline Collection One(Value value) {
  Collection out;
  out.push_back(std::move(value));
  return out;
}
inline Collection One(bool value) { return One(Value::Boolean(value)); }

}  // namespace fhir::path
