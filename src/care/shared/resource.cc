#include "care/shared/resource.h"

namespace care::shared {

using base::Json;

Json Coding(std::string_view system, std::string_view code, std::string_view display) {
  Json coding = Json::Obj({{"system", system}, {"code", code}});
  coding.SetIf("display", display);
  return coding;
}

Json Concept(std::string_view system, std::string_view code, std::string_view display) {
  Json result = Json::Obj({{"coding", Json::Arr({Coding(system, code, display)})}});
  result.SetIf("text", display);
  return result;
}

Json Reference(std::string_view reference, std::string_view display) {
  Json result = Json::Obj({{"reference", reference}});
  result.SetIf("display", display);
  return result;
}

Json Identifier(std::string_view system, std::string_view value) {
  return Json::Obj({{"system", system}, {"value", value}});
}

Json Quantity(std::string_view number, std::string_view unit, std::string_view ucum) {
  return Json::Obj({{"value", Json::NumberText(std::string(number))},
                    {"unit", unit},
                    {"system", "http://unitsofmeasure.org"},
                    {"code", ucum.empty() ? unit : ucum}});
}

Json VndMoney(const base::Decimal& amount) {
  return Json::Obj({{"value", amount}, {"currency", "VND"}});
}

std::string IdentifierValue(const Json& resource, std::string_view system) {
  const Json& identifiers = resource["identifier"];
  if (identifiers.IsObject()) {
    return identifiers["system"].String() == system ? identifiers["value"].String() : "";
  }
  for (const Json& identifier : identifiers.Items()) {
    if (identifier["system"].String() == system) return identifier["value"].String();
  }
  return {};
}

void SetIdentifier(Json& resource, std::string_view system, std::string_view value) {
  Json& identifiers = resource.Slot("identifier");
  std::erase_if(identifiers.MutableItems(), [&](const Json& identifier) {
    return identifier["system"].String() == system;
  });
  if (!value.empty()) identifiers.Push(Identifier(system, value));
  if (identifiers.size() == 0) resource.Erase("identifier");
}

namespace {
const Json& CodingIn(const Json& concept_json, std::string_view system) {
  for (const Json& coding : concept_json["coding"].Items()) {
    if (coding["system"].String() == system) return coding;
  }
  return concept_json["no such member"];
}
}  // namespace

std::string CodeIn(const Json& concept_json, std::string_view system) {
  return CodingIn(concept_json, system)["code"].String();
}

std::string DisplayIn(const Json& concept_json, std::string_view system) {
  const std::string& display = CodingIn(concept_json, system)["display"].String();
  return display.empty() ? concept_json["text"].String() : display;
}

const Json& ExtensionValue(const Json& element, std::string_view url) {
  for (const Json& extension : element["extension"].Items()) {
    if (extension["url"].String() != url) continue;
    for (const Json::Member& member : extension.Members()) {
      if (member.first.starts_with("value")) return member.second;
    }
  }
  return element["no such member"];
}

std::string ExtensionText(const Json& element, std::string_view url) {
  return ExtensionValue(element, url).String();
}

bool ExtensionFlag(const Json& element, std::string_view url) {
  return ExtensionValue(element, url).Bool();
}

base::Decimal ExtensionDecimal(const Json& element, std::string_view url) {
  const Json& value = ExtensionValue(element, url);
  return DecimalOf(value.IsObject() ? value["value"] : value);
}

void SetExtension(Json& element, std::string_view url, std::string_view member, Json value) {
  Json& extensions = element.Slot("extension");
  std::erase_if(extensions.MutableItems(),
                [&](const Json& extension) { return extension["url"].String() == url; });
  const bool empty = value.IsNull() || (value.IsString() && value.String().empty());
  if (!empty) {
    Json extension = Json::Obj({{"url", url}});
    extension.Set(member, std::move(value));
    extensions.Push(std::move(extension));
  }
  if (extensions.size() == 0) element.Erase("extension");
}

std::string ReferenceId(std::string_view reference) {
  const size_t slash = reference.rfind('/');
  return std::string(slash == std::string_view::npos ? reference : reference.substr(slash + 1));
}

std::string ReferenceOf(const Json& reference_element) {
  return reference_element["reference"].String();
}

std::optional<base::Instant> MomentOf(const Json& date_time) {
  auto moment = base::Instant::Parse(date_time.String());
  if (!moment.ok()) return std::nullopt;
  return *moment;
}

std::optional<base::Date> DateOf(std::string_view text) {
  std::string full(text.substr(0, 10));
  if (full.size() == 4) full += "-01";
  if (full.size() == 7) full += "-01";
  auto date = base::Date::ParseIso(full);
  if (!date.ok()) return std::nullopt;
  return *date;
}

base::Decimal DecimalOf(const Json& number) {
  auto decimal = base::Decimal::Parse(number.NumberText());
  return decimal.ok() ? *decimal : base::Decimal(0);
}

}  // namespace care::shared
