#include "fhir/model/resource_type.h"

#include <algorithm>

#include "fhir/model/definitions_tables.h"

namespace fhir::model {

std::string_view Name(ResourceType type) { return kTables.resource_names[static_cast<size_t>(type)]; }

std::optional<ResourceType> ParseResourceType(std::string_view name) {
  const auto found = std::ranges::lower_bound(kTables.resource_names, name);
  if (found == kTables.resource_names.end() || *found != name) return std::nullopt;
  return static_cast<ResourceType>(found - kTables.resource_names.begin());
}

bool IsAbstract(ResourceType type) {
  return type == ResourceType::kResource || type == ResourceType::kDomainResource;
}

}  // namespace fhir::model
