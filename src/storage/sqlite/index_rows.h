// How a searched value stands in the index tables: which table, and the condition on its rows.
// Semantics are those of fhir/search/match.cc; docs/formats/store.md has the tables.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/model/resource_type.h"
#include "fhir/search/index_entries.h"
#include "fhir/search/query.h"
#include "storage/sqlite/sql.h"

namespace storage::sqlite {

using Types = std::vector<fhir::model::ResourceType>;

enum class Table { kKey, kText, kDate, kNumber, kResource };

// The rows of one table that show one searched value.
struct RowTest {
  Table table{};
  Sql on;                // over the table's alias, slot included
  bool drives = true;    // a range the table's own order answers; else a walk over the whole slot
  bool ordered = false;  // its rows come in the order of rid, each rid once
};

// How a clause value stands in the index; nullopt when only the document can tell (composites,
// distances, texts longer than the index keeps).
std::optional<RowTest> TestRows(const fhir::search::Clause& clause,
                                const fhir::search::Value& value, const Types& types,
                                const std::string& alias);

// "x.slot=17" or "x.slot IN (17,18)".
Sql SlotIs(const std::string& alias, const fhir::search::Parameter& parameter,
           fhir::search::Form form, const Types& types);
// "x.type=103" or "x.type IN (103,104)".
Sql TypeIs(const std::string& alias, const Types& types);
std::string_view TableName(Table table);
std::string_view RidIndexName(Table table);  // "" where the table itself is by rid

}  // namespace storage::sqlite
