#include "care/shared/catalogue/code_system.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "base/time.h"

namespace care::shared {
namespace {

// A concept takes at most some 1.5 kB, so a part stays below the 5 MiB of a resource.
constexpr size_t kConceptsPerPart = 3'000;
// https://hl7.org/fhir/R4/extension-resource-effectiveperiod.html
constexpr std::string_view kEffectivePeriod =
    "http://hl7.org/fhir/StructureDefinition/resource-effectivePeriod";
constexpr std::string_view kPropertyBase = "https://tram.health/fhir/catalogue/property#";
constexpr std::string_view kSourceExtension =
    "https://tram.health/fhir/StructureDefinition/catalogue-source";

std::string_view FhirType(ColumnType type) {
  switch (type) {
    case ColumnType::kText: return "string";
    case ColumnType::kFlag: return "boolean";
    case ColumnType::kInteger: return "integer";
    case ColumnType::kDecimal:
    case ColumnType::kMoney: return "decimal";
    case ColumnType::kDate: return "dateTime";
  }
  return "string";
}

std::string_view ValueName(ColumnType type) {
  switch (type) {
    case ColumnType::kText: return "valueString";
    case ColumnType::kFlag: return "valueBoolean";
    case ColumnType::kInteger: return "valueInteger";
    case ColumnType::kDecimal:
    case ColumnType::kMoney: return "valueDecimal";
    case ColumnType::kDate: return "valueDateTime";
  }
  return "valueString";
}

base::Json ToValue(ColumnType type, const std::string& cell) {
  switch (type) {
    case ColumnType::kFlag: return base::Json(cell == "1");
    case ColumnType::kInteger:
    case ColumnType::kDecimal:
    case ColumnType::kMoney: return base::Json::NumberText(cell);
    case ColumnType::kText:
    case ColumnType::kDate: return base::Json(cell);
  }
  return {};
}

std::string FromValue(ColumnType type, const base::Json& value) {
  switch (type) {
    case ColumnType::kFlag: return value.Bool() ? "1" : "";
    case ColumnType::kInteger:
    case ColumnType::kDecimal:
    case ColumnType::kMoney: return std::string(value.NumberText());
    case ColumnType::kText:
    case ColumnType::kDate: return value.String();
  }
  return {};
}

std::string KeyOf(ListKind kind, const GridRow& row) {
  const auto columns = Columns(kind);
  std::string key;
  bool first = true;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].role != ColumnRole::kKey) continue;
    if (!first) key += '|';
    key += row.cells[i];
    first = false;
  }
  return key;
}

base::Json ConceptOf(ListKind kind, const GridRow& row, std::string code) {
  const auto columns = Columns(kind);
  base::Json concept_json = base::Json::Obj({{"code", std::move(code)}});
  base::Json properties;
  for (size_t i = 0; i < columns.size(); ++i) {
    const std::string& cell = row.cells[i];
    if (cell.empty()) continue;
    if (columns[i].role == ColumnRole::kDisplay) {
      concept_json.Set("display", cell);
      continue;
    }
    properties.Push(base::Json::Obj(
        {{"code", columns[i].name},
         {std::string(ValueName(columns[i].type)), ToValue(columns[i].type, cell)}}));
  }
  if (!properties.IsNull()) concept_json.Set("property", std::move(properties));
  return concept_json;
}

base::Json PropertyDefinitions(ListKind kind) {
  base::Json definitions;
  for (const Column& column : Columns(kind)) {
    if (column.role == ColumnRole::kDisplay) continue;
    definitions.Push(
        base::Json::Obj({{"code", column.name},
                         {"uri", std::string(kPropertyBase) + std::string(column.name)},
                         {"type", FhirType(column.type)}}));
  }
  return definitions;
}

base::Json EmptyPart(const Edition& edition, size_t part, size_t parts) {
  const std::string from = edition.valid_from.ToIso();
  base::Json resource = base::Json::Obj({{"resourceType", "CodeSystem"}});
  resource.Set(
      "extension",
      base::Json::Arr({base::Json::Obj(
          {{"url", kEffectivePeriod}, {"valuePeriod", base::Json::Obj({{"start", from}})}})}));
  if (!edition.source.empty()) {
    resource.Slot("extension")
        .Push(base::Json::Obj({{"url", kSourceExtension}, {"valueString", edition.source}}));
  }
  resource.Set("url", CodeSystemUrl(edition.kind));
  resource.Set("version", parts == 1 ? from : from + "." + std::to_string(part + 1));
  resource.Set("name", Name(edition.kind));
  resource.Set("title", Title(edition.kind));
  resource.Set("status", "active");
  resource.Set("caseSensitive", true);
  resource.Set("content", parts == 1 ? "complete" : "fragment");
  resource.Set("count", edition.table.rows.size());
  resource.Set("property", PropertyDefinitions(edition.kind));
  return resource;
}

