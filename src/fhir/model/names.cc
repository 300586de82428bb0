#include "fhir/model/names.h"

#include "fhir/model/definitions_tables.h"

namespace fhir::model {
namespace {

#include "fhir/model/definitions_tables.inc"

// The hash with which tools/generate_definitions.py filled kNameSlots.
uint32_t Fnv1a(std::string_view text) {
  uint32_t value = 2166136261U;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 16777619U;
  return value;
}

}  // namespace

constinit const Tables kTables{
    .names = kNames,
    .shadow_names = kShadowNames,
    .name_slots = kNameSlots,
    .resource_names = kResourceNames,
    .resource_type_ids = kResourceTypeIds,
    .types = kTypes,
    .elements = kElements,
    .members = kMembers,
    .variants = kVariants,
    .targets = kTargets,
    .constraint_runs = kConstraintRuns,
    .constraints = kConstraints,
    .value_sets = kValueSets,
    .value_set_codes = kValueSetCodes,
    .codes = kCodes,
    .code_systems = kCodeSystems,
};

size_t NameCount() { return std::size(kNames); }

NameId FindName(std::string_view name) {
  constexpr uint32_t kMask = std::size(kNameSlots) - 1;
  for (uint32_t slot = Fnv1a(name) & kMask;; slot = (slot + 1) & kMask) {
    const NameId id = kNameSlots[slot];
    if (id == kUnknownName || kNames[id] == name) return id;
  }
}

std::string_view NameText(NameId name) { return kNames[name]; }

NameId ShadowName(NameId name) { return name < std::size(kNames) ? kShadowNames[name] : kEmptyName; }

}  // namespace fhir::model
