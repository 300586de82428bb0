#include "fhir/rest/view.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "fhir/model/definitions.h"

namespace fhir::rest {
namespace {

using model::ElementInfo;
using search::Summary;

base::Result<Summary> ParseSummary(std::string_view text) {
  if (text == "true") return Summary::kTrue;
  if (text == "false" || text.empty()) return Summary::kFalse;
  if (text == "text") return Summary::kText;
  if (text == "data") return Summary::kData;
  if (text == "count") return Summary::kCount;
  return base::Invalid("Giá trị của _summary không hợp lệ.", "_summary");
}

// The element behind a JSON name, shadow names ("_birthDate") included.
const ElementInfo* FindElement(model::TypeId type, std::string_view name) {
  if (name.starts_with('_')) name.remove_prefix(1);
  const model::NameId id = model::FindName(name);
  if (id == model::kUnknownName) return nullptr;
  const model::Member* member = model::FindMember(type, id);
  return member == nullptr ? nullptr : &model::Element(*member);
}

bool IsListed(const std::vector<std::string>& elements, std::string_view name,
              const ElementInfo& info) {
  if (name.starts_with('_')) name.remove_prefix(1);
  return std::any_of(elements.begin(), elements.end(), [&](const std::string& element) {
    // "value" stands for valueQuantity, too.
    return element == name || element == model::NameText(info.name);
  });
}

bool IsShown(const View& view, std::string_view name, const ElementInfo& info) {
  // R4: mandatory and modifier elements belong to every cut, lest it mislead.
  if (info.min > 0 || name == "id" || name == "meta") return true;
  if (!view.elements.empty()) return info.is_modifier() || IsListed(view.elements, name, info);
  switch (view.summary) {
    case Summary::kTrue: return info.is_summary();
    case Summary::kText: return name == "text";
    case Summary::kData: return name != "text";
    case Summary::kFalse:
    case Summary::kCount: return true;
  }
  return true;
}

void CutObject(base::Json& object, model::TypeId type, const View& view, bool is_root) {
  base::Json::Object kept;
  for (auto& [name, value] : object.MutableMembers()) {
    if (is_root && name == "resourceType") {
      kept.emplace_back(name, std::move(value));
      continue;
    }
    const ElementInfo* info = FindElement(type, name);
    if (info == nullptr || !IsShown(view, name, *info)) continue;
    // Inside a summary, backbone elements are cut as well; data types stay whole.
    const bool is_backbone = view.elements.empty() && view.summary == Summary::kTrue &&
                             !info->is_choice() &&
                             model::Info(info->type).kind == model::TypeKind::kBackbone;
    if (is_backbone && value.IsArray()) {
      for (base::Json& item : value.MutableItems()) {
        if (item.IsObject()) CutObject(item, info->type, view, false);
      }
    } else if (is_backbone && value.IsObject()) {
      CutObject(value, info->type, view, false);
    }
    kept.emplace_back(name, std::move(value));
  }
  object = base::Json(std::move(kept));
}

void TagSubsetted(base::Json& resource) {
  base::Json& tags = resource.Slot("meta").Slot("tag");
  tags.Push(
      base::Json::Obj({{"system", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"},
                       {"code", "SUBSETTED"}}));
}

}  // namespace

base::Result<View> ParseView(const http::Parameters& query) {
  View view;
  const std::string_view pretty = query.Get("_pretty");
  if (pretty != "" && pretty != "true" && pretty != "false") {
    return base::Invalid("Giá trị của _pretty không hợp lệ.", "_pretty");
  }
  view.pretty = pretty == "true";
  TRY_ASSIGN(view.summary, ParseSummary(query.Get("_summary")));
  for (const std::string_view list : query.FindAll("_elements")) {
    for (std::string_view element : base::Split(list, ',')) {
      // "Patient.name" and "name" mean the same here.
      const size_t dot = element.find('.');
      if (dot != std::string_view::npos) element.remove_prefix(dot + 1);
      if (!element.empty()) view.elements.emplace_back(element);
    }
  }
  return view;
}

base::Result<std::string> Cut(std::string_view body, const View& view) {
  if (view.is_whole()) return std::string(body);
  TRY_ASSIGN(base::Json resource, base::Json::Parse(body, base::kBundleLimits));
  const model::TypeId type = model::FindType(resource["resourceType"].String());
  if (type == model::TypeId::kNone) return std::string(body);
  CutObject(resource, type, view, true);
  TagSubsetted(resource);
  return resource.Dump();
}

base::Result<std::string> Indent(std::string body, const View& view) {
  if (!view.pretty || body.empty()) return body;
  TRY_ASSIGN(const base::Json json, base::Json::Parse(body, base::kBundleLimits));
  return json.DumpIndented();
}

}  // namespace fhir::rest
