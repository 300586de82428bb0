#include "care/shared/catalogue/eligibility_list.h"

#include <algorithm>

#include "care/shared/catalogue/row_reader.h"

namespace care::shared {

EligibilityList::EligibilityList(const Table& table) {
  std::vector<Eligibility> rows;
  rows.reserve(table.rows.size());
  for (const GridRow& row : table.rows) {
    const RowReader cells(table, row);
    rows.push_back({.code = cells.Text("code"),
                    .order = cells.Integer("order").value_or(0),
                    .name = cells.Text("name_vi"),
                    .name_en = cells.Text("name_en"),
                    .rate_outpatient = cells.Integer("rate_outpatient"),
                    .rate_inpatient = cells.Integer("rate_inpatient"),
                    .whatever_the_card = cells.Flag("whatever_the_card"),
                    .by_case = cells.Flag("by_case"),
                    .validity = cells.ValidityOfRow()});
  }
  rows_ = DatedRows<Eligibility>(std::move(rows));
}

std::vector<const Eligibility*> EligibilityList::InOrder(base::Date at) const {
  auto rows = rows_.ValidAt(at);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Eligibility* a, const Eligibility* b) { return a->order < b->order; });
  return rows;
}

}  // namespace care::shared