base::Result<GridRow> RowOf(ListKind kind, const base::Json& concept_json) {
  const auto columns = Columns(kind);
  GridRow row{.line = 0, .cells = std::vector<std::string>(columns.size())};
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].role == ColumnRole::kDisplay) row.cells[i] = concept_json["display"].String();
  }
  for (const base::Json& property : concept_json["property"].Items()) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (property["code"].String() != columns[i].name) continue;
      row.cells[i] = FromValue(columns[i].type, property[ValueName(columns[i].type)]);
    }
  }
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].required && row.cells[i].empty()) {
      return base::Internal("catalogue concept without " + std::string(columns[i].name));
    }
  }
  return row;
}

std::string_view ExtensionText(const base::Json& resource, std::string_view url,
                               std::string_view path) {
  for (const base::Json& extension : resource["extension"].Items()) {
    if (extension["url"].String() == url) return extension.At(path).String();
  }
  return {};
}

}  // namespace

std::vector<base::Json> ToCodeSystems(const Edition& edition) {
  const auto& rows = edition.table.rows;
  const size_t from_column = edition.table.Column("valid_from");
  std::map<std::string, std::string> last;  // key -> the latest valid_from
  for (const GridRow& row : rows) {
    std::string& latest = last[KeyOf(edition.kind, row)];
    latest = std::max(latest, row.cells[from_column]);
  }
  const size_t parts = std::max<size_t>(1, (rows.size() + kConceptsPerPart - 1) / kConceptsPerPart);
  std::vector<base::Json> resources;
  for (size_t part = 0; part < parts; ++part) {
    base::Json concepts;
    const size_t end = std::min(rows.size(), (part + 1) * kConceptsPerPart);
    for (size_t i = part * kConceptsPerPart; i < end; ++i) {
      std::string code = KeyOf(edition.kind, rows[i]);
      const std::string& from = rows[i].cells[from_column];
      if (from != last[code]) code += "@" + from;
      concepts.Push(ConceptOf(edition.kind, rows[i], std::move(code)));
    }
    base::Json resource = EmptyPart(edition, part, parts);
    if (!concepts.IsNull()) resource.Set("concept", std::move(concepts));
    resources.push_back(std::move(resource));
  }
  return resources;
}

base::Result<std::vector<Edition>> FromCodeSystems(const std::vector<base::Json>& resources) {
  // (valid_from, kind) -> edition; parts of one edition in the order of their version.
  std::map<std::pair<base::Date, ListKind>, Edition> editions;
  std::vector<const base::Json*> ordered;
  for (const base::Json& resource : resources) {
    if (resource["status"].String() == "active") ordered.push_back(&resource);
  }
  std::stable_sort(ordered.begin(), ordered.end(), [](const base::Json* a, const base::Json* b) {
    const std::string& left = (*a)["version"].String();
    const std::string& right = (*b)["version"].String();
    return left.size() != right.size() ? left.size() < right.size() : left < right;
  });
  for (const base::Json* resource : ordered) {
    const auto kind = ListKindFromUrl((*resource)["url"].String());
    if (!kind) continue;
    auto from =
        base::Date::ParseIso(ExtensionText(*resource, kEffectivePeriod, "valuePeriod.start"));
    if (!from.ok()) return base::Internal("catalogue edition without a period");
    Edition& edition = editions[{*from, *kind}];
    edition.kind = *kind;
    edition.valid_from = *from;
    edition.source = std::string(ExtensionText(*resource, kSourceExtension, "valueString"));
    if (edition.table.columns.empty()) {
      for (const Column& column : Columns(*kind)) edition.table.columns.emplace_back(column.name);
    }
    for (const base::Json& concept_json : (*resource)["concept"].Items()) {
      TRY_ASSIGN(GridRow row, RowOf(*kind, concept_json));
      edition.table.rows.push_back(std::move(row));
    }
  }
  std::vector<Edition> out;
  for (auto& [key, edition] : editions) out.push_back(std::move(edition));
  return out;
}

}  // namespace care::shared
