#include "fhir/search/parameter.h"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "base/check.h"
#include "fhir/search/parameter_tables.h"

namespace fhir::search {
namespace {

using model::ResourceType;

struct ParameterRow {
  std::string_view code;
  ParameterType type;
  std::string_view url;
  std::string_view expression;
  uint16_t first_base, base_count, first_target, target_count, first_component, component_count;
};
struct Run {
  uint16_t first;
  uint16_t count;
};

#include "fhir/search/search_tables.inc"

constexpr size_t kParameterCount = std::size(kParameterRows);

constexpr std::array<Parameter, kParameterCount> kParameters = [] {
  std::array<Parameter, kParameterCount> out{};
  for (size_t i = 0; i < kParameterCount; ++i) {
    const ParameterRow& row = kParameterRows[i];
    out[i] = {static_cast<ParameterId>(i + 1),
              row.code,
              row.type,
              row.url,
              {kTypeRuns + row.first_base, row.base_count},
              row.expression,
              {kTypeRuns + row.first_target, row.target_count},
              {kComponents + row.first_component, row.component_count}};
  }
  return out;
}();

const TypedParameter* FindByCode(std::span<const TypedParameter> typed, std::string_view code) {
  const auto found = std::ranges::lower_bound(typed, code, {}, [](const TypedParameter& each) {
    return kParameterRows[each.parameter - 1].code;
  });
  if (found == typed.end() || kParameterRows[found->parameter - 1].code != code) return nullptr;
  return &*found;
}

using PointerLists = std::array<std::vector<const Parameter*>, std::size(kPatientRuns)>;

PointerLists MakeParameterLists() {
  PointerLists out;
  for (size_t type = 0; type < out.size(); ++type) {
    for (const TypedParameter& each : CommonParameters()) {
      out[type].push_back(FindParameter(each.parameter));
    }
    for (const TypedParameter& each : OwnParameters(static_cast<ResourceType>(type))) {
      out[type].push_back(FindParameter(each.parameter));
    }
    std::ranges::sort(out[type], {}, &Parameter::code);
  }
  return out;
}

PointerLists MakePatientLists() {
  PointerLists out;
  for (size_t type = 0; type < out.size(); ++type) {
    const Run run = kPatientRuns[type];
    for (uint16_t i = 0; i < run.count; ++i) {
      out[type].push_back(FindParameter(kPatientParameters[run.first + i]));
    }
  }
  return out;
}

}  // namespace

std::string_view Name(ParameterType type) {
  switch (type) {
    case ParameterType::kNumber: return "number";
    case ParameterType::kDate: return "date";
    case ParameterType::kString: return "string";
    case ParameterType::kToken: return "token";
    case ParameterType::kReference: return "reference";
    case ParameterType::kComposite: return "composite";
    case ParameterType::kQuantity: return "quantity";
    case ParameterType::kUri: return "uri";
    case ParameterType::kSpecial: return "special";
  }
  return "";
}

const Parameter* FindParameter(ParameterId id) {
  return id >= 1 && id <= kParameterCount ? &kParameters[id - 1] : nullptr;
}

const Parameter* FindParameter(ResourceType type, std::string_view code) {
  const TypedParameter* found = FindByCode(OwnParameters(type), code);
  return found != nullptr ? FindParameter(found->parameter) : FindCommonParameter(code);
}

const Parameter* FindCommonParameter(std::string_view code) {
  const TypedParameter* found = FindByCode(CommonParameters(), code);
  return found != nullptr ? FindParameter(found->parameter) : nullptr;
}

std::span<const Parameter* const> ParametersOf(ResourceType type) {
  static const PointerLists kLists = MakeParameterLists();
  return kLists[static_cast<size_t>(type)];
}

std::span<const Parameter* const> PatientCompartmentParameters(ResourceType type) {
  static const PointerLists kLists = MakePatientLists();
  return kLists[static_cast<size_t>(type)];
}

std::span<const PathStep> Steps(const ValuePath& path) {
  return {kSteps + path.first_step, path.step_count};
}
std::span<const PathStep> Steps(const CompositeElement& element) {
  return {kSteps + element.first_step, element.step_count};
}
std::string_view FilterValue(uint16_t index) { return kFilterValues[index]; }

std::span<const TypedParameter> OwnParameters(ResourceType type) {
  const Run run = kTypedRuns[static_cast<size_t>(type) + 1];
  return {kTypedParameters + run.first, run.count};
}
std::span<const TypedParameter> CommonParameters() {
  return {kTypedParameters + kTypedRuns[0].first, kTypedRuns[0].count};
}

std::span<const ValuePath> ValuePaths(const TypedParameter& parameter) {
  DCHECK(kParameterRows[parameter.parameter - 1].type != ParameterType::kComposite);
  return {kPaths + parameter.first, parameter.count};
}
std::span<const CompositeElement> CompositeElements(const TypedParameter& parameter) {
  DCHECK(kParameterRows[parameter.parameter - 1].type == ParameterType::kComposite);
  return {kCompositeElements + parameter.first, parameter.count};
}
std::span<const ComponentPaths> Components(const CompositeElement& element, size_t count) {
  return {kComponentPaths + element.first_component, count};
}
std::span<const ValuePath> ValuePaths(const ComponentPaths& component) {
  return {kPaths + component.first_path, component.path_count};
}

const TypedParameter* FindTyped(ResourceType type, const Parameter& parameter) {
  const auto in = [&](std::span<const TypedParameter> typed) -> const TypedParameter* {
    const TypedParameter* found = FindByCode(typed, parameter.code);
    return found != nullptr && found->parameter == parameter.id ? found : nullptr;
  };
  const TypedParameter* own = in(OwnParameters(type));
  return own != nullptr ? own : in(CommonParameters());
}

}  // namespace fhir::search
