// Value: one item of a FHIRPath collection: an element of a document with its FHIR type, or a
// computed System value.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fhir/model/definitions.h"
#include "fhir/model/document.h"
#include "fhir/path/moment.h"
#include "fhir/path/number.h"

namespace fhir::path {

struct Quantity {
  Number value;
  std::string unit = "1";  // a UCUM code, or a calendar word in the singular ("day")
  bool calendar = false;   // written as a word: 1 year is not 1 'a'
};

// What type() returns.
struct TypeName {
  std::string space;  // "System" or "FHIR"
  std::string name;
};

enum class Kind : uint8_t {
  kElement,  // stands in a document
  kBoolean,
  kInteger,
  kDecimal,
  kString,
  kDate,
  kDateTime,
  kTime,
  kQuantity,
  kTypeName,
};

class Value {
 public:
  // An element. `shadow` is the "_name" object beside a primitive; either may be missing, not both.
  // A type of kNone is allowed: the value came from JSON that is no FHIR.
  Value(model::Node node, model::TypeId type, model::Node shadow = {})
      : type_(type), node_(node), shadow_(shadow) {}
  // The root of a document: its type is that of its resourceType.
  static Value Root(model::Node root);

  static Value Boolean(bool value);
  static Value Integer(int64_t value);
  static Value Decimal(const Number& value);
  static Value String(std::string value);
  static Value FromMoment(const Moment& value);  // of the kind the moment has
  static Value FromQuantity(Quantity value);
  static Value Type(TypeName value);
  // An element of which only the type is known: the target of a reference nobody could resolve.
  static Value TypeOnly(model::TypeId type) { return Value(model::Node(), type); }

  Kind kind() const { return kind_; }
  bool IsElement() const { return kind_ == Kind::kElement; }
  // Elements: the FHIR type (for value[x] the variant's: kQuantity). kNone for System values.
  model::TypeId type() const { return type_; }
  // "Quantity", "code", "Patient.contact"; "String", "Boolean" … for System values.
  std::string_view type_name() const;
  bool IsA(model::TypeId type) const { return model::IsSubtype(type_, type); }

  model::Node node() const { return node_; }      // missing for System values
  model::Node shadow() const { return shadow_; }  // id and extensions of a primitive

  // A primitive's contents as text, numbers and dates as they were written: "male", "1.50",
  // "true". Quantities as "1.5 'mg'". "" for anything complex or without a value.
  std::string Text() const;
  bool HasValue() const;     // a System value, or a primitive element with a value in JSON

  // Both for System values and for elements of a matching FHIR type; nothing otherwise.
  std::optional<bool> AsBoolean() const;
  std::optional<int64_t> AsInteger() const;
  std::optional<Number> AsNumber() const;         // integers too
  // string, code, uri, id, markdown, base64Binary …; the view lives as long as value and document.
  std::optional<std::string_view> AsString() const;
  std::optional<Moment> AsMoment() const;         // date, dateTime, instant, time
  std::optional<Quantity> AsQuantity() const;     // FHIR Quantity, Age …; not a bare number

  // Primitive elements and quantities as System values; everything else unchanged.
  Value ToSystem() const;

  void AppendJson(std::string& out) const;

 private:
  using Payload = std::variant<Number, std::string, Moment, Quantity, TypeName>;
  explicit Value(Kind kind) : kind_(kind) {}
  Value(Kind kind, Payload payload)
      : kind_(kind), payload_(std::make_shared<const Payload>(std::move(payload))) {}

  Kind kind_ = Kind::kElement;
  model::TypeId type_ = model::TypeId::kNone;
  int64_t integer_ = 0;  // kInteger, kBoolean
  model::Node node_;
  model::Node shadow_;
  std::shared_ptr<const Payload> payload_;  // the larger System values, immutable and shared
};

using Collection = std::vector<Value>;

}  // namespace fhir::path
