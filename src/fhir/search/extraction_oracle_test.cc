// The build-time paths of the search parameters against their FHIRPath expressions: on a resource
// of every type with every element filled in, both must find the same values.
#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "fhir/model/definitions.h"
#include "fhir/path/path.h"
#include "fhir/search/parameter_tables.h"
#include "fhir/search/values.h"

namespace fhir::search {
namespace {

using model::ResourceType;
using model::TypeId;

// Writes one resource with all elements, choices by `variant`, a few levels deep.
class FullResource {
 public:
  FullResource(ResourceType type, size_t variant) : variant_(variant) {
    out_ = R"({"resourceType":")" + std::string(model::Name(type)) + R"(","id":"r1")";
    Elements(model::ToTypeId(type), 0);
    out_ += "}";
  }
  const std::string& json() const { return out_; }

 private:
  std::string Number() { return std::to_string(++counter_); }

  void Elements(TypeId type, int depth) {
    for (TypeId each = type; each != TypeId::kNone; each = model::Info(each).base) {
      for (const model::ElementInfo& element : model::Elements(each)) Element(element, depth);
      if (model::Info(type).kind != model::TypeKind::kResource) break;
    }
  }

  void Element(const model::ElementInfo& element, int depth) {
    static const std::set<std::string_view> kSkipped = {"id", "extension", "modifierExtension",
                                                        "contained", "implicitRules"};
    const std::string_view name = model::NameText(element.name);
    if (kSkipped.contains(name) || element.type == model::FindType("Narrative")) return;
    const auto variants = model::Variants(element);
    if (variants.empty()) return;
    const model::Variant& variant = variants[variant_ % variants.size()];
    const model::TypeInfo& info = model::Info(variant.type);
    if (info.kind != model::TypeKind::kPrimitive && depth >= 4) return;
    const std::string key = std::string(model::NameText(variant.name));
    // A type's elements and its base's may repeat a name.
    if (!written_.insert(std::to_string(level_) + "/" + key).second) return;
    out_ += (out_.back() == '{' ? "\"" : ",\"") + key + "\":";
    const int items = element.is_array() ? (depth < 1 ? 2 : 1) : 0;
    if (items > 0) out_ += "[";
    for (int i = 0; i < std::max(items, 1); ++i) {
      if (i > 0) out_ += ",";
      Value(element, variant, depth);
    }
    if (items > 0) out_ += "]";
  }

  void Value(const model::ElementInfo& element, const model::Variant& variant, int depth) {
    const model::TypeInfo& info = model::Info(variant.type);
    if (info.kind == model::TypeKind::kPrimitive) return Primitive(element, info.name);
    if (info.kind == model::TypeKind::kResource) {
      out_ += R"({"resourceType":"Patient","id":"inner)" + Number() + "\"}";
      return;
    }
    if (info.name == "Reference") {
      const auto targets = model::ReferenceTargets(element);
      const auto turn = static_cast<size_t>(++counter_);
      const auto target = targets.empty() ? std::optional(ResourceType::kPatient)
                                          : model::ToResourceType(targets[turn % targets.size()]);
      const std::string type(model::Name(target.value_or(ResourceType::kPatient)));
      out_ +=
          R"({"reference":")" + (type == "Resource" ? "Patient" : type) + "/" + Number() + "\"}";
      return;
    }
    out_ += "{";
    const int level = level_;
    level_ = ++levels_;
    Elements(variant.type, depth + 1);
    level_ = level;
    out_ += "}";
  }

  void Primitive(const model::ElementInfo& element, std::string_view type) {
    static const char* kRelations[] = {"composed-of", "depends-on", "derived-from", "predecessor",
                                       "successor"};
    const int turn = ++counter_;
    const auto quote = [&](const std::string& text) { out_ += "\"" + text + "\""; };
    if (element.path == "ContactPoint.system") return quote(turn % 2 == 0 ? "phone" : "email");
    if (element.path == "RelatedArtifact.type") return quote(kRelations[variant_ % 5]);
    if (type == "boolean") {
      out_ += variant_ % 2 == 0 ? "true" : "false";
    } else if (type == "decimal" || type == "integer" || type == "positiveInt" ||
               type == "unsignedInt") {
      out_ += std::to_string(turn);
    } else if (type == "date" || type == "dateTime") {
      quote("2026-11-" + std::to_string(10 + turn % 20));
    } else if (type == "instant") {
      quote("2026-11-" + std::to_string(10 + turn % 20) + "T07:00:00Z");
    } else if (type == "time") {
      quote("07:00:00");
    } else {
      quote("v" + std::to_string(turn));
    }
  }

