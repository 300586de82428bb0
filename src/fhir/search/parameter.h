// Parameter: one official FHIR R4 search parameter, from tables generated at build time out of
// search-parameters.json. https://hl7.org/fhir/R4/searchparameter-registry.html
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "fhir/model/resource_type.h"

namespace fhir::search {

enum class ParameterType : uint8_t {
  kNumber,
  kDate,
  kString,
  kToken,
  kReference,
  kComposite,
  kQuantity,
  kUri,
  kSpecial,
};
std::string_view Name(ParameterType type);  // "token" …

// Stored on disk inside every index row: ids follow the alphabet of the definitions' canonical
// URLs, which never changes for R4, so they start at 1 and stay. 0x4000 and above is for
// SearchParameter resources added at run time.
using ParameterId = uint16_t;

struct Parameter;

// One part of a composite parameter.
struct Component {
  ParameterId parameter;        // what kind of value the part holds
  std::string_view expression;  // relative to the composite's own expression
};

struct Parameter {
  ParameterId id = 0;
  std::string_view code;  // "birthdate", as in the URL
  ParameterType type = ParameterType::kToken;
  std::string_view url;
  // The types whose resources carry it; empty = all of them (_id, _tag …).
  std::span<const model::ResourceType> bases;
  std::string_view expression;                   // FHIRPath, "" for _text, _content, _query
  std::span<const model::ResourceType> targets;  // references only; empty = any type
  std::span<const Component> components;         // composites only
};

// The parameter `code` of resources of `type`; nullptr if there is none.
const Parameter* FindParameter(model::ResourceType type, std::string_view code);
// Those of every resource: _id, _lastUpdated, _tag, _profile, _security, _source, _text, _content.
const Parameter* FindCommonParameter(std::string_view code);
const Parameter* FindParameter(ParameterId id);

// All parameters of a type, common ones included, by code.
std::span<const Parameter* const> ParametersOf(model::ResourceType type);

// The reference parameters that put a resource of `type` into a patient's compartment.
// https://hl7.org/fhir/R4/compartmentdefinition-patient.html
std::span<const Parameter* const> PatientCompartmentParameters(model::ResourceType type);

}  // namespace fhir::search
