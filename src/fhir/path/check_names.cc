#include "fhir/path/check_names.h"

#include <algorithm>

#include "fhir/path/functions.h"
#include "fhir/path/lexer.h"

namespace fhir::path {

using base::Ok;
using base::Result;
using base::Status;
using model::TypeId;

namespace {

// The FHIR types an expression may yield. `open`: it may yield others too, so nothing is certain.
struct Types {
  bool open = false;
  bool ordered = true;  // false behind children() and descendants()
  std::vector<TypeId> list;

  static Types Any() { return {.open = true}; }
  static Types System() { return {}; }  // no element can be named below it
  void Add(TypeId type) {
    // What a resource inside another is, only the document tells.
    if (type == TypeId::kNone || type == TypeId::kResource || type == TypeId::kDomainResource) {
      open = true;
    } else if (std::find(list.begin(), list.end(), type) == list.end()) {
      list.push_back(type);
    }
  }
  void Add(const Types& other) {
    open = open || other.open;
    ordered = ordered && other.ordered;
    for (const TypeId type : other.list) Add(type);
  }
};

class Checker {
 public:
  Checker(const Program& program, TypeId focus) : program_(program) {
    if (focus == TypeId::kNone) {
      context_ = Types::Any();
    } else {
      context_.Add(focus);
    }
  }

  Status Run() {
    TRY(Check(program_.root, context_));
    return Ok();
  }

 private:
  Result<Types> Check(uint32_t index, const Types& focus) {
    const Instruction& instruction = program_.code[index];
    switch (instruction.op) {
      case Op::kThis: return focus;
      case Op::kMember: return Member(instruction, focus);
      case Op::kIndexer: {
        TRY_ASSIGN(const Types types, Check(instruction.input, focus));
        TRY(Check(instruction.arguments[0], focus));
        return types;
      }
      case Op::kCall: return CallOf(instruction, focus);
      case Op::kAs: {
        TRY_ASSIGN(const Types types, Check(instruction.input, focus));
        return Narrow(types, instruction.type);
      }
      case Op::kPlus: return Check(instruction.input, focus);
      case Op::kUnion: {
        TRY_ASSIGN(Types types, Check(instruction.input, focus));
        TRY_ASSIGN(const Types others, Check(instruction.arguments[0], focus));
        types.Add(others);
        return types;
      }
      case Op::kVariable:
        if (instruction.text == "context") return context_;
        return Types::Any();
      case Op::kTotal: return Types::Any();
      case Op::kIndex:
      case Op::kEmpty:
      case Op::kLiteral: return Types::System();
      case Op::kMinus: case Op::kMultiply: case Op::kDivide: case Op::kDiv: case Op::kMod: case Op::kAdd:
      case Op::kSubtract: case Op::kConcatenate: case Op::kIs: case Op::kLess: case Op::kLessOrEqual:
      case Op::kGreater: case Op::kGreaterOrEqual: case Op::kEqual: case Op::kEquivalent: case Op::kNotEqual:
      case Op::kNotEquivalent: case Op::kIn: case Op::kContains: case Op::kAnd: case Op::kOr: case Op::kXor:
      case Op::kImplies: break;
    }
    TRY(Check(instruction.input, focus));
    for (const uint32_t argument : instruction.arguments) TRY(Check(argument, focus));
    return Types::System();
  }

  Result<Types> Member(const Instruction& instruction, const Types& focus) {
    Types from = focus;
    if (instruction.input != Instruction::kNoInput) {
      TRY_ASSIGN(from, Check(instruction.input, focus));
    }
    Types out;
    out.ordered = from.ordered;
    bool known = from.open || from.list.empty();
    if (from.open || from.list.empty()) out.open = true;
    for (const TypeId type : from.list) {
      if (instruction.root_type != TypeId::kNone && model::IsSubtype(type, instruction.root_type)) {
        out.Add(type);
        known = true;
        continue;
      }
      const model::Member* member =
          instruction.name == model::kUnknownName ? nullptr : model::FindMember(type, instruction.name);
      if (member == nullptr) continue;
      const model::ElementInfo& element = model::Element(*member);
      if (element.is_choice() && member->type != TypeId::kNone) continue;
      known = true;
      for (const model::Variant& variant : model::Variants(element)) out.Add(variant.type);
    }
    if (known) return out;
    return SyntaxError(instruction.position, std::string(model::Info(from.list.front()).name) +
                                                 " không có phần tử '" + instruction.text + "'");
  }

  Result<Types> CallOf(const Instruction& call, const Types& focus) {
    Types input = focus;
    if (call.input != Instruction::kNoInput) {
      TRY_ASSIGN(input, Check(call.input, focus));
    }
    const std::string_view name = call.function->name;
    const auto is = [&](std::initializer_list<std::string_view> names) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (!input.ordered && is({"first", "last", "tail", "skip", "take"})) {
      return SyntaxError(call.position, std::string(name) + "() cần thứ tự, mà children() không có thứ tự");
    }
    const bool per_item = is({"where", "select", "all", "exists", "repeat", "repeatAll", "aggregate", "iif", "sort",
                              "trace", "defineVariable"});
    Types results;
    for (const uint32_t argument : call.arguments) {
      // What repeat() meets on later rounds is not followed.
      TRY_ASSIGN(const Types types, Check(argument, is({"repeat", "repeatAll"}) ? Types::Any() : per_item ? input : focus));
      results.Add(types);
    }
    if (is({"where", "first", "last", "tail", "skip", "take", "single", "distinct", "trace", "exclude", "intersect",
            "sort", "defineVariable", "checkModifiers"})) {
      return input;
    }
    if (is({"union", "combine"})) {
      results.Add(input);
      return results;
    }
    if (name == "select") return results;
    if (is({"as", "ofType"})) return Narrow(input, call.type);
    Types out;
    if (name == "extension") {
      out.Add(TypeId::kExtension);
      return out;
    }
    out = Types::Any();
    out.ordered = !is({"children", "descendants"});
    return out;
  }

  static Types Narrow(const Types& from, const TypeSpecifier& type) {
    Types out;
    out.ordered = from.ordered;
    out.Add(type.fhir);
    return out;
  }

  const Program& program_;
  Types context_;
};

}  // namespace

Status CheckProgramNames(const Program& program, TypeId focus) { return Checker(program, focus).Run(); }

}  // namespace fhir::path