  size_t variant_;
  std::string out_;
  int counter_ = 0;
  int level_ = 0, levels_ = 0;
  std::set<std::string> written_;
};

// https://hl7.org/fhir/R4/search.html: which data types a kind of parameter can be searched by.
bool CanSearch(ParameterType kind, std::string_view type) {
  static const std::map<ParameterType, std::set<std::string_view>> kTypes = {
      {ParameterType::kToken,
       {"code", "string", "boolean", "uri", "canonical", "id", "oid", "uuid", "url", "markdown",
        "CodeableConcept", "Coding", "Identifier", "ContactPoint"}},
      {ParameterType::kString, {"string", "markdown", "code", "id", "HumanName", "Address"}},
      {ParameterType::kDate, {"date", "dateTime", "instant", "Period", "Timing"}},
      {ParameterType::kNumber, {"integer", "decimal", "positiveInt", "unsignedInt", "Range"}},
      {ParameterType::kQuantity,
       {"Quantity", "Age", "Duration", "Count", "Distance", "Money", "Range", "SimpleQuantity",
        "MoneyQuantity"}},
      {ParameterType::kReference,
       {"Reference", "canonical", "uri", "url", "oid", "uuid", "Patient"}},
      {ParameterType::kUri, {"uri", "canonical", "url", "oid", "uuid"}},
  };
  const auto found = kTypes.find(kind);
  return found != kTypes.end() && found->second.contains(type);
}

// As JSON: a union in FHIRPath drops values equal to others.
std::string JsonOf(model::Node node) {
  std::string out;
  node.AppendJson(out);
  return out;
}

std::set<std::string> FoundByPaths(const model::Document& document, const TypedParameter& typed) {
  std::set<std::string> found;
  VisitValues(document, typed, [&](model::Node node, Datatype) { found.insert(JsonOf(node)); });
  return found;
}

TEST(SearchPaths, FindWhatTheExpressionsFind) {
  size_t compared = 0, values = 0;
  std::map<ParameterId, path::Expression> compiled;
  for (int number = 0; number < 148; ++number) {
    const auto type = static_cast<ResourceType>(number);
    if (model::IsAbstract(type)) continue;
    for (size_t variant = 0; variant < 12; ++variant) {
      const FullResource resource(type, variant);
      auto document = model::Document::ParseResource(resource.json());
      ASSERT_TRUE(document.ok()) << document.error().message << resource.json().substr(0, 2000);
      for (const Parameter* parameter : ParametersOf(type)) {
        if (parameter->expression.empty() || parameter->type == ParameterType::kComposite ||
            parameter->type == ParameterType::kSpecial || parameter->code == "deceased") {
          continue;
        }
        if (!compiled.contains(parameter->id)) {
          auto expression = path::Expression::Compile(parameter->expression);
          ASSERT_TRUE(expression.ok()) << parameter->url << " " << expression.error().message;
          compiled.emplace(parameter->id, *expression);
        }
        const auto found = compiled.at(parameter->id).Evaluate((*document)->root());
        ASSERT_TRUE(found.ok()) << parameter->url << " " << found.error().message;
        std::set<std::string> expected;
        for (const path::Value& value : *found) {
          if (value.IsElement() && value.node() && CanSearch(parameter->type, value.type_name())) {
            expected.insert(JsonOf(value.node()));
          }
        }
        const auto by_paths = FoundByPaths(**document, *FindTyped(type, *parameter));
        EXPECT_EQ(by_paths, expected) << model::Name(type) << "." << parameter->code << " variant "
                                      << variant << ": " << parameter->expression;
        ++compared;
        values += expected.size();
      }
    }
  }
  EXPECT_GT(compared, 20'000u);
  EXPECT_GT(values, 20'000u);  // a resource without values proves nothing
}

}  // namespace
}  // namespace fhir::search
