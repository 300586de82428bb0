// Element names as small numbers: every name that FHIR R4 defines has the same id in all documents.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fhir::model {

// Element names are interned: ids below NameCount() are the same in every document, ids above it
// belong to one document only.
using NameId = uint16_t;

inline constexpr NameId kEmptyName = 0;
inline constexpr NameId kUnknownName = 0xFFFF;

size_t NameCount();
// The id of a name that the definitions know, else kUnknownName.
NameId FindName(std::string_view name);
// Only for ids below NameCount().
std::string_view NameText(NameId name);
// "birthDate" -> "_birthDate", where id and extensions of a primitive stand in JSON; kEmptyName if
// the element never is a primitive. https://hl7.org/fhir/R4/json.html#primitive
NameId ShadowName(NameId name);

}  // namespace fhir::model
