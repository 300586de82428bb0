#include "exchange/insurance/dossier.h"

#include "base/check.h"

namespace exchange::insurance {
namespace {

const std::string kNothing;
const std::vector<Row> kNoRows;

}  // namespace

const std::string& Row::Get(std::string_view field) const {
  const int index = table_->IndexOf(field);
  if (index < 0 || !values_[static_cast<size_t>(index)]) return kNothing;
  return *values_[static_cast<size_t>(index)];
}

bool Row::Has(std::string_view field) const {
  const int index = table_->IndexOf(field);
  return index >= 0 && values_[static_cast<size_t>(index)].has_value();
}

Row& Row::Set(std::string_view field, std::string value) {
  const int index = table_->IndexOf(field);
  CHECK(index >= 0);
  values_[static_cast<size_t>(index)] = std::move(value);
  return *this;
}

void Row::Remove(std::string_view field) {
  const int index = table_->IndexOf(field);
  CHECK(index >= 0);
  values_[static_cast<size_t>(index)].reset();
}

const Part* Dossier::Find(std::string_view table) const {
  for (const Part& part : parts) {
    if (part.table->name == table) return &part;
  }
  return nullptr;
}

const std::vector<Row>& Dossier::Rows(std::string_view table) const {
  const Part* part = Find(table);
  return part == nullptr ? kNoRows : part->rows;
}

const Row* Dossier::Summary() const {
  const auto& rows = Rows("XML1");
  return rows.empty() ? nullptr : &rows.front();
}

Row& Dossier::Add(std::string_view table) {
  const Table* found = FindTable(table);
  CHECK(found != nullptr);
  for (Part& part : parts) {
    if (part.table == found) return part.rows.emplace_back(*found);
  }
  parts.push_back({found, {}});
  return parts.back().rows.emplace_back(*found);
}

}  // namespace exchange::insurance
