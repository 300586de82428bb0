// CodeList: the small lists of a code and a name: communes, ethnic groups, occupations, visit
// types, departments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "care/shared/catalogue/dated_rows.h"
#include "care/shared/catalogue/lazy_index.h"
#include "care/shared/catalogue/table.h"

namespace care::shared {

struct CodeEntry {
  std::string code;
  std::string name;
  std::string name_en;
  std::string kind;           // communes: "ward" (phường) or "commune" (xã)
  std::string province_code;  // communes only
  std::string province_name;
  Validity validity;
};

class CodeList {
 public:
  CodeList() = default;
  explicit CodeList(const Table& table);

  const CodeEntry* Find(std::string_view code, base::Date at) const { return rows_.Find(code, at); }
  bool Knows(std::string_view code) const { return rows_.Knows(code); }
  // An empty text lists from the beginning.
  std::vector<const CodeEntry*> Search(std::string_view text, base::Date at, size_t limit) const;
  std::vector<const CodeEntry*> ValidAt(base::Date at) const { return rows_.ValidAt(at); }

 private:
  DatedRows<CodeEntry> rows_;
  LazyIndex index_;
};

// "Phường Bồ Đề", "Xã Gia Lâm".
std::string CommuneTitle(const CodeEntry& commune);

}  // namespace care::shared
