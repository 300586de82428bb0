#include <algorithm>

#include "fhir/path/functions.h"
#include "fhir/path/lexer.h"
#include "fhir/path/program.h"
#include "fhir/path/ucum.h"

namespace fhir::path {

using base::Ok;
using base::Result;
using base::Status;
using model::TypeId;

namespace {

// Hostile expressions: the longest official invariant has 1,100 bytes, and the deepest search
// parameter 60 levels. The evaluator recurses as deep as the tree.
constexpr size_t kMaxTextBytes = 64 * 1024;
constexpr int kMaxTreeDepth = 400;
constexpr int kMaxNesting = 100;

struct Infix {
  std::string_view text;
  Op op;
  int precedence;
};
// https://hl7.org/fhirpath/N1/#operator-precedence, lowest first.
constexpr Infix kInfix[] = {
    {"implies", Op::kImplies, 1}, {"or", Op::kOr, 2}, {"xor", Op::kXor, 2}, {"and", Op::kAnd, 3},
    {"in", Op::kIn, 4}, {"contains", Op::kContains, 4}, {"=", Op::kEqual, 5}, {"~", Op::kEquivalent, 5},
    {"!=", Op::kNotEqual, 5}, {"!~", Op::kNotEquivalent, 5}, {"<=", Op::kLessOrEqual, 6}, {"<", Op::kLess, 6},
    {">", Op::kGreater, 6}, {">=", Op::kGreaterOrEqual, 6}, {"|", Op::kUnion, 7}, {"is", Op::kIs, 8},
    {"as", Op::kAs, 8}, {"+", Op::kAdd, 9}, {"-", Op::kSubtract, 9}, {"&", Op::kConcatenate, 9},
    {"*", Op::kMultiply, 10}, {"/", Op::kDivide, 10}, {"div", Op::kDiv, 10}, {"mod", Op::kMod, 10},
};

std::optional<Kind> SystemKind(std::string_view name) {
  static constexpr std::pair<std::string_view, Kind> kNames[] = {
      {"Boolean", Kind::kBoolean}, {"String", Kind::kString}, {"Integer", Kind::kInteger},
      {"Decimal", Kind::kDecimal}, {"Date", Kind::kDate}, {"DateTime", Kind::kDateTime},
      {"Time", Kind::kTime}, {"Quantity", Kind::kQuantity}};
  for (const auto& [text, kind] : kNames) {
    if (text == name) return kind;
  }
  return std::nullopt;
}

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Result<Program> Run() {
    TRY_ASSIGN(program_.root, Parse(1));
    if (Peek().type != Token::Type::kEnd) return Unexpected();
    return std::move(program_);
  }

