#include "fhir/model/definitions.h"

#include <algorithm>

#include "fhir/model/definitions_tables.h"

namespace fhir::model {
namespace {

template <class T>
std::span<const T> Run(const Tables& tables, std::span<const T> (Tables::*table), size_t first, size_t count) {
  return (tables.*table).subspan(first, count);
}

}  // namespace

const TypeInfo& Info(TypeId type) { return kTables.types[static_cast<size_t>(type)]; }

size_t TypeCount() { return kTables.types.size() - 1; }

TypeId FindType(std::string_view name) {
  const auto types = kTables.types.subspan(1);
  const auto found = std::ranges::lower_bound(types, name, {}, &TypeInfo::name);
  if (found == types.end() || found->name != name) return TypeId::kNone;
  return static_cast<TypeId>(found - types.begin() + 1);
}

TypeId ToTypeId(ResourceType type) { return kTables.resource_type_ids[static_cast<size_t>(type)]; }

std::optional<ResourceType> ToResourceType(TypeId type) {
  const auto found = std::ranges::lower_bound(kTables.resource_type_ids, type);
  if (found == kTables.resource_type_ids.end() || *found != type) return std::nullopt;
  return static_cast<ResourceType>(found - kTables.resource_type_ids.begin());
}

bool IsSubtype(TypeId type, TypeId base) {
  for (; type != TypeId::kNone; type = Info(type).base) {
    if (type == base) return true;
  }
  return false;
}

std::span<const ElementInfo> Elements(TypeId type) {
  const TypeInfo& info = Info(type);
  return kTables.elements.subspan(info.first_element, info.element_count);
}

const ElementInfo& Element(const Member& member) { return kTables.elements[member.element]; }

const Member* FindMember(TypeId type, NameId name) {
  const TypeInfo& info = Info(type);
  const auto members = kTables.members.subspan(info.first_member, info.member_count);
  const auto found = std::ranges::lower_bound(members, name, {}, &Member::name);
  return found != members.end() && found->name == name ? &*found : nullptr;
}

std::span<const Variant> Variants(const ElementInfo& element) {
  return Run(kTables, &Tables::variants, element.first_variant, element.variant_count);
}

std::span<const TypeId> ReferenceTargets(const ElementInfo& element) {
  return Run(kTables, &Tables::targets, element.first_target, element.target_count);
}

std::string_view BoundValueSet(const ElementInfo& element) { return kTables.value_sets[element.value_set]; }

std::span<const ValueSetCode> BoundCodes(const ElementInfo& element) {
  if (element.binding != BindingStrength::kRequired) return {};
  const CodeRange range = kTables.value_set_codes[element.value_set];
  return kTables.codes.subspan(range.first, range.count);
}

std::string_view CodeSystemUrl(const ValueSetCode& code) { return kTables.code_systems[code.system]; }

std::span<const uint16_t> Constraints(const ElementInfo& element) {
  return Run(kTables, &Tables::constraint_runs, element.first_constraint, element.constraint_count);
}

std::span<const uint16_t> Constraints(const TypeInfo& type) {
  return Run(kTables, &Tables::constraint_runs, type.first_constraint, type.constraint_count);
}

std::span<const Constraint> AllConstraints() { return kTables.constraints; }

}  // namespace fhir::model
