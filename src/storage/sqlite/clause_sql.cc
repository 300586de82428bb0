#include "storage/sqlite/clause_sql.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace storage::sqlite {
namespace {

using fhir::search::Clause;
using fhir::search::Form;
using fhir::search::Modifier;
using fhir::search::Parameter;
using fhir::search::ParameterType;
using fhir::search::TypeQualifier;
using fhir::search::Value;

// A bare 0 in the WHERE would make SQLite refuse an INDEXED BY it no longer needs.
Sql Never(const std::string& rid) { return Sql(rid + "<0"); }

Sql Exists(Table table, const std::string& alias, const std::string& rid) {
  Sql sql("EXISTS(SELECT 1 FROM ");
  sql << TableName(table) << " " << alias;
  if (!RidIndexName(table).empty()) sql << " INDEXED BY " << RidIndexName(table);
  return sql << " WHERE " << alias << ".rid=" << rid << " AND ";
}

}  // namespace

bool OnlyFilters(const Clause& clause) {
  switch (clause.kind) {
    case Clause::Kind::kValue:
      return clause.modifier == Modifier::kNot || clause.modifier == Modifier::kNotIn;
    case Clause::Kind::kMissing:
    case Clause::Kind::kNone: return true;
    case Clause::Kind::kChain:
    case Clause::Kind::kHas: return false;
    case Clause::Kind::kAll: return std::ranges::all_of(clause.inner, OnlyFilters);
    case Clause::Kind::kAny: return std::ranges::any_of(clause.inner, OnlyFilters);
  }
  return true;
}

Sql ClauseCompiler::Filter(const Clause& clause, const Types& types, const std::string& rid) {
  switch (clause.kind) {
    case Clause::Kind::kValue: {
      if (!OnlyFilters(clause)) return FilterValues(clause, types, rid);
      Sql sql("NOT ");
      return sql << FilterValues(clause, types, rid);
    }
    case Clause::Kind::kMissing: return FilterMissing(clause, types, rid);
    case Clause::Kind::kChain: return FilterChain(clause, types, rid);
    case Clause::Kind::kHas: return FilterHas(clause, types, rid);
    case Clause::Kind::kAll:
    case Clause::Kind::kAny:
    case Clause::Kind::kNone: return FilterGroup(clause, types, rid);
  }
  return Never(rid);
}

// Always in parentheses.
Sql ClauseCompiler::FilterValues(const Clause& clause, const Types& types, const std::string& rid) {
  std::map<Table, std::pair<std::string, Sql>> by_table;  // alias and alternatives
  for (const Value& value : clause.any_of) {
    const std::optional<RowTest> shape = TestRows(clause, value, types, "x");
    if (!shape.has_value()) {
      // tram_matches undoes its :not itself, and looks at all values at once.
      Sql sql(OnlyFilters(clause) ? "(NOT " : "(");
      return sql << FilterByDocument(clause, rid) << ")";
    }
    auto found = by_table.find(shape->table);
    if (found == by_table.end()) {
      found = by_table.emplace(shape->table, std::pair(NewAlias(), Sql())).first;
    }
    auto& [alias, alternatives] = found->second;
    if (!alternatives.empty()) alternatives << " OR ";
    alternatives << "(" << TestRows(clause, value, types, alias)->on << ")";
  }
  if (by_table.empty()) return Sql("(" + rid + "<0)");
  Sql sql("(");
  bool first = true;
  for (const auto& [table, rows] : by_table) {
    if (!first) sql << " OR ";
    first = false;
    sql << Exists(table, rows.first, rid) << "(" << rows.second << "))";
  }
  return sql << ")";
}

Sql ClauseCompiler::FilterByDocument(const Clause& clause, const std::string& rid) {
  const std::string x = NewAlias();
  Sql sql("tram_matches((SELECT " + x + ".body FROM resource " + x + " WHERE " + x + ".rid=" + rid +
          "),");
  sql.Arg(&clause);
  return sql << ")";
}