 private:
  const Token& Peek(size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  const Token& Take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  bool IsSymbol(std::string_view text) const { return Peek().type == Token::Type::kSymbol && Peek().text == text; }
  bool TakeSymbol(std::string_view text) {
    if (!IsSymbol(text)) return false;
    Take();
    return true;
  }
  Status Expect(std::string_view text) {
    if (!TakeSymbol(text)) return SyntaxError(Peek().position, "cần '" + std::string(text) + "'");
    return Ok();
  }
  base::Error Unexpected() const {
    if (Peek().type == Token::Type::kEnd) return SyntaxError(Peek().position, "biểu thức bị cụt");
    return SyntaxError(Peek().position, "không hiểu '" + Peek().text + "'");
  }

  Result<uint32_t> Add(Instruction instruction) {
    int depth = 0;
    if (instruction.input != Instruction::kNoInput) depth = program_.code[instruction.input].depth;
    for (const uint32_t argument : instruction.arguments) {
      depth = std::max<int>(depth, program_.code[argument].depth);
    }
    if (depth + 1 > kMaxTreeDepth) {
      return base::Error{base::ErrorCode::kTooLarge, "Biểu thức FHIRPath lồng quá sâu.", {}, "tree depth"};
    }
    instruction.depth = static_cast<uint16_t>(depth + 1);
    program_.code.push_back(std::move(instruction));
    return static_cast<uint32_t>(program_.code.size() - 1);
  }

  const Infix* PeekInfix() const {
    const Token& token = Peek();
    if (token.type != Token::Type::kSymbol && token.type != Token::Type::kIdentifier) return nullptr;
    for (const Infix& infix : kInfix) {
      if (infix.text == token.text) return &infix;
    }
    return nullptr;
  }

  Result<uint32_t> Parse(int precedence) {
    if (++nesting_ > kMaxNesting) {
      return base::Error{base::ErrorCode::kTooLarge, "Biểu thức FHIRPath lồng quá sâu.", {}, "nesting"};
    }
    TRY_ASSIGN(uint32_t left, Unary());
    while (const Infix* infix = PeekInfix()) {
      if (infix->precedence < precedence) break;
      const auto position = static_cast<uint32_t>(Take().position);
      Instruction operation{.op = infix->op, .input = left, .position = position};
      if (infix->op == Op::kIs || infix->op == Op::kAs) {
        TRY_ASSIGN(operation.type, ParseTypeSpecifier());
        if (infix->op == Op::kIs) MarkTypeOnly(left);
      } else {
        TRY_ASSIGN(const uint32_t right, Parse(infix->precedence + 1));
        operation.arguments = {right};
      }
      TRY_ASSIGN(left, Add(std::move(operation)));
    }
    --nesting_;
    return left;
  }

  Result<uint32_t> Unary() {
    if (!IsSymbol("-") && !IsSymbol("+")) return Path();
    if (++nesting_ > kMaxNesting) {
      return base::Error{base::ErrorCode::kTooLarge, "Biểu thức FHIRPath lồng quá sâu.", {}, "nesting"};
    }
    const Token sign = Take();
    TRY_ASSIGN(const uint32_t operand, Unary());
    --nesting_;
    return Add({.op = sign.text == "-" ? Op::kMinus : Op::kPlus,
                .input = operand,
                .position = static_cast<uint32_t>(sign.position)});
  }

  Result<uint32_t> Path() {
    TRY_ASSIGN(uint32_t left, Term());
    while (true) {
      if (IsSymbol("[")) {
        const auto position = static_cast<uint32_t>(Take().position);
        TRY_ASSIGN(const uint32_t index, Parse(1));
        TRY(Expect("]"));
        TRY_ASSIGN(left, Add({.op = Op::kIndexer, .input = left, .position = position, .arguments = {index}}));
      } else if (TakeSymbol(".")) {
        TRY_ASSIGN(left, Invocation(left));
      } else {
        return left;
      }
    }
  }

  Result<uint32_t> Term() {
    const Token token = Peek();
    const auto position = static_cast<uint32_t>(token.position);
    switch (token.type) {
      case Token::Type::kEnd: return Unexpected();
      case Token::Type::kString:
        Take();
        return Literal(Value::String(token.text), position);
      case Token::Type::kNumber: return NumberOrQuantity();
      case Token::Type::kMoment: return MomentLiteral();
      case Token::Type::kVariable:
        Take();
        return Add({.op = Op::kVariable, .position = position, .text = token.text});
      case Token::Type::kSpecial:
      case Token::Type::kDelimited: return Invocation(Instruction::kNoInput);
      case Token::Type::kIdentifier:
        if (token.text == "true" || token.text == "false") {
          Take();
          return Literal(Value::Boolean(token.text == "true"), position);
        }
        return Invocation(Instruction::kNoInput);
      case Token::Type::kSymbol: break;
    }
    if (TakeSymbol("(")) {
      TRY_ASSIGN(const uint32_t inner, Parse(1));
      TRY(Expect(")"));
      return inner;
    }
    if (TakeSymbol("{")) {
      TRY(Expect("}"));
      return Add({.op = Op::kEmpty, .position = position});
    }
    return Unexpected();
  }

  Result<uint32_t> Literal(Value value, uint32_t position) {
    return Add({.op = Op::kLiteral, .position = position, .literal = std::move(value)});
  }

  Result<uint32_t> NumberOrQuantity() {
    const Token token = Take();
    const auto position = static_cast<uint32_t>(token.position);
    const auto number = Number::Parse(token.text);
    if (!number) return SyntaxError(token.position, "số quá dài");
    if (Peek().type == Token::Type::kString) {
      return Literal(Value::FromQuantity({*number, Take().text}), position);
    }
    if (Peek().type == Token::Type::kIdentifier) {
      const std::string_view unit = CalendarSingular(Peek().text);
      if (!unit.empty()) {
        Take();
        return Literal(Value::FromQuantity({*number, std::string(unit), true}), position);
      }
    }
    if (token.text.find('.') != std::string::npos) return Literal(Value::Decimal(*number), position);
    const auto integer = number->ToInteger();
    if (!integer) return SyntaxError(token.position, "số nguyên quá lớn");
    return Literal(Value::Integer(*integer), position);
  }

  Result<uint32_t> MomentLiteral() {
    const Token token = Take();
    std::optional<Moment> moment;
    if (token.text.starts_with('T')) {
      moment = Moment::ParseTime(token.text);
    } else if (token.text.find('T') != std::string::npos) {
      moment = Moment::ParseDateTime(token.text);
    } else {
      moment = Moment::ParseDate(token.text);
    }
    if (!moment) return SyntaxError(token.position, "ngày giờ không hợp lệ");
    return Literal(Value::FromMoment(*moment), static_cast<uint32_t>(token.position));
  }

  // identifier | function(arguments) | $this | $index | $total
  Result<uint32_t> Invocation(uint32_t input) {
    const Token token = Peek();
    const auto position = static_cast<uint32_t>(token.position);
    if (token.type == Token::Type::kSpecial) {
      Take();
      const Op op = token.text == "$this" ? Op::kThis : token.text == "$index" ? Op::kIndex : Op::kTotal;
      return Add({.op = op, .input = input, .position = position});
    }
    if (token.type != Token::Type::kIdentifier && token.type != Token::Type::kDelimited) return Unexpected();
    Take();
    if (token.type == Token::Type::kIdentifier && IsSymbol("(")) return CallOf(input, token);
    Instruction member{.op = Op::kMember, .input = input, .position = position, .text = token.text};
    member.name = model::FindName(token.text);
    if (input == Instruction::kNoInput) {
      if (token.type == Token::Type::kIdentifier && IsReservedWord(token.text)) return SyntaxError(token.position, "không hiểu '" + token.text + "'");
      member.root_type = model::FindType(token.text);
    }
    return Add(std::move(member));
  }

  // Operators in letters cannot begin a term, except those the grammar also lets be identifiers.
  static bool IsReservedWord(std::string_view text) {
    return text == "and" || text == "or" || text == "xor" || text == "implies" || text == "div" || text == "mod";
  }

  Result<uint32_t> CallOf(uint32_t input, const Token& name) {
    const Function* function = FindFunction(name.text);
    if (function == nullptr) return SyntaxError(name.position, "không có hàm " + name.text + "()");
    TRY(Expect("("));
    Instruction call{.op = Op::kCall, .input = input, .position = static_cast<uint32_t>(name.position),
                     .function = function};
    if (name.text == "is" || name.text == "as" || name.text == "ofType") {
      TRY_ASSIGN(call.type, ParseTypeSpecifier());
      if (input != Instruction::kNoInput && name.text == "is") MarkTypeOnly(input);
      TRY(Expect(")"));
      return Add(std::move(call));
    }
    const bool sorts = name.text == "sort";
    while (!IsSymbol(")")) {
      if (!call.arguments.empty()) TRY(Expect(","));
      const bool descending = sorts && TakeSymbol("-");
      TRY_ASSIGN(uint32_t argument, Parse(1));
      if (sorts) {
        TRY_ASSIGN(argument, SortKey(argument, descending));
      }
      call.arguments.push_back(argument);
    }
    TRY(Expect(")"));
    const size_t count = call.arguments.size();
    if (count < function->min_arguments || count > function->max_arguments) {
      return SyntaxError(name.position, "hàm " + name.text + "() nhận số đối số khác");
    }
    return Add(std::move(call));
  }

  // sort(-family) and sort(family desc): the direction is kept beside the key.
  Result<uint32_t> SortKey(uint32_t key, bool descending) {
    if (Peek().type == Token::Type::kIdentifier && (Peek().text == "desc" || Peek().text == "asc")) {
      descending = Take().text == "desc";
    }
    return Add({.op = Op::kPlus, .flag = descending, .input = key, .position = program_.code[key].position});
  }

  void MarkTypeOnly(uint32_t index) {
    Instruction& instruction = program_.code[index];
    if (instruction.op == Op::kCall && instruction.function->name == "resolve") instruction.flag = true;
  }

  Result<TypeSpecifier> ParseTypeSpecifier() {
    const auto identifier = [&] {
      return Peek().type == Token::Type::kIdentifier || Peek().type == Token::Type::kDelimited;
    };
    if (!identifier()) return SyntaxError(Peek().position, "cần tên một kiểu");
    Token name = Take();
    TypeSpecifier out;
    if ((name.text == "FHIR" || name.text == "System") && IsSymbol(".")) {
      out.space = name.text == "FHIR" ? TypeSpecifier::Space::kFhir : TypeSpecifier::Space::kSystem;
      Take();
      if (!identifier()) return SyntaxError(Peek().position, "cần tên một kiểu");
      name = Take();
    }
    if (out.space != TypeSpecifier::Space::kSystem) out.fhir = model::FindType(name.text);
    if (out.space != TypeSpecifier::Space::kFhir) out.system = SystemKind(name.text);
    // System.Patient is a question with an answer (no); a name nobody knows is a mistake.
    const bool known = out.fhir != TypeId::kNone || out.system || out.space == TypeSpecifier::Space::kSystem;
    if (!known) return SyntaxError(name.position, "không có kiểu " + name.text);
    return out;
  }

  std::vector<Token> tokens_;
  size_t at_ = 0;
  int nesting_ = 0;
  Program program_;
};

}  // namespace

Result<Program> ParseExpression(std::string_view text) {
  if (text.size() > kMaxTextBytes) {
    return base::Error{base::ErrorCode::kTooLarge, "Biểu thức FHIRPath quá dài.", {}, "expression bytes"};
  }
  TRY_ASSIGN(std::vector<Token> tokens, Tokenize(text));
  TRY_ASSIGN(Program program, Parser(std::move(tokens)).Run());
  program.text = text;
  return program;
}

}  // namespace fhir::path
