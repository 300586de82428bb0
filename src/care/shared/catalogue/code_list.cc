#include "care/shared/catalogue/code_list.h"

#include "base/text.h"
#include "care/shared/catalogue/row_reader.h"

namespace care::shared {

CodeList::CodeList(const Table& table) {
  std::vector<CodeEntry> rows;
  rows.reserve(table.rows.size());
  const std::string_view name = table.Column("name") == std::string_view::npos ? "name_vi" : "name";
  for (const GridRow& row : table.rows) {
    const RowReader cells(table, row);
    rows.push_back({.code = cells.Text("code"),
                    .name = cells.Text(name),
                    .name_en = cells.Text("name_en"),
                    .kind = cells.Text("kind"),
                    .province_code = cells.Text("province_code"),
                    .province_name = cells.Text("province_name"),
                    .validity = cells.ValidityOfRow()});
  }
  rows_ = DatedRows<CodeEntry>(std::move(rows));
}

std::vector<const CodeEntry*> CodeList::Search(std::string_view text, base::Date at,
                                               size_t limit) const {
  const std::vector<CodeEntry>& rows = rows_.rows();
  if (base::Trim(text).empty()) {
    std::vector<const CodeEntry*> all = rows_.ValidAt(at);
    if (all.size() > limit) all.resize(limit);
    return all;
  }
  const WordIndex& index = index_.Get([&] {
    std::vector<WordIndex::Entry> entries;
    entries.reserve(rows.size());
    for (const CodeEntry& row : rows) {
      // People type "phường bồ đề" as well as "bồ đề".
      entries.push_back({.code = row.code,
                         .name = row.name,
                         .synonyms = row.kind.empty() ? "" : CommuneTitle(row),
                         .name_en = row.name_en});
    }
    return entries;
  });
  std::vector<const CodeEntry*> out;
  for (uint32_t i :
       index.Search(text, limit, [&](uint32_t row) { return rows[row].validity.Covers(at); })) {
    out.push_back(&rows[i]);
  }
  return out;
}

std::string CommuneTitle(const CodeEntry& commune) {
  if (commune.kind == "ward") return "Phường " + commune.name;
  if (commune.kind == "commune") return "Xã " + commune.name;
  return commune.name;
}

}  // namespace care::shared
