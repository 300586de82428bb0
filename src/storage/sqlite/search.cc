#include "storage/sqlite/search.h"

#include <optional>
#include <utility>
#include <vector>

#include "storage/sqlite/search_include.h"
#include "storage/sqlite/search_plan.h"
#include "storage/sqlite/search_sort.h"

namespace storage::sqlite {
namespace {

using fhir::search::Query;
using fhir::search::Total;
using fhir::store::SearchPage;

// The types asked for, or those there are any resources of.
base::Result<Types> TypesOf(Database& database, const Query& query) {
  if (!query.types.empty()) return query.types;
  Types types;
  int64_t last = -1;
  while (true) {
    TRY_ASSIGN(Statement next,
               database.Prepare("SELECT min(type) FROM resource WHERE type>? AND deleted=0"));
    TRY_ASSIGN(const bool row, next.Bind(1, last).Step());
    if (!row || next.IsNull(0)) return types;
    last = next.Int(0);
    types.push_back(static_cast<fhir::model::ResourceType>(last));
  }
}

Sql MatchingRids(const Selection& selection) {
  Sql sql(selection.unique ? "SELECT " : "SELECT DISTINCT ");
  return sql << selection.rid << " AS rid FROM " << selection.from << " WHERE " << selection.where;
}

// Nothing drives and only the time of the last change sorts: the index on it is in that order
// already, so the page is read off its end.
bool CanWalkUpdates(const Selection& selection, const Query& query, const Types& types,
                    const std::optional<PagePosition>& after) {
  return selection.driver.empty() && types.size() == 1 && query.sort.size() == 1 &&
         query.sort[0].parameter->code == "_lastUpdated" &&
         (!after.has_value() || std::holds_alternative<int64_t>(after->keys[0]));
}

Sql WalkUpdates(const Selection& selection, const Query& query,
                const std::optional<PagePosition>& after) {
  const std::string r = selection.rid.substr(0, selection.rid.find('.'));
  const bool descending = query.sort[0].descending;
  Sql sql("SELECT " + r + ".rid AS rid," + r + ".updated AS k0 FROM resource " + r +
          " INDEXED BY resource_by_update WHERE ");
  sql << selection.where;
  if (after.has_value()) {
    const int64_t updated = std::get<int64_t>(after->keys[0]);
    sql << " AND " << r << (descending ? ".updated<=" : ".updated>=");
    sql.Arg(updated) << " AND (" << r << ".updated<>";
    sql.Arg(updated) << " OR " << r << ".rid>";
    sql.Arg(after->rid) << ")";
  }
  sql << " ORDER BY " << r << ".updated" << (descending ? " DESC," : ",") << r << ".rid LIMIT ";
  return sql.Arg(static_cast<int64_t>(query.count) + 1);
}

// One row more than a page shows whether there is a next one.
Sql PageStatement(const Selection& selection, const Query& query, const Types& types,
                  const std::optional<PagePosition>& after) {
  const auto limit = static_cast<int64_t>(query.count) + 1;
  if (query.sort.empty()) {
    Sql sql = MatchingRids(selection);
    if (after.has_value()) {
      sql << " AND " << selection.rid << ">";
      sql.Arg(after->rid);
    }
    sql << " ORDER BY " << selection.rid << " LIMIT ";
    return sql.Arg(limit);
  }
  if (CanWalkUpdates(selection, query, types, after)) return WalkUpdates(selection, query, after);
  Sql sql("SELECT * FROM (SELECT m.rid AS rid");
  for (size_t i = 0; i < query.sort.size(); ++i) {
    sql << "," << SortExpression(query.sort[i], types, "m.rid") << " AS k"
        << static_cast<int64_t>(i);
  }
  sql << " FROM (" << MatchingRids(selection) << ") m)";
  if (after.has_value()) sql << " WHERE " << AfterPosition(query.sort, *after);
  sql << OrderBy(query.sort) << " LIMIT ";
  return sql.Arg(limit);
}

SqlValue ColumnValue(const Statement& row, int column) {
  switch (row.Kind(column)) {
    case Statement::ColumnKind::kNull: return SqlNull{};
    case Statement::ColumnKind::kInteger: return row.Int(column);
    case Statement::ColumnKind::kReal: return row.Real(column);
    case Statement::ColumnKind::kText: return std::string(row.Text(column));
    case Statement::ColumnKind::kBlob: return SqlBlob{std::string(row.Blob(column))};
  }
  return SqlNull{};
}

base::Result<int64_t> CountAll(Database& database, const Selection& selection) {
  Sql sql("SELECT count(*) FROM (");
  sql << MatchingRids(selection) << ")";
  TRY_ASSIGN(Statement count, sql.Prepare(database));
  TRY_ASSIGN(const bool row, count.Step());
  return row ? count.Int(0) : 0;
}

struct FoundRids {
  std::vector<int64_t> rids;
  std::string next_page;
};

base::Result<FoundRids> FindRids(Database& database, const Query& query, const Sql& sql) {
  FoundRids found;
  PagePosition last;
  TRY_ASSIGN(Statement rows, sql.Prepare(database));
  while (true) {
    TRY_ASSIGN(const bool row, rows.Step());
    if (!row) return found;
    if (found.rids.size() == query.count) {
      found.next_page = MakePageToken(last);
      return found;
    }
    last.rid = rows.Int(0);
    last.keys.clear();
    for (size_t i = 0; i < query.sort.size(); ++i) {
      last.keys.push_back(ColumnValue(rows, static_cast<int>(i) + 1));
    }
    found.rids.push_back(last.rid);
  }
}

struct Prepared {
  Types types;
  Selection selection;
  std::optional<PagePosition> after;
};

base::Result<Prepared> PlanSearch(Database& database, const Query& query) {
  Prepared prepared;
  TRY_ASSIGN(prepared.types, TypesOf(database, query));
  if (prepared.types.empty()) return prepared;
  if (!query.page.empty()) {
    TRY_ASSIGN(prepared.after, ParsePagePosition(query.page, query.sort.size()));
  }
  SearchPlanner planner(database);
  TRY_ASSIGN(prepared.selection, planner.Plan(query.clauses, prepared.types,
                                              query.sort.empty() ? SearchPlanner::Wants::kFirstPage
                                                                 : SearchPlanner::Wants::kAll));
  return prepared;
}

}  // namespace

base::Result<SearchPage> RunSearch(Database& database, const BodyCodec& codec, const Query& query) {
  TRY_ASSIGN(const Prepared prepared, PlanSearch(database, query));
  SearchPage page;
  const bool count = query.total != Total::kNone || query.count == 0;
  if (count) page.total = 0;
  if (prepared.types.empty()) return page;
  if (count) {
    TRY_ASSIGN(page.total, CountAll(database, prepared.selection));
  }
  if (query.count == 0) return page;
  const Sql sql = PageStatement(prepared.selection, query, prepared.types, prepared.after);
  TRY_ASSIGN(FoundRids found, FindRids(database, query, sql));
  page.next_page = std::move(found.next_page);
  page.matches.reserve(found.rids.size());
  for (const int64_t rid : found.rids) {
    TRY_ASSIGN(fhir::store::Stored stored, ReadByRid(database, codec, rid));
    page.matches.push_back(std::move(stored));
  }
  TRY_ASSIGN(page.included, FindIncluded(database, codec, query, found.rids));
  return page;
}

base::Result<bool> AnyMatch(Database& database, const Query& query) {
  Query first = query;
  first.sort.clear();
  first.page.clear();
  first.count = 1;
  TRY_ASSIGN(const Prepared prepared, PlanSearch(database, first));
  if (prepared.types.empty()) return false;
  const Sql sql = PageStatement(prepared.selection, first, prepared.types, std::nullopt);
  TRY_ASSIGN(const FoundRids found, FindRids(database, first, sql));
  return !found.rids.empty();
}

base::Result<base::Json> ExplainSearch(Database& database, const BodyCodec& /*codec*/,
                                       const Query& query) {
  TRY_ASSIGN(const Prepared prepared, PlanSearch(database, query));
  base::Json plan = base::Json::Obj({{"store", "sqlite"}});
  if (prepared.types.empty()) return plan;
  const Selection& selection = prepared.selection;
  plan.Set("driver", selection.driver.empty() ? "walk over the types" : selection.driver);
  plan.Set("ordered", selection.ordered);
  base::Json clauses = base::Json::Arr();
  for (const Estimate& each : selection.estimates) {
    clauses.Push(base::Json::Obj({{"clause", each.clause},
                                  {"rows", each.rows},
                                  {"atLeast", each.rows == kManyRows},
                                  {"drives", each.drives}}));
  }
  plan.Set("clauses", std::move(clauses));
  const Sql sql = PageStatement(selection, query, prepared.types, prepared.after);
  plan.Set("sql", sql.text());
  Sql explain("EXPLAIN QUERY PLAN ");
  explain << sql;
  TRY_ASSIGN(Statement rows, explain.Prepare(database));
  base::Json steps = base::Json::Arr();
  while (true) {
    TRY_ASSIGN(const bool row, rows.Step());
    if (!row) break;
    steps.Push(base::Json(rows.Text(3)));
  }
  plan.Set("steps", std::move(steps));
  return plan;
}

}  // namespace storage::sqlite
