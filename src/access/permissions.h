// The permission table (permissions.toml), compiled in: who may touch which resource and call which
// use case. What it does not grant is refused.
#pragma once

#include <string_view>
#include <vector>

#include "access/principal.h"
#include "fhir/model/resource_type.h"

namespace access_control {

enum class Interaction {
  kRead,
  kVersionRead,
  kHistory,
  kSearch,
  kCreate,
  kUpdate,
  kPatch,
  kDelete,
};
std::string_view Name(Interaction interaction);  // "read", "vread" …, as FHIR calls them

// Whose record it is, as seen by the person's station.
enum class Relation { kOwnStation, kOtherStation };

// Whether one of the roles is granted it.
bool MayAccess(const std::vector<Role>& roles, fhir::model::ResourceType type,
               Interaction interaction, Relation relation);

// Whether one of the roles holds the permission; false for a name that is not in the table.
bool MayCall(const std::vector<Role>& roles, std::string_view permission);
// The permissions these roles hold, in alphabetical order: what the screens show and hide.
std::vector<std::string_view> PermissionsOf(const std::vector<Role>& roles);
bool IsPermission(std::string_view name);

}  // namespace access_control
