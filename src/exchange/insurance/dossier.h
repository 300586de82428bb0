// A claims dossier: one visit's rows of the 16 tables, by field name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/insurance/tables.h"

namespace exchange::insurance {

class Row {
 public:
  explicit Row(const Table& table) : table_(&table), values_(table.fields.size()) {}

  const Table& table() const { return *table_; }
  // "" when empty, missing, or no field of this table.
  const std::string& Get(std::string_view field) const;
  // Whether the element stood in the file at all.
  bool Has(std::string_view field) const;
  // The field must be one of the table's (CHECK: a slip of ours, not of the input).
  Row& Set(std::string_view field, std::string value);
  void Remove(std::string_view field);

  // Elements of the file that the table does not know.
  std::vector<std::string> unknown;

 private:
  const Table* table_;
  std::vector<std::optional<std::string>> values_;
};

struct Part {
  const Table* table = nullptr;
  std::vector<Row> rows;
};

struct Dossier {
  std::vector<Part> parts;           // in the order of the file
  std::vector<std::string> ignored;  // XML16 to XML18: seen in files of others, not ours to read

  const Part* Find(std::string_view table) const;
  // The rows of a table; empty when it is not there.
  const std::vector<Row>& Rows(std::string_view table) const;
  // The row of XML1, or null.
  const Row* Summary() const;
  // Adds an empty row, and the part if it is not there yet.
  Row& Add(std::string_view table);
};

struct ClaimFile {
  std::string facility;       // MACSKCB
  std::string created_on;     // NGAYLAP, yyyymmdd
  std::string dossier_count;  // SOLUONGHOSO as written; filled in by the writer
  std::vector<Dossier> dossiers;
  bool is_signed = false;  // CHUKYDONVI holds something
  bool has_byte_order_mark = false;
};

}  // namespace exchange::insurance
