// Runs a compiled expression: walks the tree of instructions over collections of values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "fhir/path/path.h"
#include "fhir/path/program.h"

namespace fhir::path {

// Where an instruction stands: $this (also the start of bare paths), $index and $total.
struct Frame {
  const Collection* focus;
  int64_t index = 0;
  const Collection* total = nullptr;
};

base::Error EvaluationError(std::string_view what);

class Evaluator {
 public:
  Evaluator(const Program& program, const Environment& environment, const Collection& context);

  base::Result<Collection> Run();
  base::Result<Collection> Evaluate(uint32_t index, const Frame& frame);
  // As an argument or operand: variables defined inside are forgotten afterwards.
  base::Result<Collection> EvaluateScoped(uint32_t index, const Frame& frame);

  // Counts work; kTooLarge when the environment's allowance is used up.
  base::Status Spend(size_t steps) {
    steps_ += steps;
    if (steps_ > environment_.max_steps) return OutOfSteps();
    return base::Ok();
  }
  // Refuses texts that grow beyond all use.
  base::Result<Value> Text(std::string text);

  base::Status DefineVariable(std::string name, Collection values);

  const Environment& environment() const { return environment_; }
  const Program& program() const { return program_; }
  // %resource and %rootResource; missing when the focus is no document.
  model::Node resource() const { return resource_; }
  model::Node root_resource() const { return root_resource_; }

 private:
  static base::Error OutOfSteps();
  base::Result<Collection> EvaluateVariable(const Instruction& instruction);
  base::Result<Collection> EvaluateMember(const Instruction& instruction, const Frame& frame);
  base::Result<Collection> EvaluateIndexer(const Instruction& instruction, const Frame& frame);
  base::Result<Collection> EvaluateCall(const Instruction& instruction, const Frame& frame);
  base::Result<Collection> EvaluateType(const Instruction& instruction, const Frame& frame);
  base::Result<Collection> EvaluateLogic(const Instruction& instruction, const Frame& frame);
  base::Result<Collection> EvaluateBinary(const Instruction& instruction, const Frame& frame);
  base::Result<Collection> Union(const Collection& left, const Collection& right);
  base::Result<Collection> IsIn(const Collection& items, const Collection& among);
  base::Result<Collection> Compare(Op op, const Collection& left, const Collection& right);
  base::Result<Collection> Rank(Op op, const Value& a, const Value& b);

  const Program& program_;
  const Environment& environment_;
  const Collection& context_;
  model::Node resource_;
  model::Node root_resource_;
  size_t steps_ = 0;
  std::vector<std::pair<std::string, Collection>> variables_;
};

// Appends the children of the element that the name stands for (choices resolved).
void Navigate(const Value& value, model::NameId name, std::string_view text, Collection& out);
// Appends all child elements.
void Children(const Value& value, Collection& out);

// `is`: the type or one derived from it.
bool IsOfType(const Value& value, const TypeSpecifier& type);
// `as` and ofType(): primitives must be exactly of the type, the rest as for `is`.
bool IsExactlyOfType(const Value& value, const TypeSpecifier& type);

// The singleton rule: nothing if empty, the boolean, true for one other item, an error for several.
base::Result<std::optional<bool>> ToTruth(const Collection& values);

}  // namespace fhir::path
