// Where references lead: inside a resource, inside a bundle, or just to a type.
// https://hl7.org/fhir/R4/references.html
#pragma once

#include <optional>
#include <string_view>

#include "fhir/path/value.h"

namespace fhir::path {

// Of a Reference element, or of a canonical, uri or string; nothing for all else.
std::optional<std::string_view> ReferenceText(const Value& value);

// A contained resource ("#x", seen from the resource that holds `from`) or an entry of the bundle
// that `root` is. Missing if neither.
model::Node ResolveWithin(const model::Node& root, const model::Node& from, std::string_view reference);

// By Reference.type, or by the text "Patient/1", "http://host/fhir/Patient/1/_history/2"; kNone if
// it does not tell.
model::TypeId TypeOfReference(const Value& value, std::string_view reference);

}  // namespace fhir::path
