#include "fhir/rest/capabilities.h"

#include "fhir/model/definitions.h"
#include "fhir/search/parameter.h"

namespace fhir::rest {
namespace {

using base::Json;

Json Codes(std::initializer_list<const char*> codes) {
  Json list;
  for (const char* code : codes) list.Push(Json::Obj({{"code", code}}));
  return list;
}

Json SearchParameters(model::ResourceType type) {
  Json list = Json::Arr();
  for (const search::Parameter* parameter : search::ParametersOf(type)) {
    list.Push(Json::Obj({{"name", parameter->code},
                         {"definition", parameter->url},
                         {"type", search::Name(parameter->type)}}));
  }
  return list;
}

Json Includes(model::ResourceType type) {
  Json list = Json::Arr();
  for (const search::Parameter* parameter : search::ParametersOf(type)) {
    if (parameter->type != search::ParameterType::kReference) continue;
    list.Push(std::string(Name(type)) + ":" + std::string(parameter->code));
  }
  return list;
}

Json Resource(model::ResourceType type) {
  Json resource = Json::Obj(
      {{"type", Name(type)},
       {"profile", "http://hl7.org/fhir/StructureDefinition/" + std::string(Name(type))}});
  resource.Set("interaction", Codes({"read", "vread", "create", "update", "patch", "delete",
                                     "history-instance", "history-type", "search-type"}));
  resource.Set("versioning", "versioned-update")
      .Set("readHistory", true)
      .Set("updateCreate", true)
      .Set("conditionalCreate", true)
      .Set("conditionalRead", "full-support")
      .Set("conditionalUpdate", true)
      .Set("conditionalDelete", "single");
  resource.Set("referencePolicy", Json::Arr({"literal", "logical", "local"}));
  if (Json includes = Includes(type); includes.size() > 0) {
    resource.Set("searchInclude", std::move(includes));
  }
  resource.Set("searchParam", SearchParameters(type));
  return resource;
}

}  // namespace

Json MakeCapabilities(std::string_view software_version, base::Instant now) {
  Json resources = Json::Arr();
  for (size_t id = 1; id <= model::TypeCount(); ++id) {
    const auto type = model::ToResourceType(static_cast<model::TypeId>(id));
    if (type) resources.Push(Resource(*type));
  }
  Json rest = Json::Obj({{"mode", "server"}, {"resource", std::move(resources)}});
  rest.Set("interaction", Codes({"transaction", "batch", "search-system", "history-system"}));
  return Json::Obj(
      {{"resourceType", "CapabilityStatement"},
       {"status", "active"},
       {"date", now.ToLocal()},
       {"kind", "instance"},
       {"software", Json::Obj({{"name", "Tram"}, {"version", software_version}})},
       {"implementation", Json::Obj({{"description", "Trạm y tế: hồ sơ sức khỏe FHIR R4"}})},
       {"fhirVersion", "4.0.1"},
       {"format", Json::Arr({"json"})},
       {"patchFormat", Json::Arr({"application/json-patch+json"})},
       {"rest", Json::Arr({std::move(rest)})}});
}

}  // namespace fhir::rest
