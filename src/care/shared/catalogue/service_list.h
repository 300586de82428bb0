// ServiceList: examinations, tests and procedures, at the price valid on the day.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "care/shared/catalogue/dated_rows.h"
#include "care/shared/catalogue/lazy_index.h"
#include "care/shared/catalogue/table.h"

namespace care::shared {

// Who does the work, and so whose worklist an order appears on.
enum class ServiceRoom { kExam, kLab, kImaging, kProcedure, kBed };
std::string_view Name(ServiceRoom room);  // "exam", "lab", "imaging", "procedure", "bed"
std::optional<ServiceRoom> ServiceRoomFromName(std::string_view name);

struct Service {
  std::string code;
  std::string name;
  std::string name_en;
  int group = 0;                  // MA_NHOM
  base::Decimal price_self_pay;   // DON_GIA_BV
  base::Decimal price_insurance;  // DON_GIA_BH, 0 when not insured
  int insurance_ratio = 0;        // TYLE_TT_BH
  ServiceRoom room = ServiceRoom::kProcedure;
  std::string specimen;        // "serum", "EDTA blood" …, "" when none is taken
  bool needs_machine = false;  // MA_MAY must be in the claim
  std::string synonyms;
  Validity validity;

  bool IsInsured() const { return insurance_ratio > 0 && !price_insurance.IsZero(); }
};

class ServiceList {
 public:
  ServiceList() = default;
  explicit ServiceList(const Table& table);

  const Service* Find(std::string_view code, base::Date at) const { return rows_.Find(code, at); }
  bool Knows(std::string_view code) const { return rows_.Knows(code); }
  // Only services of the room, when one is given.
  std::vector<const Service*> Search(std::string_view text, base::Date at, size_t limit,
                                     std::optional<ServiceRoom> room = std::nullopt) const;
  std::vector<const Service*> ValidAt(base::Date at) const { return rows_.ValidAt(at); }
  const std::vector<Service>& rows() const { return rows_.rows(); }

 private:
  DatedRows<Service> rows_;
  LazyIndex index_;
};

}  // namespace care::shared
