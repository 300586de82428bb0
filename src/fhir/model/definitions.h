// The structure of FHIR R4 as constant tables: types, their elements and constraints. Generated at
// build time, so nothing is parsed when the program starts.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "fhir/model/names.h"
#include "fhir/model/resource_type.h"

namespace fhir::model {

// Every R4 type: kString, kHumanName, kPatient, and kPatientContact for "Patient.contact". Values
// change between builds; never store them.
enum class TypeId : uint16_t {
#include "fhir/model/type_list.inc"
};

enum class TypeKind : uint8_t { kPrimitive, kComplex, kBackbone, kResource };
enum class BindingStrength : uint8_t { kNone, kExample, kPreferred, kExtensible, kRequired };

struct TypeInfo {
  std::string_view name;  // "string", "Patient", "Patient.contact"
  TypeKind kind;
  bool abstract;
  TypeId base;  // kNone for Element and Resource
  uint16_t first_element;
  uint16_t element_count;
  uint32_t first_member;
  uint16_t member_count;
  uint16_t first_constraint;
  uint16_t constraint_count;
  std::string_view regex;  // primitives only, as the definition writes it
  uint32_t max_length;     // 0 = none given
};

struct ElementInfo {
  enum Flag : uint8_t { kArray = 1, kChoice = 2, kSummary = 4, kModifier = 8 };
  static constexpr uint16_t kUnbounded = 0xFFFF;

  std::string_view path;  // "Observation.value[x]"
  NameId name;            // "value"
  TypeId type;            // kNone for a choice: see Variants
  uint16_t min;
  uint16_t max;
  uint8_t flags;
  BindingStrength binding;
  uint16_t value_set;
  uint16_t first_variant;
  uint16_t variant_count;
  uint16_t first_target;
  uint16_t target_count;
  uint16_t first_constraint;
  uint16_t constraint_count;

  bool is_array() const { return (flags & kArray) != 0; }  // an array in JSON
  bool is_choice() const { return (flags & kChoice) != 0; }
  bool is_summary() const { return (flags & kSummary) != 0; }
  bool is_modifier() const { return (flags & kModifier) != 0; }
};

// A JSON name an element may have, and the type it then holds ("valueQuantity", Quantity).
struct Variant {
  NameId name;
  TypeId type;
};

// One name by which an element is found in its type. The bare name of a choice ("value") has type
// kNone; it never stands in JSON.
struct Member {
  NameId name;
  uint16_t element;
  TypeId type;
};

struct ValueSetCode {
  std::string_view code;
  uint16_t system;  // see CodeSystemUrl
};

struct Constraint {
  std::string_view key;  // "pat-1"
  bool is_error;         // else a warning
  std::string_view human;
  std::string_view expression;
};

const TypeInfo& Info(TypeId type);
size_t TypeCount();  // ids run from 1 to TypeCount()
// By full name ("Patient", "HumanName", "Patient.contact", "string"); kNone if there is none.
TypeId FindType(std::string_view name);
TypeId ToTypeId(ResourceType type);
std::optional<ResourceType> ToResourceType(TypeId type);
// True for the type itself too.
bool IsSubtype(TypeId type, TypeId base);

std::span<const ElementInfo> Elements(TypeId type);
const ElementInfo& Element(const Member& member);
// Null if the type has no element of that name.
const Member* FindMember(TypeId type, NameId name);
std::span<const Variant> Variants(const ElementInfo& element);
// The resource types a Reference in this element may point to; empty = any.
std::span<const TypeId> ReferenceTargets(const ElementInfo& element);
// The canonical URL of the value set it is bound to, without version; "" if none.
std::string_view BoundValueSet(const ElementInfo& element);
// The codes of a required binding, sorted; empty when the set cannot be listed (languages, MIME types)
// or the binding is not required.
std::span<const ValueSetCode> BoundCodes(const ElementInfo& element);
std::string_view CodeSystemUrl(const ValueSetCode& code);

// Indexes into AllConstraints().
std::span<const uint16_t> Constraints(const ElementInfo& element);
std::span<const uint16_t> Constraints(const TypeInfo& type);
std::span<const Constraint> AllConstraints();

}  // namespace fhir::model
