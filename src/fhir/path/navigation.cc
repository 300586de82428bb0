// How paths move through a document, and what types its elements have.
#include "fhir/path/evaluator.h"

namespace fhir::path {

using model::Member;
using model::Node;
using model::NodeKind;
using model::TypeId;

namespace {

// A resource inside another (contained, Bundle.entry.resource, Parameters) says its type itself.
TypeId RefinedType(const Node& node, TypeId type) {
  if (type != TypeId::kResource && type != TypeId::kDomainResource) return type;
  const TypeId own = Value::Root(node).type();
  return own == TypeId::kNone ? type : own;
}

// Appends what stands under one name: an item each for arrays, with the "_name" beside it.
void Append(const Node& node, const Node& shadow, TypeId type, Collection& out) {
  if (!node.IsArray() && !shadow.IsArray()) {
    const bool missing = !node || node.kind() == NodeKind::kNull;
    if (missing && !shadow.IsObject()) return;
    out.emplace_back(node, RefinedType(node, type), shadow);
    return;
  }
  // The items of both arrays belong together by their position; null fills gaps.
  Node item = node.IsArray() ? node.FirstChild() : Node();
  Node beside = shadow.IsArray() ? shadow.FirstChild() : Node();
  while (item || beside) {
    if (!item.IsArray()) Append(item, beside.IsObject() ? beside : Node(), type, out);
    item = item.NextSibling();
    beside = beside.NextSibling();
  }
}

// JSON that is no FHIR: names are taken as they are.
void NavigateUntyped(const Node& node, std::string_view name, Collection& out) {
  Append(node[name], Node(), TypeId::kNone, out);
}

// Only the id and extensions of a primitive can be seen, and these stand in its shadow.
Node ObjectOf(const Value& value) { return value.node().IsObject() ? value.node() : value.shadow(); }

void AppendMember(const Node& object, const Node& child, TypeId type, Collection& out) {
  const model::NameId shadow = model::ShadowName(child.name_id());
  Append(child, shadow == model::kEmptyName ? Node() : object.Member(shadow), type, out);
}

}  // namespace

void Navigate(const Value& value, model::NameId name, std::string_view text, Collection& out) {
  if (!value.IsElement()) {
    if (value.kind() == Kind::kTypeName) {
      const std::string full = value.Text();
      const size_t dot = full.find('.');
      if (text == "namespace") out.push_back(Value::String(full.substr(0, dot)));
      if (text == "name") out.push_back(Value::String(full.substr(dot + 1)));
    } else if (value.kind() == Kind::kQuantity) {
      const auto quantity = value.AsQuantity();
      if (text == "value") out.push_back(Value::Decimal(quantity->value));
      if (text == "unit" || text == "code") out.push_back(Value::String(quantity->unit));
    }
    return;
  }
  const Node object = ObjectOf(value);
  if (!object.IsObject()) return;
  if (value.type() == TypeId::kNone) return NavigateUntyped(object, text, out);
  if (name == model::kUnknownName) return;
  const Member* member = model::FindMember(value.type(), name);
  if (member == nullptr) return;
  const model::ElementInfo& element = model::Element(*member);
  if (!element.is_choice()) {
    const model::NameId shadow = model::ShadowName(name);
    Append(object.Member(name), shadow == model::kEmptyName ? Node() : object.Member(shadow), member->type, out);
    return;
  }
  // value[x] is navigated as "value", never by the name it has in JSON.
  if (member->type != TypeId::kNone) return;
  for (const model::Variant& variant : model::Variants(element)) {
    const Node child = object.Member(variant.name);
    const model::NameId shadow = model::ShadowName(variant.name);
    const Node beside = shadow == model::kEmptyName ? Node() : object.Member(shadow);
    if (child || beside) Append(child, beside, variant.type, out);
  }
}

void Children(const Value& value, Collection& out) {
  if (!value.IsElement()) return;
  const Node object = ObjectOf(value);
  if (!object.IsObject()) return;
  for (const Node child : object) {
    if (value.type() == TypeId::kNone) {
      Append(child, Node(), TypeId::kNone, out);
      continue;
    }
    const std::string_view name = child.name();
    if (name.starts_with('_')) {
      // A shadow alone, without the value it belongs to.
      const model::NameId plain = model::FindName(name.substr(1));
      if (plain == model::kUnknownName || object.Member(plain)) continue;
      const Member* member = model::FindMember(value.type(), plain);
      if (member != nullptr && member->type != TypeId::kNone) Append(Node(), child, member->type, out);
      continue;
    }
    if (child.name_id() >= model::NameCount()) continue;
    const Member* member = model::FindMember(value.type(), child.name_id());
    if (member != nullptr && member->type != TypeId::kNone) AppendMember(object, child, member->type, out);
  }
}

bool IsOfType(const Value& value, const TypeSpecifier& type) {
  if (value.IsElement()) {
    return type.space != TypeSpecifier::Space::kSystem && type.fhir != TypeId::kNone && value.IsA(type.fhir);
  }
  return type.space != TypeSpecifier::Space::kFhir && type.system == value.kind();
}

bool IsExactlyOfType(const Value& value, const TypeSpecifier& type) {
  if (!IsOfType(value, type)) return false;
  if (!value.IsElement() || value.type() == type.fhir) return true;
  return model::Info(value.type()).kind != model::TypeKind::kPrimitive;
}

}  // namespace fhir::path
