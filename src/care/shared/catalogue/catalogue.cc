#include "care/shared/catalogue/catalogue.h"

#include <algorithm>

#include "base/check.h"
#include "care/shared/catalogue/import_list.h"
#include "care/shared/catalogue/merge_editions.h"
#include "care/shared/catalogue/starter_data.h"

namespace care::shared {

void Catalogue::WarmUp() const {
  constexpr base::Date kAnyDay{};
  diagnoses.Search("a", kAnyDay, 1);
  drugs.Search("a", kAnyDay, 1);
  services.Search("a", kAnyDay, 1);
  communes.Search("a", kAnyDay, 1);
}

base::Result<std::vector<Edition>> StarterEditions() {
  std::vector<Edition> editions;
  for (ListKind kind : kAllLists) {
    // Rows of the starter lists carry their own dates; none may need this one.
    constexpr base::Date kUnused{.year = 1, .month = 1, .day = 1};
    TRY_ASSIGN(ImportedList imported, ImportFile(kind, StarterData(StarterFile(kind)), kUnused));
    if (!imported.report.issues.empty())
      return base::Internal("starter list " + std::string(Name(kind)));
    base::Date from = {.year = 9999, .month = 12, .day = 31};
    const size_t column = imported.table.Column("valid_from");
    for (const GridRow& row : imported.table.rows) {
      TRY_ASSIGN(const base::Date day, base::Date::ParseIso(row.cells[column]));
      from = std::min(from, day);
    }
    editions.push_back({.kind = kind,
                        .valid_from = from,
                        .source = "starter",
                        .table = std::move(imported.table)});
  }
  return editions;
}

std::shared_ptr<const Catalogue> AssembleCatalogue(std::vector<Edition> editions) {
  const auto table = [&](ListKind kind) { return MergeEditions(kind, editions); };
  auto catalogue = std::make_shared<Catalogue>();
  catalogue->diagnoses = DiagnosisList(table(ListKind::kIcd10));
  catalogue->drugs = DrugList(table(ListKind::kDrugs));
  catalogue->services = ServiceList(table(ListKind::kServices));
  catalogue->analytes = AnalyteList(table(ListKind::kAnalytes));
  catalogue->communes = CodeList(table(ListKind::kCommunes));
  catalogue->ethnicities = CodeList(table(ListKind::kEthnicities));
  catalogue->occupations = CodeList(table(ListKind::kOccupations));
  catalogue->visit_types = CodeList(table(ListKind::kVisitTypes));
  catalogue->departments = CodeList(table(ListKind::kDepartments));
  catalogue->eligibility = EligibilityList(table(ListKind::kEligibility));
  catalogue->parameters = Parameters(table(ListKind::kParameters));
  return catalogue;
}

std::shared_ptr<const Catalogue> StarterCatalogue() {
  auto editions = StarterEditions();
  CHECK(editions.ok());
  return AssembleCatalogue(std::move(editions).value());
}

}  // namespace care::shared
