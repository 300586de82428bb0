#include "storage/sqlite/search_plan.h"

#include <algorithm>
#include <utility>

namespace storage::sqlite {
namespace {

using fhir::search::Clause;
using fhir::search::Form;
using fhir::search::Value;

// Chains cost a walk per found row, so a good plain clause spares us from counting them.
constexpr int64_t kGoodEnough = 50;
// SQLite takes at most 500 terms in a UNION and expressions 1,000 deep.
constexpr size_t kMaxAlternatives = 500;

base::Status CheckSize(const Clause& clause) {
  if (clause.any_of.size() <= kMaxAlternatives && clause.inner.size() <= kMaxAlternatives) {
    return base::Ok();
  }
  return base::Error{base::ErrorCode::kTooLarge,
                     "Điều kiện tìm kiếm có quá nhiều giá trị. Hãy chia thành nhiều lần tìm.",
                     clause.name};
}

}  // namespace

// Plan:
// 1. make a source of every clause that can drive, plain ones first, and count its rows up to a
// limit;
// 2. the one with the fewest rows drives; if all have many, one whose rows come in rid order;
// 3. all others become filters that seek the resource's own rows.
base::Result<Selection> SearchPlanner::Plan(const std::vector<Clause>& clauses, const Types& types,
                                            Wants wants) {
  Selection selection;
  Source best = ScanSource(types);
  const Clause* driver = nullptr;
  const auto better = [&](const Source& source) {
    if (driver == nullptr) {
      return wants == Wants::kAll || source.rows < kManyRows || source.ordered;
    }
    if (source.rows != best.rows) return source.rows < best.rows;
    return source.ordered && !best.ordered;
  };
  for (const Clause& clause : clauses) TRY(CheckSize(clause));
  for (const bool plain : {true, false}) {
    for (const Clause& clause : clauses) {
      if (plain != (clause.kind == Clause::Kind::kValue) || OnlyFilters(clause)) continue;
      if (!plain && driver != nullptr && best.rows <= kGoodEnough) continue;
      TRY_ASSIGN(Source source, MakeSource(clause, types));
      if (!source.usable) continue;
      TRY(Count(source));
      selection.estimates.push_back({.clause = clause.name, .rows = source.rows});
      if (!better(source)) continue;
      best = std::move(source);
      driver = &clause;
    }
  }
  selection.from = std::move(best.from);
  selection.where = std::move(best.where);
  selection.rid = std::move(best.rid);
  selection.ordered = best.ordered;
  selection.unique = best.unique;
  selection.rows = best.rows;
  if (driver != nullptr) selection.driver = driver->name;
  for (Estimate& estimate : selection.estimates) {
    estimate.drives = driver != nullptr && estimate.clause == driver->name;
  }
  for (const Clause& clause : clauses) {
    if (&clause == driver) continue;
    selection.where << " AND " << compiler_.Filter(clause, types, selection.rid);
  }
  return selection;
}

SearchPlanner::Source SearchPlanner::ScanSource(const Types& types) {
  const std::string r = compiler_.NewAlias();
  Source source{.rid = r + ".rid", .ordered = true, .unique = true, .usable = true};
  source.from << "resource " << r
              << (types.size() == 1 ? " INDEXED BY resource_current" : " NOT INDEXED");
  source.where << TypeIs(r, types) << " AND " << r << ".deleted=0";
  return source;
}

base::Status SearchPlanner::Count(Source& source) {
  Sql sql("SELECT count(*) FROM (SELECT 1 FROM ");
  sql << source.from << " WHERE " << source.where << " LIMIT " << kManyRows << ")";
  TRY_ASSIGN(Statement count, sql.Prepare(database_));
  TRY_ASSIGN(const bool row, count.Step());
  source.rows = row ? count.Int(0) : 0;
  return base::Ok();
}

base::Result<SearchPlanner::Source> SearchPlanner::MakeSource(const Clause& clause,
                                                              const Types& types) {
  switch (clause.kind) {
    case Clause::Kind::kValue: return ValueSource(clause, types);
    case Clause::Kind::kChain: return ChainSource(clause, types);
    case Clause::Kind::kHas: return HasSource(clause, types);
    case Clause::Kind::kAny: return AnySource(clause, types);
    case Clause::Kind::kAll: {
      TRY_ASSIGN(Selection inner, Plan(clause.inner, types));
      return Source{.from = std::move(inner.from),
                    .where = std::move(inner.where),
                    .rid = std::move(inner.rid),
                    .ordered = inner.ordered,
                    .unique = inner.unique,
                    .usable = !inner.driver.empty()};
    }
    case Clause::Kind::kMissing:
    case Clause::Kind::kNone: break;
  }
  return Source{};
}

base::Result<SearchPlanner::Source> SearchPlanner::ValueSource(const Clause& clause,
                                                               const Types& types) {
  Source source{.usable = true};
  if (clause.any_of.size() == 1) {
    const std::string a = compiler_.NewAlias();
    std::optional<RowTest> test = TestRows(clause, clause.any_of[0], types, a);
    if (!test.has_value() || !test->drives) return Source{};
    if (test->table == Table::kKey && !test->ordered) {
      TRY_ASSIGN(const Sql one_system, AnySystem(clause, clause.any_of[0], types, a));
      if (!one_system.empty()) {
        test->on << one_system;
        test->ordered = true;
      }
    }
    source.from << TableName(test->table) << " " << a;
    source.where = std::move(test->on);
    source.rid = a + ".rid";
    source.ordered = test->ordered;
    source.unique = test->ordered || test->table == Table::kResource;
    return source;
  }
  // Each value by its own index range; UNION ALL lets counting stop early.
  Sql all("(");
  for (size_t i = 0; i < clause.any_of.size(); ++i) {
    const std::string x = compiler_.NewAlias();
    const std::optional<RowTest> test = TestRows(clause, clause.any_of[i], types, x);
    if (!test.has_value() || !test->drives) return Source{};
    if (i > 0) all << " UNION ALL ";
    all << "SELECT " << x << ".rid AS rid FROM " << TableName(test->table) << " " << x << " WHERE "
        << test->on;
  }
  if (clause.any_of.empty()) return Source{};
  const std::string u = compiler_.NewAlias();
  source.from << all << ") " << u;
  source.where << "1";
  source.rid = u + ".rid";
  return source;
}

// "code" without a system is a range over all systems, in nobody's order. Mostly there is but one:
// then the rows of that system come in rid order. "" when there are several.
base::Result<Sql> SearchPlanner::AnySystem(const Clause& clause, const Value& value,
                                           const Types& types, const std::string& alias) {
  if (types.size() != 1) return Sql();
  std::vector<int64_t> systems;
  const std::string x = compiler_.NewAlias();
  while (systems.size() <= 1) {
    const std::optional<RowTest> test = TestRows(clause, value, types, x);
    Sql sql("SELECT min(");
    sql << x << ".qualifier) FROM index_key " << x << " WHERE " << test->on << " AND " << x
        << ".qualifier>";
    sql.Arg(systems.empty() ? int64_t{-1} : systems.back());
    TRY_ASSIGN(Statement next, sql.Prepare(database_));
    TRY_ASSIGN(const bool row, next.Step());
    if (!row || next.IsNull(0)) break;
    systems.push_back(next.Int(0));
  }
  if (systems.size() != 1) return Sql();
  Sql only(" AND ");
  only << alias << ".qualifier=";
  return only.Arg(systems[0]);
}

// Targets first: their ids lead to the references that name them.
base::Result<SearchPlanner::Source> SearchPlanner::ChainSource(const Clause& clause,
                                                               const Types& types) {
  Source source{.usable = true};
  const std::string u = compiler_.NewAlias();
  Sql all("(");
  for (size_t i = 0; i < clause.types.size(); ++i) {
    const Types target{clause.types[i]};
    TRY_ASSIGN(const Selection inner, Plan(clause.inner, target));
    const std::string t = compiler_.NewAlias(), x = compiler_.NewAlias();
    if (i > 0) all << " UNION ALL ";
    all << "SELECT " << x << ".rid AS rid FROM " << inner.from << " CROSS JOIN resource " << t
        << " CROSS JOIN index_key " << x << " WHERE " << inner.where << " AND " << t
        << ".rid=" << inner.rid << " AND " << x << ".key=" << t << ".id_key AND " << x
        << ".qualifier=" << static_cast<int64_t>(fhir::search::TypeQualifier(target[0])) << " AND "
        << SlotIs(x, *clause.parameter, Form::kValue, types);
  }
  if (clause.types.empty()) return Source{};
  source.from << all << ") " << u;
  source.where << "1";
  source.rid = u + ".rid";
  return source;
}

// The referring resources first: their rows name the ids they refer to.
base::Result<SearchPlanner::Source> SearchPlanner::HasSource(const Clause& clause,
                                                             const Types& types) {
  TRY_ASSIGN(const Selection inner, Plan(clause.inner, clause.types));
  const std::string x = compiler_.NewAlias(), r = compiler_.NewAlias();
  Source source{.rid = r + ".rid", .usable = true};
  source.from << inner.from << " CROSS JOIN index_key " << x
              << " INDEXED BY index_key_by_rid CROSS JOIN resource " << r
              << " INDEXED BY resource_by_id";
  source.where << inner.where << " AND " << x << ".rid=" << inner.rid << " AND "
               << SlotIs(x, *clause.parameter, Form::kValue, clause.types) << " AND "
               << TypeIs(r, types) << " AND " << r << ".id_key=" << x << ".key AND " << x
               << ".qualifier=" << r << ".type+1 AND " << r << ".deleted=0";
  return source;
}

base::Result<SearchPlanner::Source> SearchPlanner::AnySource(const Clause& clause,
                                                             const Types& types) {
  const std::string u = compiler_.NewAlias();
  Sql all("(");
  for (size_t i = 0; i < clause.inner.size(); ++i) {
    if (OnlyFilters(clause.inner[i])) return Source{};
    TRY_ASSIGN(const Source inner, MakeSource(clause.inner[i], types));
    if (!inner.usable) return Source{};
    if (i > 0) all << " UNION ALL ";
    all << "SELECT " << inner.rid << " AS rid FROM " << inner.from << " WHERE " << inner.where;
  }
  if (clause.inner.empty()) return Source{};
  Source source{.rid = u + ".rid", .usable = true};
  source.from << all << ") " << u;
  source.where << "1";
  return source;
}

}  // namespace storage::sqlite
