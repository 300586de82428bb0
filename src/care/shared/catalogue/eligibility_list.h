// EligibilityList: MA_DOITUONG_KCB (QĐ 3276/QĐ-BYT), with the share of the card's rate that is
// paid.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "care/shared/catalogue/dated_rows.h"
#include "care/shared/catalogue/table.h"

namespace care::shared {

struct Eligibility {
  std::string code;  // "1.2"
  int order = 0;     // decided at the end of the visit: the first matching row wins
  std::string name;
  std::string name_en;
  // Per cent of the card's own rate; none where nothing is paid or it depends on the case.
  std::optional<int> rate_outpatient;
  std::optional<int> rate_inpatient;
  bool whatever_the_card = false;  // 1.2: 100 % of the cost whatever the card says
  bool by_case = false;
  Validity validity;
};

class EligibilityList {
 public:
  EligibilityList() = default;
  explicit EligibilityList(const Table& table);

  const Eligibility* Find(std::string_view code, base::Date at) const {
    return rows_.Find(code, at);
  }
  bool Knows(std::string_view code) const { return rows_.Knows(code); }
  std::vector<const Eligibility*> InOrder(base::Date at) const;

 private:
  DatedRows<Eligibility> rows_;
};

}  // namespace care::shared
