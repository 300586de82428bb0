// The generated tables as one constant; only the sources of fhir/model include this.
#pragma once

#include <span>
#include <string_view>

#include "fhir/model/definitions.h"

namespace fhir::model {

struct CodeRange {
  uint32_t first;
  uint32_t count;
};

struct Tables {
  std::span<const std::string_view> names;
  std::span<const NameId> shadow_names;
  std::span<const uint16_t> name_slots;
  std::span<const std::string_view> resource_names;
  std::span<const TypeId> resource_type_ids;
  std::span<const TypeInfo> types;
  std::span<const ElementInfo> elements;
  std::span<const Member> members;
  std::span<const Variant> variants;
  std::span<const TypeId> targets;
  std::span<const uint16_t> constraint_runs;
  std::span<const Constraint> constraints;
  std::span<const std::string_view> value_sets;
  std::span<const CodeRange> value_set_codes;  // one for each value set
  std::span<const ValueSetCode> codes;
  std::span<const std::string_view> code_systems;
};

extern const Tables kTables;

}  // namespace fhir::model
