// The compiled form of an expression: a tree of instructions in one array, names interned.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fhir/path/path.h"
#include "fhir/path/value.h"

namespace fhir::path {

struct Function;

enum class Op : uint8_t {
  kThis, kIndex, kTotal, kEmpty, kLiteral, kVariable,
  kMember, kIndexer, kCall,
  kPlus, kMinus,
  kMultiply, kDivide, kDiv, kMod, kAdd, kSubtract, kConcatenate,
  kIs, kAs, kUnion,
  kLess, kLessOrEqual, kGreater, kGreaterOrEqual,
  kEqual, kEquivalent, kNotEqual, kNotEquivalent,
  kIn, kContains, kAnd, kOr, kXor, kImplies,
};

struct TypeSpecifier {
  enum class Space : uint8_t { kAny, kSystem, kFhir };
  Space space = Space::kAny;
  model::TypeId fhir = model::TypeId::kNone;
  std::optional<Kind> system;
};

struct Instruction {
  static constexpr uint32_t kNoInput = 0xFFFFFFFF;

  Op op = Op::kEmpty;
  // resolve(): only the type of the target is asked for. Argument of sort(): descending.
  bool flag = false;
  uint16_t depth = 1;
  model::NameId name = model::kUnknownName;           // kMember
  model::TypeId root_type = model::TypeId::kNone;     // kMember at the start of a path: "Patient"
  uint32_t input = kNoInput;                          // the left side; kNoInput = the focus
  uint32_t position = 0;
  const Function* function = nullptr;                 // kCall
  std::vector<uint32_t> arguments;                    // right operand, index, arguments
  std::string text;                                   // kMember, kVariable
  std::optional<Value> literal;
  TypeSpecifier type;                                 // kIs, kAs, ofType()
};

struct Program {
  std::string text;
  std::vector<Instruction> code;
  uint32_t root = 0;
};

struct Expression::Compiled {
  Program program;
};

base::Result<Program> ParseExpression(std::string_view text);

}  // namespace fhir::path
