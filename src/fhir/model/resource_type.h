// ResourceType: the 148 resource types of FHIR R4, generated at build time from the definitions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fhir::model {

// Values follow the alphabet and are stored on disk: they never change for R4. The enumerators
// (kPatient, kEncounter …) are generated into fhir/model/resource_type_list.inc.
enum class ResourceType : uint16_t {
#include "fhir/model/resource_type_list.inc"
};

std::string_view Name(ResourceType type);
std::optional<ResourceType> ParseResourceType(std::string_view name);
// Resource and DomainResource: bases of search parameters, never the type of a stored resource.
bool IsAbstract(ResourceType type);

}  // namespace fhir::model
