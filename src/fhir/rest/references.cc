#include "fhir/rest/references.h"

#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "fhir/model/definitions.h"

namespace fhir::rest {
namespace {

using model::Node;
using model::NodeKind;
using model::TypeId;

bool HoldsAddress(TypeId type) {
  return type == TypeId::kUri || type == TypeId::kUrl || type == TypeId::kCanonical ||
         type == TypeId::kOid || type == TypeId::kUuid;
}

bool IsConditional(std::string_view reference) {
  const size_t question = reference.find('?');
  return question != std::string_view::npos && question > 0 &&
         model::ParseResourceType(reference.substr(0, question)).has_value();
}

// The type of the member `node`; kNone below names the definitions do not know.
TypeId TypeOfMember(TypeId parent, Node node) {
  if (parent == TypeId::kNone) return TypeId::kNone;
  const model::Member* member = model::FindMember(parent, node.name_id());
  return member == nullptr ? TypeId::kNone : member->type;
}

TypeId TypeOfResource(Node resource) { return model::FindType(resource["resourceType"].text()); }

class Writer {
 public:
  Writer(const ReferenceMap& references, std::string_view id) : references_(references), id_(id) {}

  void WriteRoot(Node resource) {
    out_ += "{\"resourceType\":";
    base::AppendJsonString(out_, resource["resourceType"].text());
    out_ += ",\"id\":";
    base::AppendJsonString(out_, id_);
    const TypeId type = TypeOfResource(resource);
    for (const Node member : resource) {
      if (member.name() == "resourceType" || member.name() == "id") continue;
      WriteMember(member, type);
    }
    out_ += '}';
  }

  std::string& out() { return out_; }

 private:
  void WriteMember(Node member, TypeId parent) {
    out_ += ',';
    base::AppendJsonString(out_, member.name());
    out_ += ':';
    Write(member, TypeOfMember(parent, member), parent);
  }

  void Write(Node node, TypeId type, TypeId parent) {
    switch (node.kind()) {
      case NodeKind::kObject: return WriteObject(node, type);
      case NodeKind::kArray: {
        out_ += '[';
        bool first = true;
        for (const Node item : node) {
          if (!first) out_ += ',';
          first = false;
          Write(item, type, parent);
        }
        out_ += ']';
        return;
      }
      case NodeKind::kString: return WriteString(node, type, parent);
      case NodeKind::kNull:
      case NodeKind::kBool:
      case NodeKind::kNumber: return node.AppendJson(out_);
    }
  }

  void WriteObject(Node node, TypeId type) {
    // A contained resource, or one inside a Bundle: its own type, not "Resource".
    if (const TypeId own = TypeOfResource(node); own != TypeId::kNone) type = own;
    out_ += '{';
    bool first = true;
    for (const Node member : node) {
      if (!first) out_ += ',';
      first = false;
      base::AppendJsonString(out_, member.name());
      out_ += ':';
      Write(member, TypeOfMember(type, member), type);
    }
    out_ += '}';
  }

  void WriteString(Node node, TypeId type, TypeId parent) {
    const std::string_view text = node.text();
    const bool is_reference = parent == TypeId::kReference && node.name() == "reference";
    if (is_reference || HoldsAddress(type)) {
      const auto found = references_.find(std::string(text));
      if (found != references_.end()) return base::AppendJsonString(out_, found->second);
    } else if (type == TypeId::kXhtml && text.find("urn:uuid:") != std::string_view::npos) {
      return base::AppendJsonString(out_, RewriteNarrative(text));
    }
    base::AppendJsonString(out_, text);
  }

  // R4: <a href> and <img src> of the narrative are references, too.
  std::string RewriteNarrative(std::string_view text) const {
    std::string out;
    while (true) {
      const size_t at = text.find("\"urn:uuid:");
      if (at == std::string_view::npos) break;
      const size_t end = text.find('"', at + 1);
      if (end == std::string_view::npos) break;
      out += text.substr(0, at + 1);
      const std::string url(text.substr(at + 1, end - at - 1));
      const auto found = references_.find(url);
      out += found == references_.end() ? url : found->second;
      text.remove_prefix(end);
    }
    return out += text;
  }

  const ReferenceMap& references_;
  const std::string_view id_;
  std::string out_;
};

}  // namespace

base::Result<model::DocumentPtr> Rewrite(Node resource, std::string_view id,
                                         const ReferenceMap& references) {
  Writer writer(references, id);
  writer.WriteRoot(resource);
  return model::Document::ParseResource(writer.out(), base::kBundleLimits);
}

void CollectConditional(Node node, std::vector<std::string>& found) {
  for (const Node child : node) {
    if (child.kind() == NodeKind::kString) {
      if (child.name() != "reference" || !IsConditional(child.text())) continue;
      if (std::find(found.begin(), found.end(), child.text()) == found.end()) {
        found.emplace_back(child.text());
      }
    } else if (child.IsObject() || child.IsArray()) {
      CollectConditional(child, found);
    }
  }
}

}  // namespace fhir::rest
