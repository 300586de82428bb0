#include "storage/sqlite/index_rows.h"

#include "base/check.h"

namespace storage::sqlite {
namespace {

using fhir::search::Clause;
using fhir::search::Form;
using fhir::search::Key;
using fhir::search::Modifier;
using fhir::search::Parameter;
using fhir::search::Prefix;
using fhir::search::Qualifier;
using fhir::search::TypeQualifier;
using fhir::search::Value;

int64_t Signed(uint64_t key) { return static_cast<int64_t>(key); }

// The least text greater than every text that begins with `prefix`. Folded texts never end in 0xFF.
std::string After(std::string prefix) {
  CHECK(!prefix.empty());
  prefix.back() = static_cast<char>(prefix.back() + 1);
  return prefix;
}

Sql TextStartsWith(const std::string& alias, std::string_view prefix) {
  Sql sql;
  if (prefix.empty()) return sql << alias << ".text>=''";
  sql << alias << ".text>=";
  sql.Arg(std::string(prefix)) << " AND " << alias << ".text<";
  return sql.Arg(After(std::string(prefix)));
}

struct Tester {
  const Clause& clause;
  const Types& types;
  const std::string& a;

  const Parameter& parameter() const { return *clause.parameter; }
  RowTest Rows(Table table, Form form) const {
    RowTest test{.table = table};
    test.on << SlotIs(a, parameter(), form, types);
    return test;
  }

  std::optional<RowTest> operator()(const fhir::search::TokenValue& value) const {
    if (parameter().code == "_id") return ById(value.code);
    if (clause.modifier == Modifier::kText) {
      RowTest test = Rows(Table::kText, Form::kText);
      test.on << " AND " << TextStartsWith(a, fhir::search::CutIndexedText(value.folded));
      return test;
    }
    if (clause.modifier == Modifier::kOfType) {
      return Keyed(Form::kOfType, Key(value.type_code + "|" + value.code), 0);
    }
    const Form form = clause.modifier == Modifier::kIdentifier ? Form::kIdentifier : Form::kValue;
    if (value.code.empty()) {
      if (form != Form::kValue || value.system.value_or("").empty()) return std::nullopt;
      return Keyed(Form::kSystem, Key(*value.system), 0);
    }
    if (!value.system.has_value()) return Keyed(form, Key(value.code), std::nullopt);
    return Keyed(form, Key(value.code), Qualifier(*value.system));
  }

  std::optional<RowTest> operator()(const fhir::search::ReferenceValue& value) const {
    if (!value.url.empty()) return Keyed(Form::kValue, Key(value.url), fhir::search::kUrl);
    if (!value.type.has_value()) return Keyed(Form::kValue, Key(value.id), std::nullopt);
    return Keyed(Form::kValue, Key(value.id), TypeQualifier(*value.type));
  }

  std::optional<RowTest> operator()(const fhir::search::StringValue& value) const {
    RowTest test = Rows(Table::kText, Form::kValue);
    const std::string_view folded = fhir::search::CutIndexedText(value.folded);
    if (clause.modifier == Modifier::kExact) {
      test.on << " AND " << a << ".text=";
      test.on.Arg(std::string(folded)) << " AND " << a << ".exact=";
      test.on.Arg(Signed(Key(value.text)));
    } else if (clause.modifier == Modifier::kContains) {
      test.on << " AND instr(" << a << ".text,";
      test.on.Arg(std::string(folded)) << ")>0";
      test.drives = false;
    } else {
      test.on << " AND " << TextStartsWith(a, folded);
    }
    return test;
  }

  std::optional<RowTest> operator()(const fhir::search::UriValue& value) const {
    if (value.uri.size() > fhir::search::kMaxIndexedText || value.uri.empty()) return std::nullopt;
    RowTest test = Rows(Table::kText, Form::kValue);
    if (clause.modifier == Modifier::kBelow) {
      test.on << " AND " << TextStartsWith(a, value.uri);
    } else if (clause.modifier == Modifier::kAbove) {
      test.on << " AND " << a << ".text=substr(";
      test.on.Arg(value.uri) << ",1,length(" << a << ".text))";
      test.drives = false;
    } else {
      test.on << " AND " << a << ".text=";
      test.on.Arg(value.uri);
    }
    return test;
  }

