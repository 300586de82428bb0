#include "care/shared/catalogue/list_schema.h"

#include <array>

#include "base/check.h"

namespace care::shared {
namespace {

using enum ColumnType;

constexpr Column kValidFrom{.name = "valid_from", .type = kDate, .required = true};
constexpr Column kValidTo{.name = "valid_to", .type = kDate};
constexpr Column kCodeColumn{.name = "code", .required = true, .role = ColumnRole::kKey};
constexpr Column kNameVi{.name = "name_vi", .required = true, .role = ColumnRole::kDisplay};
constexpr Column kNameEn{.name = "name_en", .carried = true};
constexpr Column kSynonyms{.name = "synonyms", .carried = true};

constexpr auto kIcd10Columns =
    std::to_array<Column>({kCodeColumn,
                           kNameVi,
                           kNameEn,
                           {"not_main", kFlag},
                           {"discouraged_main", kFlag},
                           {"finer_code_exists", kFlag},
                           {"death_only", kFlag},
                           {"female_only", kFlag},
                           {"male_only", kFlag},
                           {.name = "chronic", .type = kFlag, .carried = true},
                           kSynonyms,
                           kValidFrom,
                           kValidTo,
                           {"flags_from", kDate}});

constexpr auto kDrugColumns =
    std::to_array<Column>({kCodeColumn,
                           {.name = "active_substance", .required = true},
                           {"active_substance_code"},
                           {.name = "brand", .required = true, .role = ColumnRole::kDisplay},
                           {"strength"},
                           {"dosage_form"},
                           {.name = "unit", .required = true},
                           {"route_code"},
                           {"route_name"},
                           {"registration_number"},
                           {"group", kInteger},
                           {.name = "price", .type = kMoney, .required = true},
                           {"insurance_ratio", kInteger},
                           {"tender"},
                           {.name = "prescription_kind", .carried = true},
                           {.name = "max_days", .type = kInteger, .carried = true},
                           {.name = "usual_dose", .carried = true},
                           {.name = "dose_unit", .carried = true},
                           {.name = "atc", .carried = true},
                           kValidFrom,
                           kValidTo});

constexpr auto kServiceColumns =
    std::to_array<Column>({kCodeColumn,
                           kNameVi,
                           kNameEn,
                           {"group", kInteger},
                           {.name = "price_self_pay", .type = kMoney, .required = true},
                           {"price_insurance", kMoney},
                           {"insurance_ratio", kInteger},
                           {.name = "room", .carried = true},
                           {.name = "specimen", .carried = true},
                           {.name = "needs_machine", .type = kFlag, .carried = true},
                           kSynonyms,
                           kValidFrom,
                           kValidTo});

constexpr auto kAnalyteColumns =
    std::to_array<Column>({{.name = "service_code", .required = true, .role = ColumnRole::kKey},
                           kCodeColumn,
                           {"loinc"},
                           kNameVi,
                           kNameEn,
                           {"unit"},
                           {.name = "kind", .required = true},
                           {.name = "sex", .role = ColumnRole::kKey},
                           {.name = "age_from", .role = ColumnRole::kKey},
                           {"age_to"},
                           {"low", kDecimal},
                           {"high", kDecimal},
                           {"critical_low", kDecimal},
                           {"critical_high", kDecimal},
                           {"plausible_low", kDecimal},
                           {"plausible_high", kDecimal},
                           {"decimals", kInteger},
                           {"options"},
                           kValidFrom,
                           kValidTo});

constexpr auto kCommuneColumns =
    std::to_array<Column>({kCodeColumn,
                           {.name = "name", .required = true, .role = ColumnRole::kDisplay},
                           {"kind"},
                           {.name = "province_code", .required = true},
                           {"province_name"},
                           kValidFrom,
                           kValidTo});

constexpr auto kEthnicityColumns =
    std::to_array<Column>({kCodeColumn,
                           {.name = "name", .required = true, .role = ColumnRole::kDisplay},
                           kNameEn,
                           kValidFrom,
                           kValidTo});

constexpr auto kOccupationColumns = std::to_array<Column>(
    {kCodeColumn, kNameVi, kNameEn, {"unverified", kFlag}, kValidFrom, kValidTo});

constexpr auto kCodeColumns =
    std::to_array<Column>({kCodeColumn, kNameVi, kNameEn, kValidFrom, kValidTo});

constexpr auto kEligibilityColumns =
    std::to_array<Column>({kCodeColumn,
                           {.name = "order", .type = kInteger, .required = true},
                           kNameVi,
                           kNameEn,
                           {"rate_outpatient", kInteger},
                           {"rate_inpatient", kInteger},
                           {"whatever_the_card", kFlag},
                           {"by_case", kFlag},
                           kValidFrom,
                           kValidTo});

constexpr auto kParameterColumns =
    std::to_array<Column>({{.name = "key", .required = true, .role = ColumnRole::kKey},
                           {.name = "value", .type = kMoney, .required = true},
                           {"unit"},
                           {"source"},
                           kValidFrom,
                           kValidTo});

struct ListFacts {
  std::string_view name;
  std::string_view title;
  std::string_view url;
  std::string_view file;
};

ListFacts FactsOf(ListKind kind) {
  switch (kind) {
    case ListKind::kIcd10:
      return {"icd10", "Danh mục mã bệnh ICD-10", "https://tram.health/fhir/CodeSystem/icd-10-vn",
              "icd10.csv"};
    case ListKind::kDrugs:
      return {"drugs", "Danh mục thuốc", "https://tram.health/fhir/CodeSystem/drug", "drugs.csv"};
    case ListKind::kServices:
      return {"services", "Danh mục dịch vụ kỹ thuật",
              "https://tram.health/fhir/CodeSystem/service", "services.csv"};
    case ListKind::kAnalytes:
      return {"analytes", "Danh mục chỉ số xét nghiệm",
              "https://tram.health/fhir/CodeSystem/analyte", "analytes.csv"};
    case ListKind::kCommunes:
      return {"communes", "Danh mục đơn vị hành chính cấp xã",
              "https://tram.health/fhir/CodeSystem/commune", "communes.csv"};
    case ListKind::kEthnicities:
      return {"ethnicities", "Danh mục dân tộc", "https://tram.health/fhir/CodeSystem/ethnicity",
              "ethnicities.csv"};
    case ListKind::kOccupations:
      return {"occupations", "Danh mục nghề nghiệp",
              "https://tram.health/fhir/CodeSystem/occupation", "occupations.csv"};
    case ListKind::kVisitTypes:
      return {"visit_types", "Danh mục loại hình khám chữa bệnh",
              "https://tram.health/fhir/CodeSystem/visit-type", "visit_types.csv"};
    case ListKind::kEligibility:
      return {"eligibility", "Danh mục đối tượng đến khám chữa bệnh",
              "https://tram.health/fhir/CodeSystem/eligibility", "eligibility.csv"};
    case ListKind::kParameters:
      return {"parameters", "Tham số theo thời gian",
              "https://tram.health/fhir/CodeSystem/parameter", "parameters.csv"};
    case ListKind::kDepartments:
      return {"departments", "Danh mục khoa phòng",
              "https://tram.health/fhir/CodeSystem/department", "departments.csv"};
  }
  CHECK(false);
  return {};
}

}  // namespace

std::span<const Column> Columns(ListKind kind) {
  switch (kind) {
    case ListKind::kIcd10: return kIcd10Columns;
    case ListKind::kDrugs: return kDrugColumns;
    case ListKind::kServices: return kServiceColumns;
    case ListKind::kAnalytes: return kAnalyteColumns;
    case ListKind::kCommunes: return kCommuneColumns;
    case ListKind::kEthnicities: return kEthnicityColumns;
    case ListKind::kOccupations: return kOccupationColumns;
    case ListKind::kVisitTypes: return kCodeColumns;
    case ListKind::kEligibility: return kEligibilityColumns;
    case ListKind::kParameters: return kParameterColumns;
    case ListKind::kDepartments: return kCodeColumns;
  }
  CHECK(false);
  return {};
}

std::string_view Name(ListKind kind) { return FactsOf(kind).name; }
std::string_view Title(ListKind kind) { return FactsOf(kind).title; }
std::string_view CodeSystemUrl(ListKind kind) { return FactsOf(kind).url; }
std::string_view StarterFile(ListKind kind) { return FactsOf(kind).file; }

std::optional<ListKind> ListKindFromName(std::string_view name) {
  for (ListKind kind : kAllLists) {
    if (Name(kind) == name) return kind;
  }
  return std::nullopt;
}

std::optional<ListKind> ListKindFromUrl(std::string_view code_system_url) {
  for (ListKind kind : kAllLists) {
    if (CodeSystemUrl(kind) == code_system_url) return kind;
  }
  return std::nullopt;
}

}  // namespace care::shared
