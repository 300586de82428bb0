#include "storage/sqlite/search_sort.h"

#include <bit>
#include <charconv>

#include "base/json.h"
#include "base/text.h"
#include "fhir/search/index_entries.h"

namespace storage::sqlite {
namespace {

using fhir::search::ParameterType;
using fhir::search::Sort;

base::Error BadPage() {
  return base::Invalid("Trang kết quả không hợp lệ. Hãy tìm lại từ đầu.", "page");
}

// "n", "i123", "d<hex of the bits>", "t<hex>", "b<hex>".
struct Writer {
  std::string operator()(const SqlNull&) const { return "n"; }
  std::string operator()(int64_t value) const { return "i" + std::to_string(value); }
  std::string operator()(double value) const {
    return "d" + std::to_string(std::bit_cast<int64_t>(value));
  }
  std::string operator()(const std::string& value) const { return "t" + base::ToHex(value); }
  std::string operator()(const SqlBlob& value) const { return "b" + base::ToHex(value.bytes); }
  std::string operator()(const fhir::search::Clause*) const { return "n"; }
};

std::optional<int64_t> ParseInteger(std::string_view digits) {
  int64_t value = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (code != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<SqlValue> ParseValue(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const std::string_view rest = text.substr(1);
  switch (text.front()) {
    case 'n': return SqlValue(SqlNull{});
    case 'i':
      if (const auto number = ParseInteger(rest)) return SqlValue(*number);
      return std::nullopt;
    case 'd':
      if (const auto bits = ParseInteger(rest)) return SqlValue(std::bit_cast<double>(*bits));
      return std::nullopt;
    case 't':
      if (auto bytes = base::FromHex(rest)) return SqlValue(std::move(*bytes));
      return std::nullopt;
    case 'b':
      if (auto bytes = base::FromHex(rest)) return SqlValue(SqlBlob{std::move(*bytes)});
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::string MakePageToken(const PagePosition& position) {
  std::string text = std::to_string(position.rid);
  for (const SqlValue& key : position.keys) text += "." + std::visit(Writer{}, key);
  return base::ToBase64Url(text);
}

base::Result<PagePosition> ParsePagePosition(std::string_view token, size_t sort_keys) {
  const std::optional<std::string> text = base::FromBase64(token);
  if (!text.has_value()) return BadPage();
  const std::vector<std::string_view> parts = base::Split(*text, '.');
  if (parts.size() != sort_keys + 1) return BadPage();
  const std::optional<int64_t> rid = ParseInteger(parts[0]);
  if (!rid.has_value()) return BadPage();
  PagePosition position{.keys = {}, .rid = *rid};
  for (size_t i = 1; i < parts.size(); ++i) {
    std::optional<SqlValue> value = ParseValue(parts[i]);
    if (!value.has_value()) return BadPage();
    position.keys.push_back(std::move(*value));
  }
  return position;
}

Sql SortExpression(const Sort& sort, const Types& types, const std::string& rid) {
  const fhir::search::Parameter& parameter = *sort.parameter;
  Sql sql;
  if (parameter.code == "_lastUpdated" || parameter.code == "_id") {
    const std::string column = parameter.code == "_id" ? "id" : "updated";
    return sql << "(SELECT s." << column << " FROM resource s WHERE s.rid=" << rid << ")";
  }
  const bool numeric =
      parameter.type == ParameterType::kNumber || parameter.type == ParameterType::kQuantity;
  if (parameter.type == ParameterType::kDate || numeric) {
    const Table table = numeric ? Table::kNumber : Table::kDate;
    return sql << "(SELECT " << (sort.descending ? "max(s.high)" : "min(s.low)") << " FROM "
               << TableName(table) << " s INDEXED BY " << RidIndexName(table)
               << " WHERE s.rid=" << rid << " AND "
               << SlotIs("s", parameter, fhir::search::Form::kValue, types) << ")";
  }
  if (fhir::search::HasSortRows(parameter)) {
    return sql << "(SELECT min(s.text) FROM index_text s INDEXED BY index_text_by_rid WHERE s.rid="
               << rid << " AND " << SlotIs("s", parameter, fhir::search::Form::kSort, types) << ")";
  }
  return sql << "(SELECT tram_sort_key(s.body," << static_cast<int64_t>(parameter.id) << ","
             << int64_t{sort.descending} << ") FROM resource s WHERE s.rid=" << rid << ")";
}

// Rows without a value come last in either direction; equal rows in rid order.
Sql AfterPosition(const std::vector<Sort>& sort, const PagePosition& position) {
  Sql sql("(");
  Sql equal;
  for (size_t i = 0; i < sort.size(); ++i) {
    const std::string column = "k" + std::to_string(i);
    if (!std::holds_alternative<SqlNull>(position.keys[i])) {
      sql << equal << "(" << column << (sort[i].descending ? "<" : ">");
      sql.Arg(position.keys[i]) << " OR " << column << " IS NULL) OR ";
    }
    equal << column << " IS ";
    equal.Arg(position.keys[i]) << " AND ";
  }
  sql << equal << "rid>";
  return sql.Arg(position.rid) << ")";
}

Sql OrderBy(const std::vector<Sort>& sort) {
  Sql sql(" ORDER BY ");
  for (size_t i = 0; i < sort.size(); ++i) {
    const std::string column = "k" + std::to_string(i);
    sql << column << (sort[i].descending ? " DESC" : "") << " NULLS LAST,";
  }
  return sql << "rid";
}

}  // namespace storage::sqlite
