// The generated tables behind Parameter: where in a document each parameter's values stand, as
// paths of member names with the data type at their end. tools/generate_search.py makes them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "fhir/model/names.h"
#include "fhir/model/resource_type.h"
#include "fhir/search/parameter.h"

namespace fhir::search {

// The data type at the end of a path, as far as searching tells types apart.
enum class Datatype : uint8_t {
  kCode,
  kString,
  kBoolean,
  kUri,
  kDate,  // date, dateTime, instant
  kPeriod,
  kTiming,
  kNumber,
  kQuantity,
  kMoney,
  kRange,
  kCodeableConcept,
  kCoding,
  kIdentifier,
  kContactPoint,
  kHumanName,
  kAddress,
  kReference,
  kResource,  // a resource inside a Bundle
  kPosition,  // Location.position
  kDeceased,  // the patient itself: is deceased[x] there and not false
};

enum class Filter : uint8_t {
  kNone,
  kFirst,  // [0]
  kWhere,  // where(key = 'value')
};

struct PathStep {
  model::NameId name;
  Filter filter;
  model::NameId key;
  uint16_t value;  // index into FilterValue
};

struct ValuePath {
  uint16_t first_step;
  uint8_t step_count;
  Datatype datatype;
  int16_t target;  // a ResourceType: only references to it; -1 = any
};

struct TypedParameter {
  ParameterId parameter;
  uint16_t first;  // into the paths; for composites into the composite elements
  uint16_t count;
};

// One place where a composite's parts stand together.
struct CompositeElement {
  uint16_t first_step;
  uint8_t step_count;
  uint16_t first_component;  // as many follow as the parameter has components
};
struct ComponentPaths {
  bool from_root;  // %resource
  uint16_t first_path;
  uint16_t path_count;
};

std::span<const PathStep> Steps(const ValuePath& path);
std::span<const PathStep> Steps(const CompositeElement& element);
std::string_view FilterValue(uint16_t index);

// What a type adds to the parameters of all types, by code; without `type`, those of all types.
std::span<const TypedParameter> OwnParameters(model::ResourceType type);
std::span<const TypedParameter> CommonParameters();

std::span<const ValuePath> ValuePaths(const TypedParameter& parameter);  // not for composites
std::span<const CompositeElement> CompositeElements(const TypedParameter& parameter);
std::span<const ComponentPaths> Components(const CompositeElement& element, size_t count);
std::span<const ValuePath> ValuePaths(const ComponentPaths& component);

// Null if resources of `type` do not have the parameter.
const TypedParameter* FindTyped(model::ResourceType type, const Parameter& parameter);

}  // namespace fhir::search
