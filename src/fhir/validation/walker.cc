#include "fhir/validation/walker.h"

#include <algorithm>

#include "fhir/path/references.h"
#include "fhir/path/value.h"
#include "fhir/validation/bindings.h"
#include "fhir/validation/primitive_format.h"

namespace fhir::validation {

using model::ElementInfo;
using model::Member;
using model::Node;
using model::NodeKind;
using model::TypeId;
using model::TypeKind;

namespace {

bool IsPrimitive(TypeId type) { return model::Info(type).kind == TypeKind::kPrimitive; }
bool IsResource(TypeId type) { return model::Info(type).kind == TypeKind::kResource; }
bool Missing(const Node& node) { return !node || node.kind() == NodeKind::kNull; }

// "birthDate" of "_birthDate"; missing if the value itself stands there too and brings it along.
const Member* MemberOfShadow(TypeId type, std::string_view name) {
  const model::NameId plain = model::FindName(name.substr(1));
  if (plain == model::kUnknownName) return nullptr;
  const Member* member = model::FindMember(type, plain);
  if (member == nullptr || member->type == TypeId::kNone || !IsPrimitive(member->type)) return nullptr;
  return member;
}

bool Present(const Node& object, const ElementInfo& element) {
  const auto variants = model::Variants(element);
  return std::any_of(variants.begin(), variants.end(), [&](const model::Variant& variant) {
    const model::NameId shadow = model::ShadowName(variant.name);
    return object.Member(variant.name) || (shadow != model::kEmptyName && object.Member(shadow));
  });
}

}  // namespace

void Walker::Report(IssueCode code, const Place& place, std::string text, Severity severity) {
  if (severity == Severity::kWarning && !options_.warnings) return;
  if (!Full()) issues_.push_back({severity, code, place.ToText(), std::move(text)});
}

std::vector<Issue> Walker::Walk(const model::Document& document) {
  const Node root = document.root();
  const std::string_view name = root["resourceType"].text();
  VisitResource(root, Place{.name = name.empty() ? "Resource" : name}, root, nullptr);
  return std::move(issues_);
}

void Walker::VisitResource(const Node& node, const Place& place, const Node& root, const ElementInfo* element) {
  const TypeId type = path::Value::Root(node).type();
  if (!node.IsObject() || type == TypeId::kNone || model::Info(type).abstract) {
    Report(IssueCode::kStructure, place, "Không phải một tài nguyên FHIR R4: resourceType thiếu hoặc lạ.");
    return;
  }
  const Scope scope{.resource = node, .root = root};
  VisitObject(node, type, place, scope);
  CheckInvariants({node, Node(), type, element, &place}, scope);
}

void Walker::VisitObject(const Node& node, TypeId type, const Place& place, const Scope& scope) {
  if (Full()) return;
  const size_t named = IsResource(type) ? 1 : 0;
  if (node.size() <= named && !IsResource(type)) {
    Report(IssueCode::kStructure, place, "Đối tượng rỗng: hãy bỏ đi hoặc điền nội dung.");
    return;
  }
  VisitMembers(node, type, place, scope);
  CheckCardinality(node, type, place);
}

void Walker::VisitMembers(const Node& node, TypeId type, const Place& place, const Scope& scope) {
  static const model::NameId kResourceType = model::FindName("resourceType");
  for (const Node member : node) {
    if (member.name_id() == kResourceType && IsResource(type)) continue;
    const std::string_view name = member.name();
    const Place here{.parent = &place, .name = name};
    if (name.starts_with('_')) {
      const Member* shadowed = MemberOfShadow(type, name);
      if (shadowed == nullptr) {
        Report(IssueCode::kStructure, here, "Trường lạ: kiểu này không có phần tử như vậy.");
      } else if (!node.Member(shadowed->name)) {
        VisitElement(Node(), member, *shadowed, place, scope);
      }
      continue;
    }
    const bool known_name = member.name_id() < model::NameCount();
    const Member* found = known_name ? model::FindMember(type, member.name_id()) : nullptr;
    if (found == nullptr || found->type == TypeId::kNone) {
      Report(IssueCode::kStructure, here, "Trường lạ: kiểu này không có phần tử như vậy.");
      continue;
    }
    const model::NameId shadow = model::ShadowName(member.name_id());
    const Node beside = IsPrimitive(found->type) && shadow != model::kEmptyName ? node.Member(shadow) : Node();
    VisitElement(member, beside, *found, place, scope);
  }
}

void Walker::CheckCardinality(const Node& node, TypeId type, const Place& place) {
  for (const ElementInfo& element : model::Elements(type)) {
    const std::string_view name = model::NameText(element.name);
    if (element.min > 0 && !Present(node, element)) {
      Report(IssueCode::kRequired, Place{.parent = &place, .name = name}, "Thiếu phần tử bắt buộc.");
    }
    if (!element.is_choice()) continue;
    const auto variants = model::Variants(element);
    const auto count = std::count_if(variants.begin(), variants.end(),
                                     [&](const model::Variant& v) { return static_cast<bool>(node.Member(v.name)); });
    if (count > 1) {
      Report(IssueCode::kStructure, Place{.parent = &place, .name = name}, "Chỉ được chọn một kiểu cho phần tử này.");
    }
  }
}

void Walker::VisitElement(const Node& value, const Node& shadow, const Member& member, const Place& place,
                          const Scope& scope) {
  const ElementInfo& element = model::Element(member);
  // value[x] has its bare name in FHIRPath.
  const std::string_view name = model::NameText(element.name);
  const Place here{.parent = &place, .name = name};
  if (!element.is_array()) {
    if (value.IsArray() || shadow.IsArray()) {
      Report(IssueCode::kStructure, here, "Phần tử này chỉ có một giá trị, không phải danh sách.");
      return;
    }
    if (Missing(value) && Missing(shadow)) {
      Report(IssueCode::kStructure, here, "null không thay cho giá trị: hãy bỏ trường này.");
      return;
    }
    VisitItem({value, shadow, member.type, &element, &here}, scope);
    return;
  }
  if ((value && !value.IsArray()) || (shadow && !shadow.IsArray())) {
    Report(IssueCode::kStructure, here, "Phần tử này phải là danh sách [ ].");
    return;
  }
  const size_t count = std::max(value.size(), shadow.size());
  if (count == 0) Report(IssueCode::kStructure, here, "Danh sách rỗng: hãy bỏ trường này.");
  if (count < element.min) Report(IssueCode::kRequired, here, "Danh sách có ít mục hơn quy định.");
  if (element.max != ElementInfo::kUnbounded && count > element.max) {
    Report(IssueCode::kStructure, here, "Danh sách có nhiều mục hơn quy định.");
  }
  Node item = value.FirstChild();
  Node beside = shadow.FirstChild();
  for (size_t i = 0; i < count; ++i, item = item.NextSibling(), beside = beside.NextSibling()) {
    const Place at{.parent = &place, .name = name, .index = static_cast<int>(i)};
    if (Missing(item) && Missing(beside)) {
      Report(IssueCode::kStructure, at, "Mục null trong danh sách không có phần mở rộng đi kèm.");
      continue;
    }
    VisitItem({item, Missing(beside) ? Node() : beside, member.type, &element, &at}, scope);
  }
}

void Walker::VisitItem(const Visit& visit, const Scope& scope) {
  if (Full()) return;
  if (IsPrimitive(visit.type)) {
    VisitPrimitive(visit, scope);
    return;
  }
  if (visit.type == TypeId::kResource) {
    // An entry of a bundle or a parameter stands by itself; what is contained belongs to its holder.
    const bool contained = visit.element->name == model::FindName("contained");
    VisitResource(visit.value, *visit.place, contained ? scope.root : visit.value, visit.element);
    return;
  }
  if (!visit.value.IsObject()) {
    Report(IssueCode::kStructure, *visit.place, "Phần tử này phải là một đối tượng { }.");
    return;
  }
  VisitObject(visit.value, visit.type, *visit.place, scope);
  if (visit.type == TypeId::kReference) CheckReference(visit);
  if (options_.bindings) {
    if (const std::string problem = BindingProblem(*visit.element, visit.type, visit.value); !problem.empty()) {
      Report(IssueCode::kCodeInvalid, *visit.place, problem);
    }
  }
  CheckInvariants(visit, scope);
}

void Walker::VisitPrimitive(const Visit& visit, const Scope& scope) {
  if (!Missing(visit.value)) {
    const std::string_view problem = FormatProblem(visit.type, visit.value);
    if (!problem.empty()) {
      Report(IssueCode::kValue, *visit.place, "Giá trị sai dạng: " + std::string(problem) + ".");
    } else if (options_.bindings) {
      const std::string bound = BindingProblem(*visit.element, visit.type, visit.value);
      if (!bound.empty()) Report(IssueCode::kCodeInvalid, *visit.place, bound);
    }
  }
  if (visit.shadow) {
    if (visit.shadow.IsObject()) {
      VisitObject(visit.shadow, TypeId::kElement, *visit.place, scope);
    } else {
      Report(IssueCode::kStructure, *visit.place, "Phần '_' đi kèm phải là một đối tượng { }.");
    }
  }
  CheckInvariants(visit, scope);
}

void Walker::CheckReference(const Visit& visit) {
  const auto targets = model::ReferenceTargets(*visit.element);
  if (targets.empty()) return;
  const path::Value value(visit.value, visit.type);
  const auto text = path::ReferenceText(value);
  const TypeId type = text ? path::TypeOfReference(value, *text) : TypeId::kNone;
  if (type == TypeId::kNone) return;  // a URN, a contained resource or an identifier does not tell
  const bool allowed = std::any_of(targets.begin(), targets.end(), [&](TypeId t) { return model::IsSubtype(type, t); });
  if (!allowed) {
    Report(IssueCode::kValue, *visit.place,
           "Tham chiếu tới " + std::string(model::Info(type).name) + " không được phép ở đây.");
  }
}

}  // namespace fhir::validation
