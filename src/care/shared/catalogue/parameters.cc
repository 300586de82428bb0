#include "care/shared/catalogue/parameters.h"

#include "care/shared/catalogue/row_reader.h"

namespace care::shared {

Parameters::Parameters(const Table& table) {
  std::vector<Row> rows;
  for (const GridRow& row : table.rows) {
    const RowReader cells(table, row);
    rows.push_back({.code = cells.Text("key"),
                    .value = cells.Decimal("value").value_or(base::Decimal()),
                    .validity = cells.ValidityOfRow()});
  }
  rows_ = DatedRows<Row>(std::move(rows));
}

std::optional<base::Decimal> Parameters::Get(std::string_view key, base::Date at) const {
  const Row* row = rows_.Find(key, at);
  if (row == nullptr) return std::nullopt;
  return row->value;
}

std::optional<base::Decimal> Parameters::LowCostThreshold(base::Date at) const {
  const auto salary = Get(parameter::kBaseSalary, at);
  const auto percent = Get(parameter::kLowCostPercent, at);
  if (!salary || !percent) return std::nullopt;
  return (*salary * *percent).MulDiv(1, 100, 2);
}

}  // namespace care::shared
