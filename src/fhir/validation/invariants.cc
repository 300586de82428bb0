// The invariants of the base definitions, as FHIRPath. https://hl7.org/fhir/R4/conformance-rules.html#constraints
#include <algorithm>
#include <optional>
#include <set>

#include "fhir/path/path.h"
#include "fhir/validation/walker.h"

namespace fhir::validation {

using model::Constraint;
using model::Node;
using model::TypeId;
using path::Expression;
using path::Value;

namespace {

struct Rule {
  const Constraint* constraint;
  std::optional<Expression> expression;
  bool contained_referenced = false;  // dom-3
};

// ele-1 (no empty elements) holds by structure; dom-3 as printed applies `as` to
// collections, which FHIRPath makes an error, so it is native too.
std::vector<Rule> CompileRules() {
  std::vector<Rule> rules;
  for (const Constraint& constraint : model::AllConstraints()) {
    Rule rule{&constraint, std::nullopt};
    if (constraint.key == "dom-3") {
      rule.contained_referenced = true;
    } else if (constraint.key != "ele-1" && !constraint.expression.empty()) {
      auto compiled = Expression::Compile(constraint.expression);
      if (compiled.ok()) rule.expression = *std::move(compiled);
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

const std::vector<Rule>& Rules() {
  static const std::vector<Rule> rules = CompileRules();
  return rules;
}

void CollectReferences(const Node& node, std::set<std::string_view>& out) {
  if (node.IsString() && node.text().starts_with('#')) out.insert(node.text().substr(1));
  for (const Node child : node) CollectReferences(child, out);
}

// Each contained resource is referred to from somewhere in its holder, or refers to the holder.
bool ContainedAreReferenced(const Node& resource) {
  std::set<std::string_view> referenced;
  CollectReferences(resource, referenced);
  const Node contained = resource["contained"];
  return std::all_of(contained.begin(), contained.end(), [&](const Node& inner) {
    if (referenced.contains(inner["id"].text())) return true;
    std::set<std::string_view> own;
    CollectReferences(inner, own);
    return own.contains("");
  });
}

}  // namespace

void Walker::CheckInvariants(const Visit& visit, const Scope& scope) {
  if (!options_.invariants || Full()) return;
  const auto own = visit.element != nullptr ? model::Constraints(*visit.element) : std::span<const uint16_t>();
  const auto of_type = model::Constraints(model::Info(visit.type));
  path::Environment environment;
  bool prepared = false;
  const auto check = [&](uint16_t index) {
    const Rule& rule = Rules()[index];
    const Severity severity = rule.constraint->is_error ? Severity::kError : Severity::kWarning;
    if (severity == Severity::kWarning && !options_.warnings) return;
    bool holds = true;
    std::string failure;
    if (rule.contained_referenced) {
      holds = ContainedAreReferenced(visit.value);
    } else if (rule.expression) {
      if (!prepared) {
        environment = options_.environment;
        environment.resource = scope.resource;
        environment.root_resource = scope.root;
        prepared = true;
      }
      const auto result = rule.expression->Holds(Value(visit.value, visit.type, visit.shadow), environment);
      if (!result.ok()) {
        Report(IssueCode::kNotSupported, *visit.place,
               "Không kiểm tra được quy tắc " + std::string(rule.constraint->key) + ".", Severity::kWarning);
        return;
      }
      holds = *result;
    }
    if (holds) return;
    Report(IssueCode::kInvariant, *visit.place,
           "Trái quy tắc " + std::string(rule.constraint->key) + ": " + std::string(rule.constraint->human), severity);
  };
  for (const uint16_t index : own) check(index);
  for (const uint16_t index : of_type) {
    if (std::find(own.begin(), own.end(), index) == own.end()) check(index);
  }
}

}  // namespace fhir::validation
