// The lists of the catalogue and their columns. One schema serves the starter files, imported
// official lists, the CodeSystem in the record and the typed lists built from them.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace care::shared {

enum class ListKind {
  kIcd10,
  kDrugs,
  kServices,
  kAnalytes,
  kCommunes,
  kEthnicities,
  kOccupations,
  kVisitTypes,
  kEligibility,
  kParameters,
  kDepartments,
};
inline constexpr ListKind kAllLists[] = {
    ListKind::kIcd10,       ListKind::kDrugs,       ListKind::kServices,    ListKind::kAnalytes,
    ListKind::kCommunes,    ListKind::kEthnicities, ListKind::kOccupations, ListKind::kVisitTypes,
    ListKind::kEligibility, ListKind::kParameters,  ListKind::kDepartments};

enum class ColumnType {
  kText,
  kFlag,
  kInteger,
  kDecimal,
  kMoney,  // a decimal for which "12.345" is refused: twelve thousand, or twelve and a bit?
  kDate,
};

enum class ColumnRole {
  kPlain,
  kKey,      // identifies what the row is about; with valid_from, the row itself
  kDisplay,  // the Vietnamese name
};

struct Column {
  std::string_view name;
  ColumnType type = ColumnType::kText;
  bool required = false;
  ColumnRole role = ColumnRole::kPlain;
  // What an official list rarely holds (everyday words, specimen, usual dose): when a new edition
  // lacks the column, the value of the edition before it is kept.
  bool carried = false;
};

std::span<const Column> Columns(ListKind kind);

std::string_view Name(ListKind kind);   // "icd10": on the command line
std::string_view Title(ListKind kind);  // "Danh mục bệnh ICD-10"
std::string_view CodeSystemUrl(ListKind kind);
std::string_view StarterFile(ListKind kind);  // "icd10.csv" in data/catalogue
std::optional<ListKind> ListKindFromName(std::string_view name);
std::optional<ListKind> ListKindFromUrl(std::string_view code_system_url);

}  // namespace care::shared
