// RowReader: the cells of one Table row by column name, already normalised. Missing columns read as
// empty.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "care/shared/catalogue/table.h"
#include "care/shared/catalogue/validity.h"

namespace care::shared {

class RowReader {
 public:
  RowReader(const Table& table, const GridRow& row) : table_(table), row_(row) {}

  const std::string& Text(std::string_view column) const {
    static const std::string empty;
    const size_t at = table_.Column(column);
    return at < row_.cells.size() ? row_.cells[at] : empty;
  }
  bool Flag(std::string_view column) const { return Text(column) == "1"; }
  std::optional<int> Integer(std::string_view column) const {
    const std::string& text = Text(column);
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
  }
  std::optional<base::Decimal> Decimal(std::string_view column) const {
    if (Text(column).empty()) return std::nullopt;
    auto value = base::Decimal::Parse(Text(column));
    if (!value.ok()) return std::nullopt;
    return *value;
  }
  std::optional<base::Date> Date(std::string_view column) const {
    auto value = base::Date::ParseIso(Text(column));
    if (!value.ok()) return std::nullopt;
    return *value;
  }
  // Every row of a Table has a first day; the reader of the file saw to it.
  Validity ValidityOfRow() const {
    return {.from = Date("valid_from").value_or(base::Date{.year = 1, .month = 1, .day = 1}),
            .to = Date("valid_to")};
  }

 private:
  const Table& table_;
  const GridRow& row_;
};

}  // namespace care::shared