  std::optional<RowTest> operator()(const fhir::search::DateValue& value) const {
    if (parameter().code == "_lastUpdated") return ByUpdate(value);
    RowTest test = Rows(Table::kDate, Form::kValue);
    const std::string low = a + ".low", high = a + ".high";
    const auto add = [&](std::string_view before, int64_t moment, std::string_view after = "") {
      test.on << before;
      test.on.Arg(moment) << after;
    };
    // Every row has low < high, so each prefix also bounds the column its table is ordered by.
    switch (value.prefix) {
      case Prefix::kEq:
        add(" AND " + low + ">=", value.low);
        add(" AND " + low + "<", value.high);
        add(" AND " + high + "<=", value.high);
        break;
      case Prefix::kNe:
        add(" AND (" + low + "<", value.low);
        add(" OR " + high + ">", value.high, ")");
        test.drives = false;
        break;
      case Prefix::kGt: add(" AND " + high + ">", value.high); break;
      case Prefix::kLt: add(" AND " + low + "<", value.low); break;
      case Prefix::kGe:
        add(" AND " + high + ">", value.low);
        add(" AND (" + high + ">", value.high);
        add(" OR " + low + ">=", value.low, ")");
        break;
      case Prefix::kLe:
        add(" AND " + low + "<", value.high);
        add(" AND (" + low + "<", value.low);
        add(" OR " + high + "<=", value.high, ")");
        break;
      case Prefix::kSa: add(" AND " + low + ">=", value.high); break;
      case Prefix::kEb: add(" AND " + high + "<=", value.low); break;
      case Prefix::kAp:
        add(" AND " + low + "<", value.high);
        add(" AND " + high + ">", value.low);
        break;
    }
    return test;
  }

  std::optional<RowTest> operator()(const fhir::search::NumberValue& value) const {
    RowTest test = Rows(Table::kNumber, Form::kValue);
    const std::string low = a + ".low", high = a + ".high";
    const auto add = [&](std::string_view before, double number, std::string_view after = "") {
      test.on << before;
      test.on.Arg(number) << after;
    };
    switch (value.prefix) {
      case Prefix::kEq:
        add(" AND " + low + ">=", value.low);
        add(" AND " + low + "<", value.high);
        add(" AND " + high + "<", value.high);
        break;
      case Prefix::kNe:
        add(" AND NOT(" + low + ">=", value.low);
        add(" AND " + high + "<", value.high, ")");
        test.drives = false;
        break;
      case Prefix::kGt:
        add(" AND " + high + ">", value.value);
        test.drives = false;
        break;
      case Prefix::kLt: add(" AND " + low + "<", value.value); break;
      case Prefix::kGe:
        add(" AND " + high + ">=", value.value);
        test.drives = false;
        break;
      case Prefix::kLe: add(" AND " + low + "<=", value.value); break;
      case Prefix::kSa: add(" AND " + low + ">", value.value); break;
      case Prefix::kEb:
        add(" AND " + low + "<", value.value);
        add(" AND " + high + "<", value.value);
        break;
      case Prefix::kAp:
        add(" AND " + low + "<=", value.high);
        add(" AND " + high + ">=", value.low);
        break;
    }
    return test;
  }

  std::optional<RowTest> operator()(const fhir::search::QuantityValue& value) const {
    std::optional<RowTest> test = (*this)(value.number);
    if (value.code.empty()) return test;
    const int64_t code = Signed(Key(value.code));
    if (value.system.has_value()) {
      test->on << " AND " << a << ".system=";
      test->on.Arg(static_cast<int64_t>(Qualifier(*value.system))) << " AND " << a << ".code=";
      test->on.Arg(code);
    } else {
      test->on << " AND (" << a << ".code=";
      test->on.Arg(code) << " OR " << a << ".unit=";
      test->on.Arg(code) << ")";
    }
    return test;
  }