Sql ClauseCompiler::FilterMissing(const Clause& clause, const Types& types,
                                  const std::string& rid) {
  const Parameter& parameter = *clause.parameter;
  const auto any_row = [&](Table table, Form form) {
    const std::string x = NewAlias();
    return Exists(table, x, rid) << SlotIs(x, parameter, form, types) << ")";
  };
  Sql present("(");
  switch (parameter.type) {
    case ParameterType::kToken:
      if (parameter.code == "_id") return clause.missing ? Never(rid) : Sql("1");
      present << any_row(Table::kKey, Form::kValue) << " OR " << any_row(Table::kKey, Form::kSystem)
              << " OR " << any_row(Table::kText, Form::kText);
      break;
    case ParameterType::kString:
    case ParameterType::kUri: present << any_row(Table::kText, Form::kValue); break;
    case ParameterType::kDate:
      if (parameter.code == "_lastUpdated") return clause.missing ? Never(rid) : Sql("1");
      present << any_row(Table::kDate, Form::kValue);
      break;
    case ParameterType::kNumber:
    case ParameterType::kQuantity: present << any_row(Table::kNumber, Form::kValue); break;
    case ParameterType::kReference:
    case ParameterType::kComposite:
    case ParameterType::kSpecial:
      // A reference may be there without a row: with a display text only.
      return FilterByDocument(clause, rid);
  }
  present << ")";
  if (!clause.missing) return present;
  Sql absent("NOT ");
  return absent << present;
}

Sql ClauseCompiler::FilterChain(const Clause& clause, const Types& types, const std::string& rid) {
  Sql sql("(");
  for (size_t i = 0; i < clause.types.size(); ++i) {
    const Types target{clause.types[i]};
    const std::string x = NewAlias(), t = NewAlias();
    if (i > 0) sql << " OR ";
    sql << "EXISTS(SELECT 1 FROM index_key " << x
        << " INDEXED BY index_key_by_rid CROSS JOIN resource " << t
        << " INDEXED BY resource_by_id WHERE " << x << ".rid=" << rid << " AND "
        << SlotIs(x, *clause.parameter, Form::kValue, types) << " AND " << x
        << ".qualifier=" << static_cast<int64_t>(TypeQualifier(target[0])) << " AND "
        << TypeIs(t, target) << " AND " << t << ".id_key=" << x << ".key AND " << t << ".deleted=0";
    for (const Clause& inner : clause.inner) sql << " AND " << Filter(inner, target, t + ".rid");
    sql << ")";
  }
  return clause.types.empty() ? Never(rid) : sql << ")";
}

Sql ClauseCompiler::FilterHas(const Clause& clause, const Types& /*types*/,
                              const std::string& rid) {
  const std::string me = NewAlias(), x = NewAlias();
  Sql sql("EXISTS(SELECT 1 FROM resource ");
  sql << me << " CROSS JOIN index_key " << x << " WHERE " << me << ".rid=" << rid << " AND "
      << SlotIs(x, *clause.parameter, Form::kValue, clause.types) << " AND " << x << ".key=" << me
      << ".id_key AND " << x << ".qualifier=" << me << ".type+1";
  for (const Clause& inner : clause.inner) {
    sql << " AND " << Filter(inner, clause.types, x + ".rid");
  }
  return sql << ")";
}

Sql ClauseCompiler::FilterGroup(const Clause& clause, const Types& types, const std::string& rid) {
  const bool all = clause.kind == Clause::Kind::kAll;
  if (clause.inner.empty()) return clause.kind == Clause::Kind::kAny ? Never(rid) : Sql("1");
  Sql sql(clause.kind == Clause::Kind::kNone ? "NOT (" : "(");
  for (size_t i = 0; i < clause.inner.size(); ++i) {
    if (i > 0) sql << (all ? " AND " : " OR ");
    sql << Filter(clause.inner[i], types, rid);
  }
  return sql << ")";
}

}  // namespace storage::sqlite
