#include "fhir/path/references.h"

#include <string>

#include "base/text.h"

namespace fhir::path {

using model::Node;
using model::TypeId;

namespace {

bool IsResourceType(TypeId type) {
  return type != TypeId::kNone && model::Info(type).kind == model::TypeKind::kResource && !model::Info(type).abstract;
}

struct TypeAndId {
  std::string_view type;
  std::string_view id;
};

// The last two segments before any version: ".../Patient/1/_history/2" -> Patient, 1.
std::optional<TypeAndId> SplitReference(std::string_view reference) {
  reference = reference.substr(0, reference.find('|'));
  reference = reference.substr(0, reference.find('#'));
  const auto parts = base::Split(reference, '/');
  size_t count = parts.size();
  if (count >= 4 && parts[count - 2] == "_history") count -= 2;
  if (count < 2 || !IsResourceType(model::FindType(parts[count - 2]))) return std::nullopt;
  return TypeAndId{parts[count - 2], parts[count - 1]};
}

// Cells lie in the order of the text, so an element is inside `container` if it comes after it and
// before whatever follows it.
Node EntryAround(const Node& bundle, const Node& from) {
  Node around;
  for (const Node entry : bundle["entry"]) {
    if (entry.cell() > from.cell()) break;
    around = entry;
  }
  return around;
}

Node FindContained(const Node& holder, std::string_view id) {
  for (const Node contained : holder["contained"]) {
    if (contained["id"].text() == id) return contained;
  }
  return {};
}

bool EntryMatches(const Node& entry, std::string_view reference, const std::optional<TypeAndId>& parts, bool absolute) {
  // Looked up once: bundles may have ten thousand entries.
  static const model::NameId kFullUrl = model::FindName("fullUrl");
  const std::string_view url = entry.Member(kFullUrl).text();
  if (!url.empty() && url == reference) return true;
  if (absolute || !parts) return false;
  const Node resource = entry["resource"];
  return resource["resourceType"].text() == parts->type && resource["id"].text() == parts->id;
}

}  // namespace

std::optional<std::string_view> ReferenceText(const Value& value) {
  if (!value.IsElement()) return value.AsString();
  if (value.node().IsString()) return value.node().text();
  // Reference.type alone is enough to ask for the type.
  if (value.type() != TypeId::kReference && value.type() != TypeId::kNone) return std::nullopt;
  if (!value.node()["reference"] && !value.node()["type"]) return std::nullopt;
  return value.node()["reference"].text();
}

Node ResolveWithin(const Node& root, const Node& from, std::string_view reference) {
  if (reference.empty()) return {};
  const bool in_document = from && root && from.document() == root.document();
  const bool is_bundle = root["resourceType"].text() == "Bundle";
  if (reference.starts_with('#')) {
    Node holder = root;
    if (is_bundle && in_document) holder = EntryAround(root, from)["resource"];
    return reference.size() == 1 ? holder : FindContained(holder, reference.substr(1));
  }
  if (!is_bundle) return {};
  const auto parts = SplitReference(reference);
  const bool absolute = reference.find(':') != std::string_view::npos;
  for (const Node entry : root["entry"]) {
    if (EntryMatches(entry, reference, parts, absolute)) return entry["resource"];
  }
  return {};
}

TypeId TypeOfReference(const Value& value, std::string_view reference) {
  if (const auto parts = SplitReference(reference)) return model::FindType(parts->type);
  if (!value.IsElement()) return TypeId::kNone;
  const TypeId type = model::FindType(value.node()["type"].text());
  return IsResourceType(type) ? type : TypeId::kNone;
}

}  // namespace fhir::path
