#include "fhir/path/evaluator.h"

#include "fhir/path/comparison.h"
#include "fhir/path/functions.h"
#include "fhir/path/operators.h"

namespace fhir::path {

using base::Ok;
using base::Result;
using base::Status;
using model::TypeId;

namespace {

constexpr size_t kMaxCollection = 1'000'000;
constexpr size_t kMaxTextBytes = 1UL << 20;

base::Error TooMuchWork(std::string_view detail) {
  return base::Error{base::ErrorCode::kTooLarge, "Biểu thức FHIRPath tốn quá nhiều công tính.", {}, std::string(detail)};
}

// Three-valued logic of FHIRPath §6.5: nothing stands for "unknown".
std::optional<bool> And(std::optional<bool> a, std::optional<bool> b) {
  if (a == false || b == false) return false;
  if (a && b) return true;
  return std::nullopt;
}

Collection FromTruth(std::optional<bool> truth) { return truth ? One(*truth) : Collection{}; }

}  // namespace

base::Error EvaluationError(std::string_view what) {
  return base::Invalid("Không tính được biểu thức FHIRPath: " + std::string(what) + ".");
}

Result<std::optional<bool>> ToTruth(const Collection& values) {
  if (values.empty()) return std::optional<bool>();
  if (values.size() > 1) return EvaluationError("cần một giá trị đúng/sai, có nhiều giá trị");
  if (const auto boolean = values.front().AsBoolean()) return boolean;
  return std::optional<bool>(true);
}

Evaluator::Evaluator(const Program& program, const Environment& environment, const Collection& context)
    : program_(program), environment_(environment), context_(context) {
  const model::Document* document = nullptr;
  if (!context.empty()) {
    document = context.front().node() ? context.front().node().document() : context.front().shadow().document();
  }
  const model::Node root = document != nullptr ? document->root() : model::Node();
  resource_ = environment.resource ? environment.resource : root;
  root_resource_ = environment.root_resource ? environment.root_resource : root;
}

base::Error Evaluator::OutOfSteps() { return TooMuchWork("steps"); }

Result<Value> Evaluator::Text(std::string text) {
  if (text.size() > kMaxTextBytes) return TooMuchWork("text size");
  TRY(Spend(1 + text.size() / 64));
  return Value::String(std::move(text));
}

Status Evaluator::DefineVariable(std::string name, Collection values) {
  static constexpr std::string_view kStandard[] = {"context", "resource", "rootResource", "sct", "loinc", "ucum"};
  const bool standard = std::find(std::begin(kStandard), std::end(kStandard), name) != std::end(kStandard);
  const bool known = std::any_of(variables_.begin(), variables_.end(), [&](const auto& v) { return v.first == name; });
  if (standard || known) return EvaluationError("biến %" + name + " đã có");
  variables_.emplace_back(std::move(name), std::move(values));
  return Ok();
}

Result<Collection> Evaluator::Run() {
  return Evaluate(program_.root, Frame{.focus = &context_});
}

Result<Collection> Evaluator::EvaluateScoped(uint32_t index, const Frame& frame) {
  const size_t known = variables_.size();
  auto result = Evaluate(index, frame);
  variables_.resize(known);
  return result;
}

Result<Collection> Evaluator::Evaluate(uint32_t index, const Frame& frame) {
  const Instruction& instruction = program_.code[index];
  TRY(Spend(1));
  switch (instruction.op) {
    case Op::kEmpty: return Collection{};
    case Op::kLiteral: return One(*instruction.literal);
    case Op::kThis: return *frame.focus;
    case Op::kIndex: return One(Value::Integer(frame.index));
    case Op::kTotal: return frame.total != nullptr ? *frame.total : Collection{};
    case Op::kVariable: return EvaluateVariable(instruction);
    case Op::kMember: return EvaluateMember(instruction, frame);
    case Op::kIndexer: return EvaluateIndexer(instruction, frame);
    case Op::kCall: return EvaluateCall(instruction, frame);
    case Op::kPlus: return Evaluate(instruction.input, frame);
    case Op::kIs:
    case Op::kAs: return EvaluateType(instruction, frame);
    case Op::kAnd:
    case Op::kOr:
    case Op::kXor:
    case Op::kImplies: return EvaluateLogic(instruction, frame);
    case Op::kMinus:
    case Op::kMultiply:
    case Op::kDivide:
    case Op::kDiv:
    case Op::kMod:
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kConcatenate:
    case Op::kUnion:
    case Op::kLess:
    case Op::kLessOrEqual:
    case Op::kGreater:
    case Op::kGreaterOrEqual:
    case Op::kEqual:
    case Op::kEquivalent:
    case Op::kNotEqual:
    case Op::kNotEquivalent:
    case Op::kIn:
    case Op::kContains: break;
  }
  return EvaluateBinary(instruction, frame);
}

// https://hl7.org/fhirpath/N1/#environment-variables and https://hl7.org/fhir/R4/fhirpath.html#variables
Result<Collection> Evaluator::EvaluateVariable(const Instruction& instruction) {
  const std::string& name = instruction.text;
  for (auto variable = variables_.rbegin(); variable != variables_.rend(); ++variable) {
    if (variable->first == name) return variable->second;
  }
  for (const auto& [known, values] : environment_.variables) {
    if (known == name) return values;
  }
  if (name == "context") return context_;
  if (name == "resource") return resource_ ? One(Value::Root(resource_)) : Collection{};
  if (name == "rootResource") return root_resource_ ? One(Value::Root(root_resource_)) : Collection{};
  if (name == "sct") return One(Value::String("http://snomed.info/sct"));
  if (name == "loinc") return One(Value::String("http://loinc.org"));
  if (name == "ucum") return One(Value::String("http://unitsofmeasure.org"));
  if (name.starts_with("vs-")) return One(Value::String("http://hl7.org/fhir/ValueSet/" + name.substr(3)));
  if (name.starts_with("ext-")) return One(Value::String("http://hl7.org/fhir/StructureDefinition/" + name.substr(4)));
  return EvaluationError("không có biến %" + name);
}

Result<Collection> Evaluator::EvaluateMember(const Instruction& instruction, const Frame& frame) {
  Collection input;
  const Collection* from = frame.focus;
  if (instruction.input != Instruction::kNoInput) {
    TRY_ASSIGN(input, Evaluate(instruction.input, frame));
    from = &input;
  }
  Collection out;
  for (const Value& value : *from) {
    // "Patient.name": the type at the start of a path stands for the focus itself.
    if (instruction.root_type != TypeId::kNone && value.IsElement() && value.IsA(instruction.root_type)) {
      out.push_back(value);
    } else {
      Navigate(value, instruction.name, instruction.text, out);
    }
  }
  TRY(Spend(from->size() + out.size()));
  if (out.size() > kMaxCollection) return TooMuchWork("collection size");
  return out;
}

Result<Collection> Evaluator::EvaluateIndexer(const Instruction& instruction, const Frame& frame) {
  TRY_ASSIGN(Collection values, Evaluate(instruction.input, frame));
  TRY_ASSIGN(const Collection index, EvaluateScoped(instruction.arguments[0], frame));
  if (index.empty()) return Collection{};
  const auto position = index.size() == 1 ? index.front().AsInteger() : std::nullopt;
  if (!position) return EvaluationError("chỉ số phải là một số nguyên");
  if (*position < 0 || *position >= static_cast<int64_t>(values.size())) return Collection{};
  return One(values[static_cast<size_t>(*position)]);
}

Result<Collection> Evaluator::EvaluateCall(const Instruction& instruction, const Frame& frame) {
  Collection input;
  if (instruction.input != Instruction::kNoInput) {
    TRY_ASSIGN(input, Evaluate(instruction.input, frame));
  } else {
    input = *frame.focus;
  }
  TRY(Spend(input.size()));
  Call call(*this, frame, instruction, std::move(input));
  TRY_ASSIGN(Collection out, instruction.function->run(call));
  TRY(Spend(out.size()));
  if (out.size() > kMaxCollection) return TooMuchWork("collection size");
  return out;
}

Result<Collection> Evaluator::EvaluateType(const Instruction& instruction, const Frame& frame) {
  TRY_ASSIGN(Collection values, EvaluateScoped(instruction.input, frame));
  if (values.empty()) return Collection{};
  if (values.size() > 1) return EvaluationError("is và as cần một giá trị, có nhiều giá trị");
  if (instruction.op == Op::kIs) return One(IsOfType(values.front(), instruction.type));
  return IsExactlyOfType(values.front(), instruction.type) ? std::move(values) : Collection{};
}

Result<Collection> Evaluator::EvaluateLogic(const Instruction& instruction, const Frame& frame) {
  TRY_ASSIGN(const Collection left, EvaluateScoped(instruction.input, frame));
  TRY_ASSIGN(const auto a, ToTruth(left));
  // What the left side already decides spares the right side; invariants rely on it for speed.
  if (instruction.op == Op::kAnd && a == false) return One(false);
  if (instruction.op == Op::kOr && a == true) return One(true);
  if (instruction.op == Op::kImplies && a == false) return One(true);
  TRY_ASSIGN(const Collection right, EvaluateScoped(instruction.arguments[0], frame));
  TRY_ASSIGN(const auto b, ToTruth(right));
  if (instruction.op == Op::kAnd) return FromTruth(And(a, b));
  if (instruction.op == Op::kXor) return a && b ? One(*a != *b) : Collection{};
  const auto negated = instruction.op == Op::kImplies ? a : a ? std::optional(!*a) : a;
  // a or b = not (not a and not b); a implies b = not (a and not b)
  const auto both = And(negated, b ? std::optional(!*b) : b);
  return both ? One(!*both) : Collection{};
}

Result<Collection> Evaluator::EvaluateBinary(const Instruction& instruction, const Frame& frame) {
  TRY_ASSIGN(Collection left, EvaluateScoped(instruction.input, frame));
  if (instruction.op == Op::kMinus) {
    if (left.empty()) return Collection{};
    if (left.size() > 1) return EvaluationError("dấu - cần một giá trị, có nhiều giá trị");
    TRY_ASSIGN(const auto negated, Negate(left.front()));
    return negated ? One(*negated) : Collection{};
  }
  TRY_ASSIGN(Collection right, EvaluateScoped(instruction.arguments[0], frame));
  if (instruction.op == Op::kUnion) return Union(left, right);
  if (instruction.op == Op::kIn) return IsIn(left, right);
  if (instruction.op == Op::kContains) return IsIn(right, left);
  if (instruction.op >= Op::kEqual && instruction.op <= Op::kNotEquivalent) {
    return Compare(instruction.op, left, right);
  }
  if (instruction.op == Op::kConcatenate) {
    // An empty side counts as the empty text.
    if (left.empty()) left = One(Value::String(""));
    if (right.empty()) right = One(Value::String(""));
  }
  if (left.empty() || right.empty()) return Collection{};
  if (left.size() > 1 || right.size() > 1) return EvaluationError("phép tính cần một giá trị mỗi bên");
  if (instruction.op >= Op::kLess && instruction.op <= Op::kGreaterOrEqual) {
    return Rank(instruction.op, left.front(), right.front());
  }
  TRY_ASSIGN(const auto value, Arithmetic(instruction.op, left.front(), right.front()));
  if (!value) return Collection{};
  if (value->kind() != Kind::kString) return One(*value);
  TRY_ASSIGN(Value text, Text(value->Text()));
  return One(std::move(text));
}

Result<Collection> Evaluator::Union(const Collection& left, const Collection& right) {
  // The unions of search parameters mostly have one side that is not there.
  if (left.size() + right.size() < 2) return left.empty() ? right : left;
  DistinctValues distinct(*this);
  for (const Value& value : left) TRY(distinct.Add(value));
  for (const Value& value : right) TRY(distinct.Add(value));
  return distinct.Take();
}

Result<Collection> Evaluator::IsIn(const Collection& items, const Collection& among) {
  if (items.empty()) return Collection{};
  if (items.size() > 1) return EvaluationError("in và contains cần một giá trị, có nhiều giá trị");
  TRY(Spend(among.size()));
  return One(std::any_of(among.begin(), among.end(),
                         [&](const Value& value) { return Equal(items.front(), value) == true; }));
}

Result<Collection> Evaluator::Compare(Op op, const Collection& left, const Collection& right) {
  if (op == Op::kEquivalent || op == Op::kNotEquivalent) {
    TRY_ASSIGN(const bool same, EquivalentCollections(left, right, *this));
    return One(same == (op == Op::kEquivalent));
  }
  if (left.empty() || right.empty()) return Collection{};
  TRY_ASSIGN(const auto equal, EqualCollections(left, right, *this));
  return equal ? One(*equal == (op == Op::kEqual)) : Collection{};
}

Result<Collection> Evaluator::Rank(Op op, const Value& a, const Value& b) {
  TRY_ASSIGN(const auto order, Order(a, b));
  if (!order) return Collection{};
  if (op == Op::kLess) return One(*order < 0);
  if (op == Op::kLessOrEqual) return One(*order <= 0);
  if (op == Op::kGreater) return One(*order > 0);
  return One(*order >= 0);
}

}  // namespace fhir::path
