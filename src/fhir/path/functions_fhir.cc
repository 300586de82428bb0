// What FHIR adds to FHIRPath. https://hl7.org/fhir/R4/fhirpath.html#functions
#include "fhir/path/functions.h"
#include "fhir/path/narrative.h"
#include "fhir/path/references.h"

namespace fhir::path {

using base::Result;
using model::Node;
using model::TypeId;

namespace {

constexpr std::string_view kBaseProfile = "http://hl7.org/fhir/StructureDefinition/";

Result<Collection> Extension(Call& call) {
  TRY_ASSIGN(const auto url, call.StringArgument(0));
  Collection out;
  if (!url) return out;
  static const model::NameId kExtension = model::FindName("extension");
  for (const Value& value : call.input) {
    Collection extensions;
    Navigate(value, kExtension, "extension", extensions);
    for (const Value& extension : extensions) {
      if (extension.node()["url"].text() == *url) out.push_back(extension);
    }
  }
  return out;
}

Result<Collection> HasValue(Call& call) {
  return One(call.input.size() == 1 && call.input.front().HasValue());
}

Result<Collection> GetValue(Call& call) {
  if (call.input.size() != 1 || !call.input.front().HasValue()) return Collection{};
  return One(call.input.front().ToSystem());
}

Result<Collection> Resolve(Call& call) {
  Collection out;
  for (const Value& value : call.input) {
    const auto text = ReferenceText(value);
    if (!text) continue;
    TRY(call.evaluator().Spend(10));
    // `resolve() is Patient` is answered from the text where that tells: no search of the bundle.
    if (call.instruction().flag) {
      if (const TypeId type = TypeOfReference(value, *text); type != TypeId::kNone) {
        out.push_back(Value::TypeOnly(type));
        continue;
      }
    }
    Node target = ResolveWithin(call.evaluator().root_resource(), value.node(), *text);
    if (!target && call.environment().resolve) target = call.environment().resolve(*text);
    if (target) out.push_back(Value::Root(target));
  }
  return out;
}

Result<Collection> MemberOf(Call& call) {
  TRY_ASSIGN(const Value* value, call.Single());
  TRY_ASSIGN(const auto value_set, call.StringArgument(0));
  if (value == nullptr || !value_set || !call.environment().member_of) return Collection{};
  const auto member = call.environment().member_of(*value, *value_set);
  return member ? One(*member) : Collection{};
}

// The base definitions of R4 are known without a hook: conforming to them is being of the type.
Result<Collection> ConformsTo(Call& call) {
  TRY_ASSIGN(const Value* value, call.Single());
  TRY_ASSIGN(const auto profile, call.StringArgument(0));
  if (value == nullptr || !profile) return Collection{};
  if (call.environment().conforms_to) {
    if (const auto conforms = call.environment().conforms_to(*value, *profile)) return One(*conforms);
  }
  const TypeId type = profile->starts_with(kBaseProfile) ? model::FindType(profile->substr(kBaseProfile.size())) : TypeId::kNone;
  if (type == TypeId::kNone) return call.Wrong("không biết hồ sơ này");
  return One(value->IsElement() && value->IsA(type));
}

Result<Collection> HtmlChecks(Call& call) {
  TRY_ASSIGN(const auto text, call.SingleString());
  return text ? One(IsSafeNarrative(*text)) : Collection{};
}

// An element with modifierExtensions that the caller does not name must not be read on.
Result<Collection> CheckModifiers(Call& call) {
  std::vector<std::string> known;
  for (size_t i = 0; i < call.argument_count(); ++i) {
    TRY_ASSIGN(auto url, call.StringArgument(i));
    if (url) known.push_back(*std::move(url));
  }
  for (const Value& value : call.input) {
    for (const Node extension : value.node()["modifierExtension"]) {
      if (std::find(known.begin(), known.end(), extension["url"].text()) == known.end()) {
        return call.Wrong("có phần mở rộng làm đổi nghĩa chưa được biết");
      }
    }
  }
  return std::move(call.input);
}

constexpr Function kFunctions[] = {
    {"extension", 1, 1, Extension},   {"hasValue", 0, 0, HasValue},     {"getValue", 0, 0, GetValue},
    {"resolve", 0, 0, Resolve},       {"memberOf", 1, 1, MemberOf},     {"conformsTo", 1, 1, ConformsTo},
    {"htmlChecks", 0, 0, HtmlChecks}, {"checkModifiers", 0, 16, CheckModifiers},
};

}  // namespace

std::span<const Function> FhirFunctions() { return kFunctions; }

}  // namespace fhir::path