  std::optional<RowTest> operator()(const fhir::search::NearValue&) const { return std::nullopt; }
  std::optional<RowTest> operator()(const fhir::search::CompositeValue&) const {
    return std::nullopt;
  }

 private:
  RowTest Keyed(Form form, uint64_t key, std::optional<uint32_t> qualifier) const {
    RowTest test = Rows(Table::kKey, form);
    test.on << " AND " << a << ".key=";
    test.on.Arg(Signed(key));
    if (qualifier.has_value()) {
      test.on << " AND " << a << ".qualifier=";
      test.on.Arg(static_cast<int64_t>(*qualifier));
    }
    test.ordered = qualifier.has_value() && types.size() == 1;
    return test;
  }

  RowTest ById(const std::string& id) const {
    RowTest test{.table = Table::kResource};
    test.on << TypeIs(a, types) << " AND " << a << ".deleted=0 AND " << a << ".id_key=";
    test.on.Arg(Signed(Key(id))) << " AND " << a << ".id=";
    test.on.Arg(id);
    return test;
  }

  // A moment is the interval [updated, updated + 1).
  RowTest ByUpdate(const fhir::search::DateValue& value) const {
    RowTest test{.table = Table::kResource};
    test.on << TypeIs(a, types) << " AND " << a << ".deleted=0";
    const auto add = [&](std::string_view comparison, int64_t moment) {
      test.on << " AND " << a << ".updated" << comparison;
      test.on.Arg(moment);
    };
    switch (value.prefix) {
      case Prefix::kEq:
      case Prefix::kAp:
        add(">=", value.low);
        add("<", value.high);
        break;
      case Prefix::kNe:
        test.on << " AND NOT(" << a << ".updated>=";
        test.on.Arg(value.low) << " AND " << a << ".updated<";
        test.on.Arg(value.high) << ")";
        test.drives = false;
        break;
      case Prefix::kGt:
      case Prefix::kSa: add(">=", value.high); break;
      case Prefix::kLt:
      case Prefix::kEb: add("<", value.low); break;
      case Prefix::kGe: add(">=", value.low); break;
      case Prefix::kLe: add("<", value.high); break;
    }
    return test;
  }
};

Sql IntegerIs(const std::string& column, const std::vector<int64_t>& numbers) {
  Sql sql(column);
  if (numbers.size() == 1) return sql << "=" << numbers.front();
  sql << " IN (";
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) sql << ",";
    sql << numbers[i];
  }
  return sql << ")";
}

}  // namespace

std::string_view TableName(Table table) {
  switch (table) {
    case Table::kKey: return "index_key";
    case Table::kText: return "index_text";
    case Table::kDate: return "index_date";
    case Table::kNumber: return "index_number";
    case Table::kResource: return "resource";
  }
  return "";
}

std::string_view RidIndexName(Table table) {
  switch (table) {
    case Table::kKey: return "index_key_by_rid";
    case Table::kText: return "index_text_by_rid";
    case Table::kDate: return "index_date_by_rid";
    case Table::kNumber: return "index_number_by_rid";
    case Table::kResource: return "";
  }
  return "";
}

Sql SlotIs(const std::string& alias, const Parameter& parameter, Form form, const Types& types) {
  std::vector<int64_t> slots;
  for (const fhir::model::ResourceType type : types) {
    slots.push_back(fhir::search::MakeSlot(parameter.id, type, form));
  }
  return IntegerIs(alias + ".slot", slots);
}

Sql TypeIs(const std::string& alias, const Types& types) {
  std::vector<int64_t> numbers;
  for (const fhir::model::ResourceType type : types) numbers.push_back(static_cast<int64_t>(type));
  return IntegerIs(alias + ".type", numbers);
}

std::optional<RowTest> TestRows(const Clause& clause, const Value& value, const Types& types,
                                const std::string& alias) {
  return std::visit(Tester{clause, types, alias}, value);
}

}  // namespace storage::sqlite
