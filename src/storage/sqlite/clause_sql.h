// What one clause means in SQL as a filter on a resource already found.
#pragma once

#include <string>

#include "fhir/search/query.h"
#include "storage/sqlite/index_rows.h"
#include "storage/sqlite/sql.h"

namespace storage::sqlite {

// True for those of kMissing, kNot … that say what a resource lacks: they only filter.
bool OnlyFilters(const fhir::search::Clause& clause);

class ClauseCompiler {
 public:
  // A condition on the resource whose rid is the expression `rid`; `clause` must outlive the SQL.
  Sql Filter(const fhir::search::Clause& clause, const Types& types, const std::string& rid);
  std::string NewAlias() { return "a" + std::to_string(++aliases_); }

 private:
  Sql FilterValues(const fhir::search::Clause& clause, const Types& types, const std::string& rid);
  Sql FilterMissing(const fhir::search::Clause& clause, const Types& types, const std::string& rid);
  Sql FilterChain(const fhir::search::Clause& clause, const Types& types, const std::string& rid);
  Sql FilterHas(const fhir::search::Clause& clause, const Types& types, const std::string& rid);
  Sql FilterGroup(const fhir::search::Clause& clause, const Types& types, const std::string& rid);
  Sql FilterByDocument(const fhir::search::Clause& clause, const std::string& rid);

  int aliases_ = 0;
};

}  // namespace storage::sqlite
