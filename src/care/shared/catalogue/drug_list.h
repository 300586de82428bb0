// DrugList: the medicines of the station, at the price and ratio valid on the day.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "care/shared/catalogue/dated_rows.h"
#include "care/shared/catalogue/lazy_index.h"
#include "care/shared/catalogue/table.h"

namespace care::shared {

// The last character of the national prescription code (TT 26/2025/TT-BYT annex I; TT 55/2025).
enum class PrescriptionKind { kOrdinary, kPsychotropic, kNarcotic, kTraditional };
char Letter(PrescriptionKind kind);  // C, H, N, T

struct Drug {
  std::string code;                   // the station's own
  std::string active_substance;       // INN
  std::string active_substance_code;  // MA_THUOC in claims; "00.0000" outside the insurance list
  std::string brand;
  std::string strength;
  std::string dosage_form;
  std::string unit;        // in which it is counted and priced: "viên", "lọ"
  std::string route_code;  // DUONG_DUNG: "1.01"
  std::string route_name;
  std::string registration_number;
  int group = 4;            // MA_NHOM
  base::Decimal price;      // VND for one unit, up to 3 decimals
  int insurance_ratio = 0;  // TYLE_TT_BH, 0 = outside the list
  std::string tender;       // TT_THAU
  PrescriptionKind prescription_kind = PrescriptionKind::kOrdinary;
  int max_days = 30;
  std::string usual_dose;
  std::string dose_unit;  // in which a dose is said; differs from `unit` for ml, drops …
  std::string atc;
  Validity validity;

  bool IsInsured() const { return insurance_ratio > 0; }
};

class DrugList {
 public:
  DrugList() = default;
  explicit DrugList(const Table& table);

  const Drug* Find(std::string_view code, base::Date at) const { return rows_.Find(code, at); }
  bool Knows(std::string_view code) const { return rows_.Knows(code); }
  // By what a claim line says (MA_THUOC, SO_DANG_KY); null when no such row is valid on the day.
  const Drug* FindApproved(std::string_view active_substance_code,
                           std::string_view registration_number, base::Date at) const;
  // By substance, brand, strength or code.
  std::vector<const Drug*> Search(std::string_view text, base::Date at, size_t limit) const;
  const std::vector<Drug>& rows() const { return rows_.rows(); }

 private:
  DatedRows<Drug> rows_;
  LazyIndex index_;
};

}  // namespace care::shared
