// The 16 tables of the claims XML (QĐ 130/2023, 4750/2023, 3176/2024): names, order, types, lengths
// and duties of every field, generated at build time from data/insurance/tables.json.
#pragma once

#include <span>
#include <string_view>

namespace exchange::insurance {

enum class FieldType { kText, kNumber };
// kUnclear: sources disagree, so its absence is no fault.
enum class Requirement { kOptional, kConditional, kRequired, kUnclear };

struct Field {
  std::string_view name;
  FieldType type = FieldType::kText;
  int max_length = 0;  // characters; the longer of law and portal; 0 = unlimited
  Requirement requirement = Requirement::kOptional;
  bool free_text = false;  // written as CDATA
};

struct Table {
  std::string_view name;  // "XML1"
  std::string_view root;  // the element around everything
  std::string_view list;  // "" when the table occurs once and its fields stand under the root
  std::string_view row;
  std::span<const Field> fields;

  bool IsRepeated() const { return !list.empty(); }
  // Position of the field, or -1.
  int IndexOf(std::string_view field) const;
};

std::span<const Table> Tables();
// Null when there is no such table.
const Table* FindTable(std::string_view name);

}  // namespace exchange::insurance
