#include "care/shared/catalogue/merge_editions.h"

#include <algorithm>
#include <unordered_map>

namespace care::shared {
namespace {

std::string KeyOf(const std::vector<Column>& columns, const GridRow& row) {
  std::string key;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].role == ColumnRole::kKey) key += row.cells[i] + "\x1f";
  }
  return key;
}

// An import without the column leaves it empty everywhere; one that has it fills some row.
std::vector<size_t> ColumnsToCarry(const std::vector<Column>& columns, const Table& table) {
  std::vector<size_t> carried;
  for (size_t i = 0; i < columns.size(); ++i) {
    const bool empty = std::all_of(table.rows.begin(), table.rows.end(),
                                   [&](const GridRow& row) { return row.cells[i].empty(); });
    if (columns[i].carried && empty) carried.push_back(i);
  }
  return carried;
}

void Carry(const std::vector<Column>& columns, const Table& before, Table& table) {
  const std::vector<size_t> carried = ColumnsToCarry(columns, table);
  if (carried.empty()) return;
  std::unordered_map<std::string, const GridRow*> known;  // the last row of a key wins
  for (const GridRow& row : before.rows) known[KeyOf(columns, row)] = &row;
  for (GridRow& row : table.rows) {
    const auto found = known.find(KeyOf(columns, row));
    if (found == known.end()) continue;
    for (size_t i : carried) row.cells[i] = found->second->cells[i];
  }
}

}  // namespace

Table MergeEditions(ListKind kind, const std::vector<Edition>& editions) {
  const std::vector<Column> columns(Columns(kind).begin(), Columns(kind).end());
  std::vector<Edition> ordered;
  for (const Edition& edition : editions) {
    if (edition.kind == kind) ordered.push_back(edition);
  }
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const Edition& a, const Edition& b) { return a.valid_from < b.valid_from; });

  Table merged;
  for (const Column& column : columns) merged.columns.emplace_back(column.name);
  const size_t from = merged.Column("valid_from");
  const size_t to = merged.Column("valid_to");
  for (size_t i = 0; i < ordered.size(); ++i) {
    if (i > 0) Carry(columns, ordered[i - 1].table, ordered[i].table);
    const std::string first = ordered[i].valid_from.ToIso();
    const bool is_last = i + 1 == ordered.size();
    const std::string last =
        is_last ? std::string() : ordered[i + 1].valid_from.AddDays(-1).ToIso();
    for (GridRow row : ordered[i].table.rows) {
      // ISO dates compare as text.
      if (row.cells[from] < first) row.cells[from] = first;
      if (!last.empty() && (row.cells[to].empty() || row.cells[to] > last)) row.cells[to] = last;
      if (!row.cells[to].empty() && row.cells[to] < row.cells[from]) continue;
      merged.rows.push_back(std::move(row));
    }
  }
  return merged;
}

}  // namespace care::shared
