#include "fhir/search/parse_clause.h"

#include <algorithm>
#include <optional>
#include <span>

#include "base/text.h"
#include "fhir/search/parse_value.h"

namespace fhir::search {
namespace {

using base::Result;
using model::ResourceType;

constexpr int kMaxChain = 8;
constexpr size_t kMaxAlternatives = 500;
constexpr int kMaxTried = 500;

std::string Quoted(std::string_view text) { return "“" + std::string(text) + "”"; }

base::Error Bad(std::string_view name, const std::string& what) {
  return base::Invalid("Tham số tìm kiếm " + Quoted(name) + ": " + what, std::string(name));
}

base::Error Unknown(const Scope& scope, std::string_view code, std::string_view name) {
  const std::string where = scope.types.size() == 1
                                ? " của " + std::string(model::Name(scope.types[0]))
                                : " chung cho nhiều loại tài nguyên";
  return base::NotFound("Không có tham số tìm kiếm " + Quoted(code) + where + ".",
                        std::string(name));
}

const Parameter* Lookup(const Scope& scope, std::string_view code) {
  return scope.types.size() == 1 ? FindParameter(scope.types[0], code) : FindCommonParameter(code);
}

struct ModifierWord {
  Modifier modifier = Modifier::kNone;
  std::optional<ResourceType> type;
};

std::optional<ModifierWord> ParseModifier(std::string_view word) {
  static constexpr Modifier kWords[] = {
      Modifier::kMissing, Modifier::kExact,  Modifier::kContains,  Modifier::kText,
      Modifier::kNot,     Modifier::kIn,     Modifier::kNotIn,     Modifier::kAbove,
      Modifier::kBelow,   Modifier::kOfType, Modifier::kIdentifier};
  if (word.empty()) return ModifierWord{};
  for (Modifier modifier : kWords) {
    if (word == Name(modifier)) return ModifierWord{modifier, std::nullopt};
  }
  if (const auto type = model::ParseResourceType(word)) return ModifierWord{Modifier::kType, type};
  return std::nullopt;
}

// https://hl7.org/fhir/R4/search.html#modifiers
bool Fits(Modifier modifier, ParameterType type) {
  switch (modifier) {
    case Modifier::kNone:
    case Modifier::kMissing: return true;
    case Modifier::kExact:
    case Modifier::kContains: return type == ParameterType::kString;
    case Modifier::kText:
    case Modifier::kNot:
    case Modifier::kOfType: return type == ParameterType::kToken;
    case Modifier::kIdentifier:
    case Modifier::kType: return type == ParameterType::kReference;
    case Modifier::kAbove:
    case Modifier::kBelow: return type == ParameterType::kUri;
    case Modifier::kIn:
    case Modifier::kNotIn: return false;  // they need a terminology service
  }
  return false;
}

class ClauseParser {
 public:
  ClauseParser(std::string_view whole_name, std::string_view value)
      : whole_(whole_name), value_(value) {}

  Result<Clause> Parse(const Scope& scope, std::string_view name, int depth) {
    if (depth > kMaxChain) return Bad(whole_, "chuỗi tham chiếu quá dài.");
    if (name.starts_with("_has:")) return ParseHas(scope, name.substr(5), depth);
    const size_t dot = name.find('.');
    const std::string_view head = name.substr(0, dot);
    const size_t colon = head.find(':');
    const std::string_view code = head.substr(0, colon);
    const Parameter* parameter = Lookup(scope, code);
    if (code == "_list") return ParseList(scope);
    if (parameter == nullptr) return Unknown(scope, code, whole_);
    const auto word = ParseModifier(colon == std::string_view::npos ? "" : head.substr(colon + 1));
    if (!word) return Bad(whole_, "không có bổ nghĩa " + Quoted(head.substr(colon + 1)) + ".");
    if (dot != std::string_view::npos) {
      return ParseChain(*parameter, *word, name.substr(dot + 1), depth);
    }
    return ParsePlain(*parameter, *word);
  }

 private:
  Result<Clause> ParsePlain(const Parameter& parameter, ModifierWord word) {
    if (parameter.expression.empty()) {
      return Bad(whole_, "máy chủ này chưa hỗ trợ tham số này.");
    }
    if (!Fits(word.modifier, parameter.type)) {
      return Bad(whole_, "không dùng được bổ nghĩa này với tham số kiểu " +
                             std::string(Name(parameter.type)) + ".");
    }
    Clause out;
    out.name = whole_;
    out.parameter = &parameter;
    if (word.modifier == Modifier::kMissing) {
      if (value_ != "true" && value_ != "false") return Bad(whole_, "cần true hoặc false.");
      out.kind = Clause::Kind::kMissing;
      out.missing = value_ == "true";
      return out;
    }
    // The type stands in the values.
    out.modifier = word.modifier == Modifier::kType ? Modifier::kNone : word.modifier;
    const auto alternatives = SplitEscaped(value_, ',');
    if (alternatives.size() > kMaxAlternatives) {
      return Bad(whole_, "tối đa " + std::to_string(kMaxAlternatives) + " giá trị.");
    }
    for (std::string_view text : alternatives) {
      TRY_ASSIGN(Value value, ParseValue(parameter, word.modifier, word.type, text, whole_));
      out.any_of.push_back(std::move(value));
    }
    if (parameter.type == ParameterType::kComposite) return Widened(std::move(out));
    return out;
  }

