// DiagnosisList: ICD-10 as the Ministry publishes it, with the flags of TT 06/2026/TT-BYT.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "care/shared/catalogue/dated_rows.h"
#include "care/shared/catalogue/lazy_index.h"
#include "care/shared/catalogue/table.h"

namespace care::shared {

// TT 06/2026/TT-BYT, annex, columns 24 to 29.
struct DiagnosisFlags {
  bool not_main = false;           // 24: never the main diagnosis
  bool discouraged_main = false;   // 25
  bool finer_code_exists = false;  // 26: not usable, a code of 4 or 5 characters exists
  bool death_only = false;         // 27: cause of death only
  bool female_only = false;        // 28: only or mainly female
  bool male_only = false;          // 29: only or mainly male
  bool operator==(const DiagnosisFlags&) const = default;
};

struct Diagnosis {
  std::string code;  // "E11.9"
  std::string name;
  std::string name_en;
  DiagnosisFlags flags;
  bool chronic = false;  // TT 26/2025 annex VII: up to 90 days of medicine
  std::string synonyms;  // everyday words, separated by ';'
  Validity validity;
};

class DiagnosisList {
 public:
  DiagnosisList() = default;
  // A row whose flags begin later than the row itself becomes two: the flags of a circular do not
  // bind visits that ended before it came into force.
  explicit DiagnosisList(const Table& table);

  const Diagnosis* Find(std::string_view code, base::Date at) const { return rows_.Find(code, at); }
  bool Knows(std::string_view code) const { return rows_.Knows(code); }
  std::vector<const Diagnosis*> Search(std::string_view text, base::Date at, size_t limit) const;
  const std::vector<Diagnosis>& rows() const { return rows_.rows(); }

 private:
  DatedRows<Diagnosis> rows_;
  LazyIndex index_;
};

}  // namespace care::shared
