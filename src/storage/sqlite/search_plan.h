// Which clause of a search finds the resources and which only filter them: the most selective one
// drives, as found by counting a few index rows of each before the search runs.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "fhir/search/query.h"
#include "storage/sqlite/clause_sql.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/sql.h"

namespace storage::sqlite {

// Counting stops here: beyond it a clause is merely "many".
inline constexpr int64_t kManyRows = 2'000;

struct Estimate {
  std::string clause;
  int64_t rows = 0;  // kManyRows = at least as many
  bool drives = false;
};

// The FROM and WHERE of a statement that yields every matching resource's rid as `rid`.
struct Selection {
  Sql from;
  Sql where;
  std::string rid;       // the expression, "a1.rid"
  bool ordered = false;  // rid order comes from an index: a LIMIT stops early
  bool unique = false;
  int64_t rows = kManyRows;         // what the driving clause was estimated at
  std::string driver;               // the driving clause; "" = a walk over the types
  std::vector<Estimate> estimates;  // for Explain
};

class SearchPlanner {
 public:
  explicit SearchPlanner(Database& database) : database_(database) {}

  // kFirstPage: rows are wanted in rid order and few of them, so one that yields that order wins
  // over one that has to collect many rows first.
  enum class Wants { kAll, kFirstPage };
  // The clauses must outlive the selection.
  base::Result<Selection> Plan(const std::vector<fhir::search::Clause>& clauses, const Types& types,
                               Wants wants = Wants::kAll);
  ClauseCompiler& compiler() { return compiler_; }

 private:
  struct Source {
    Sql from;
    Sql where;
    std::string rid;
    bool ordered = false;
    bool unique = false;
    int64_t rows = kManyRows;
    bool usable = false;
  };
  base::Result<Source> MakeSource(const fhir::search::Clause& clause, const Types& types);
  base::Result<Source> ValueSource(const fhir::search::Clause& clause, const Types& types);
  base::Result<Source> ChainSource(const fhir::search::Clause& clause, const Types& types);
  base::Result<Source> HasSource(const fhir::search::Clause& clause, const Types& types);
  base::Result<Source> AnySource(const fhir::search::Clause& clause, const Types& types);
  Source ScanSource(const Types& types);
  base::Status Count(Source& source);
  base::Result<Sql> AnySystem(const fhir::search::Clause& clause, const fhir::search::Value& value,
                              const Types& types, const std::string& alias);

  Database& database_;
  ClauseCompiler compiler_;
};

}  // namespace storage::sqlite
