#include "care/shared/catalogue/diagnosis_list.h"

#include "care/shared/catalogue/row_reader.h"

namespace care::shared {

DiagnosisList::DiagnosisList(const Table& table) {
  std::vector<Diagnosis> rows;
  rows.reserve(table.rows.size());
  for (const GridRow& row : table.rows) {
    const RowReader cells(table, row);
    Diagnosis diagnosis{.code = cells.Text("code"),
                        .name = cells.Text("name_vi"),
                        .name_en = cells.Text("name_en"),
                        .flags = {.not_main = cells.Flag("not_main"),
                                  .discouraged_main = cells.Flag("discouraged_main"),
                                  .finer_code_exists = cells.Flag("finer_code_exists"),
                                  .death_only = cells.Flag("death_only"),
                                  .female_only = cells.Flag("female_only"),
                                  .male_only = cells.Flag("male_only")},
                        .chronic = cells.Flag("chronic"),
                        .synonyms = cells.Text("synonyms"),
                        .validity = cells.ValidityOfRow()};
    const auto flags_from = cells.Date("flags_from");
    const bool flagged = diagnosis.flags != DiagnosisFlags();
    if (flags_from && flagged && diagnosis.validity.to && *diagnosis.validity.to < *flags_from) {
      diagnosis.flags = {};
    } else if (flags_from && flagged && diagnosis.validity.from < *flags_from) {
      Diagnosis before = diagnosis;
      before.flags = {};
      before.validity.to = flags_from->AddDays(-1);
      rows.push_back(std::move(before));
      diagnosis.validity.from = *flags_from;
    }
    rows.push_back(std::move(diagnosis));
  }
  rows_ = DatedRows<Diagnosis>(std::move(rows));
}

std::vector<const Diagnosis*> DiagnosisList::Search(std::string_view text, base::Date at,
                                                    size_t limit) const {
  const std::vector<Diagnosis>& rows = rows_.rows();
  const WordIndex& index = index_.Get([&] {
    std::vector<WordIndex::Entry> entries;
    entries.reserve(rows.size());
    for (const Diagnosis& row : rows) {
      entries.push_back({.code = row.code,
                         .name = row.name,
                         .synonyms = row.synonyms,
                         .name_en = row.name_en,
                         .demoted = row.flags.finer_code_exists});
    }
    return entries;
  });
  std::vector<const Diagnosis*> out;
  for (uint32_t i :
       index.Search(text, limit, [&](uint32_t row) { return rows[row].validity.Covers(at); })) {
    out.push_back(&rows[i]);
  }
  return out;
}

}  // namespace care::shared
