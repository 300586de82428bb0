#include "fhir/path/value.h"

#include "base/json.h"

namespace fhir::path {

using model::NodeKind;
using model::TypeId;

namespace {

bool IsPrimitive(TypeId type) {
  return type != TypeId::kNone && model::Info(type).kind == model::TypeKind::kPrimitive;
}

bool IsMomentType(TypeId type) {
  return type == TypeId::kDate || type == TypeId::kDateTime || type == TypeId::kInstant || type == TypeId::kTime;
}

bool IsNumberType(TypeId type) {
  return type == TypeId::kDecimal || model::IsSubtype(type, TypeId::kInteger);
}

std::string_view SystemName(Kind kind) {
  switch (kind) {
    case Kind::kElement: return "";
    case Kind::kBoolean: return "Boolean";
    case Kind::kInteger: return "Integer";
    case Kind::kDecimal: return "Decimal";
    case Kind::kString: return "String";
    case Kind::kDate: return "Date";
    case Kind::kDateTime: return "DateTime";
    case Kind::kTime: return "Time";
    case Kind::kQuantity: return "Quantity";
    case Kind::kTypeName: return "TypeInfo";
  }
  return "";
}

std::string QuantityText(const Quantity& quantity) {
  std::string out = quantity.value.ToString();
  if (!quantity.calendar) return out + " '" + quantity.unit + "'";
  out += ' ' + quantity.unit;
  if (quantity.value != Number(1)) out += 's';
  return out;
}

}  // namespace

Value Value::Root(model::Node root) {
  const model::Node name = root["resourceType"];
  const TypeId type = name.IsString() ? model::FindType(name.text()) : TypeId::kNone;
  const bool is_resource = type != TypeId::kNone && model::Info(type).kind == model::TypeKind::kResource;
  return Value(root, is_resource ? type : TypeId::kNone);
}

Value Value::Boolean(bool value) {
  Value out(Kind::kBoolean);
  out.integer_ = value ? 1 : 0;
  return out;
}

Value Value::Integer(int64_t value) {
  Value out(Kind::kInteger);
  out.integer_ = value;
  return out;
}

Value Value::Decimal(const Number& value) { return Value(Kind::kDecimal, Payload(value)); }
Value Value::String(std::string value) { return Value(Kind::kString, Payload(std::move(value))); }
Value Value::FromQuantity(Quantity value) { return Value(Kind::kQuantity, Payload(std::move(value))); }
Value Value::Type(TypeName value) { return Value(Kind::kTypeName, Payload(std::move(value))); }

Value Value::FromMoment(const Moment& value) {
  switch (value.kind) {
    case MomentKind::kDate: return Value(Kind::kDate, Payload(value));
    case MomentKind::kDateTime: return Value(Kind::kDateTime, Payload(value));
    case MomentKind::kTime: break;
  }
  return Value(Kind::kTime, Payload(value));
}

std::string_view Value::type_name() const {
  return IsElement() ? model::Info(type_).name : SystemName(kind_);
}

std::string Value::Text() const {
  switch (kind_) {
    case Kind::kElement:
      if (node_ && node_.kind() == NodeKind::kBool) return node_.bool_value() ? "true" : "false";
      return std::string(node_.text());
    case Kind::kBoolean: return integer_ != 0 ? "true" : "false";
    case Kind::kInteger: return std::to_string(integer_);
    case Kind::kDecimal: return std::get<Number>(*payload_).ToString();
    case Kind::kString: return std::get<std::string>(*payload_);
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime: return std::get<Moment>(*payload_).ToString();
    case Kind::kQuantity: return QuantityText(std::get<Quantity>(*payload_));
    case Kind::kTypeName: break;
  }
  const auto& name = std::get<TypeName>(*payload_);
  return name.space + "." + name.name;
}

bool Value::HasValue() const {
  if (!IsElement()) return true;
  if (!node_) return false;
  switch (node_.kind()) {
    case NodeKind::kBool:
    case NodeKind::kNumber:
    case NodeKind::kString: return true;
    case NodeKind::kNull:
    case NodeKind::kArray:
    case NodeKind::kObject: break;
  }
  return false;
}

std::optional<bool> Value::AsBoolean() const {
  if (kind_ == Kind::kBoolean) return integer_ != 0;
  if (IsElement() && node_ && node_.kind() == NodeKind::kBool) return node_.bool_value();
  return std::nullopt;
}

std::optional<int64_t> Value::AsInteger() const {
  if (kind_ == Kind::kInteger) return integer_;
  if (!IsElement() || node_.kind() != NodeKind::kNumber || type_ == TypeId::kDecimal) return std::nullopt;
  const auto number = Number::Parse(node_.text());
  if (!number || number->scale() != 0) return std::nullopt;
  return number->ToInteger();
}

std::optional<Number> Value::AsNumber() const {
  if (kind_ == Kind::kInteger) return Number(integer_);
  if (kind_ == Kind::kDecimal) return std::get<Number>(*payload_);
  if (!IsElement() || node_.kind() != NodeKind::kNumber) return std::nullopt;
  if (type_ != TypeId::kNone && !IsNumberType(type_)) return std::nullopt;
  return Number::Parse(node_.text());
}

std::optional<std::string_view> Value::AsString() const {
  if (kind_ == Kind::kString) return std::get<std::string>(*payload_);
  if (!IsElement() || node_.kind() != NodeKind::kString) return std::nullopt;
  if (type_ != TypeId::kNone && (!IsPrimitive(type_) || IsMomentType(type_))) return std::nullopt;
  return node_.text();
}

std::optional<Moment> Value::AsMoment() const {
  if (kind_ == Kind::kDate || kind_ == Kind::kDateTime || kind_ == Kind::kTime) return std::get<Moment>(*payload_);
  if (!IsElement() || node_.kind() != NodeKind::kString) return std::nullopt;
  if (type_ == TypeId::kDate) return Moment::ParseDate(node_.text());
  if (type_ == TypeId::kDateTime || type_ == TypeId::kInstant) return Moment::ParseDateTime(node_.text());
  if (type_ == TypeId::kTime) return Moment::ParseTime(node_.text());
  return std::nullopt;
}

std::optional<Quantity> Value::AsQuantity() const {
  if (kind_ == Kind::kQuantity) return std::get<Quantity>(*payload_);
  if (!IsElement() || !node_.IsObject()) return std::nullopt;
  const bool is_money = type_ == TypeId::kMoney;
  if (!is_money && !IsA(TypeId::kQuantity)) return std::nullopt;
  // https://hl7.org/fhir/R4/fhirpath.html#quantity: one with a comparator is no single value.
  const auto number = Number::Parse(node_["value"].text());
  if (!number || node_["comparator"]) return std::nullopt;
  if (is_money) return Quantity{*number, std::string(node_["currency"].text())};
  const std::string_view code = node_["code"].text();
  const bool ucum = node_["system"].text() == "http://unitsofmeasure.org";
  if (ucum && code == "a") return Quantity{*number, "year", true};
  if (ucum && code == "mo") return Quantity{*number, "month", true};
  std::string_view unit = code.empty() ? node_["unit"].text() : code;
  if (unit.empty()) unit = "1";
  return Quantity{*number, std::string(unit)};
}

Value Value::ToSystem() const {
  if (!IsElement()) return *this;
  if (const auto text = AsString()) return String(std::string(*text));
  if (const auto boolean = AsBoolean()) return Boolean(*boolean);
  if (const auto integer = AsInteger()) return Integer(*integer);
  if (const auto number = AsNumber()) return Decimal(*number);
  if (const auto moment = AsMoment()) return FromMoment(*moment);
  if (auto quantity = AsQuantity()) return FromQuantity(*std::move(quantity));
  return *this;
}

void Value::AppendJson(std::string& out) const {
  switch (kind_) {
    case Kind::kElement:
      if (node_ && node_.kind() != NodeKind::kNull) {
        node_.AppendJson(out);
      } else {
        shadow_.AppendJson(out);
      }
      return;
    case Kind::kBoolean:
    case Kind::kInteger:
    case Kind::kDecimal: out += Text(); return;
    case Kind::kString:
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
    case Kind::kQuantity: base::AppendJsonString(out, Text()); return;
    case Kind::kTypeName: break;
  }
  const auto& name = std::get<TypeName>(*payload_);
  out += R"({"namespace":)";
  base::AppendJsonString(out, name.space);
  out += R"(,"name":)";
  base::AppendJsonString(out, name.name);
  out += '}';
}

}  // namespace fhir::path