  // No index holds the parts of a composite together, but each part has a parameter of its own that
  // must match as well: with these beside it, a store finds the few candidates by index.
  Clause Widened(Clause composite) const {
    const std::span<const Component> components = composite.parameter->components;
    const auto part = [&](size_t index, const Value& value) {
      Clause out{.parameter = FindParameter(components[index].parameter)};
      out.any_of.push_back(std::get<CompositeValue>(value).parts[index]);
      out.name = whole_;
      return out;
    };
    Clause all{.kind = Clause::Kind::kAll};
    all.name = whole_;
    Clause any{.kind = Clause::Kind::kAny};
    any.name = whole_;
    for (const Value& value : composite.any_of) {
      Clause parts{.kind = Clause::Kind::kAll};
      parts.name = whole_;
      for (size_t i = 0; i < components.size(); ++i) parts.inner.push_back(part(i, value));
      any.inner.push_back(std::move(parts));
    }
    if (any.inner.size() == 1) {
      all.inner = std::move(any.inner.front().inner);
    } else {
      all.inner.push_back(std::move(any));
    }
    all.inner.push_back(std::move(composite));
    return all;
  }

  // "subject.name": tried for every type the reference may have; one alternative each.
  Result<Clause> ParseChain(const Parameter& parameter, ModifierWord word, std::string_view rest,
                            int depth) {
    if (parameter.type != ParameterType::kReference) {
      return Bad(whole_, Quoted(parameter.code) + " không phải là tham chiếu.");
    }
    std::vector<ResourceType> targets;
    if (word.modifier == Modifier::kType) {
      targets = {*word.type};
    } else if (word.modifier != Modifier::kNone) {
      return Bad(whole_, "bổ nghĩa đứng sai chỗ.");
    } else {
      targets.assign(parameter.targets.begin(), parameter.targets.end());
    }
    if (targets.empty()) return Bad(whole_, "hãy ghi rõ loại tài nguyên, ví dụ subject:Patient.");
    Clause any{.kind = Clause::Kind::kAny};
    any.name = whole_;
    std::optional<base::Error> refusal;
    for (ResourceType target : targets) {
      // Untyped references to many types multiply with every step of a chain.
      if (++tried_ > kMaxTried) {
        return Bad(whole_,
                   "quá nhiều khả năng; hãy ghi rõ loại tài nguyên, ví dụ subject:Patient.");
      }
      Result<Clause> inner = Parse({{target}}, rest, depth + 1);
      if (!inner.ok()) {
        // A type without such a parameter is no alternative; any other fault is the caller's.
        if (inner.error().code != base::ErrorCode::kNotFound) return inner;
        refusal = inner.error();
        continue;
      }
      Clause chain{.kind = Clause::Kind::kChain, .parameter = &parameter};
      chain.types = {target};
      chain.inner.push_back(std::move(inner).value());
      chain.name = whole_;
      any.inner.push_back(std::move(chain));
    }
    if (any.inner.empty()) {
      return refusal ? *refusal : Bad(whole_, "không có loại tài nguyên phù hợp.");
    }
    if (any.inner.size() == 1) {
      // Via a local: the element must not be moved into the object that owns it.
      Clause only = std::move(any.inner.front());
      return only;
    }
    return any;
  }

  // "Observation:patient:code": https://hl7.org/fhir/R4/search.html#has
  Result<Clause> ParseHas(const Scope& scope, std::string_view rest, int depth) {
    const size_t first = rest.find(':');
    const size_t second = first == std::string_view::npos ? first : rest.find(':', first + 1);
    if (second == std::string_view::npos) {
      return Bad(whole_, "cần viết theo dạng _has:Loại:tham-chiếu:tham-số.");
    }
    const auto source = model::ParseResourceType(rest.substr(0, first));
    if (!source) return Bad(whole_, "không có loại tài nguyên này.");
    const std::string_view code = rest.substr(first + 1, second - first - 1);
    const Parameter* reference = FindParameter(*source, code);
    if (reference == nullptr) return Unknown({{*source}}, code, whole_);
    if (reference->type != ParameterType::kReference) {
      return Bad(whole_, Quoted(code) + " không phải là tham chiếu.");
    }
    const auto can_point_at = [&](ResourceType type) {
      return reference->targets.empty() ||
             std::ranges::find(reference->targets, type) != reference->targets.end();
    };
    if (!scope.types.empty() && std::ranges::none_of(scope.types, can_point_at)) {
      // As good as unknown: one type of a chain may lack it while another has it.
      return base::NotFound(
          "Tham chiếu " + Quoted(code) + " không trỏ tới loại tài nguyên đang tìm.", whole_);
    }
    TRY_ASSIGN(Clause inner, Parse({{*source}}, rest.substr(second + 1), depth + 1));
    Clause out{.kind = Clause::Kind::kHas, .parameter = reference};
    out.types = {*source};
    out.inner.push_back(std::move(inner));
    out.name = whole_;
    return out;
  }

  // "_list=42": in the List with that id. https://hl7.org/fhir/R4/search.html#list
  Result<Clause> ParseList(const Scope& scope) {
    static_cast<void>(scope);
    if (value_.empty() || value_.starts_with('$')) {
      return Bad(whole_, "máy chủ này chỉ hỗ trợ danh sách theo id.");
    }
    Clause out{.kind = Clause::Kind::kHas, .parameter = FindParameter(ResourceType::kList, "item")};
    out.types = {ResourceType::kList};
    out.name = whole_;
    Clause id{.parameter = FindCommonParameter("_id")};
    id.any_of.push_back(TokenValue{std::nullopt, std::string(value_)});
    id.name = whole_;
    out.inner.push_back(std::move(id));
    return out;
  }

  std::string whole_;
  std::string_view value_;
  int tried_ = 0;
};

}  // namespace

Result<Clause> ParseClause(const Scope& scope, std::string_view name, std::string_view value) {
  return ClauseParser(name, value).Parse(scope, name, 0);
}

}  // namespace fhir::search
