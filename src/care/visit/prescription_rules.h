// What TT 26/2025/TT-BYT and TT 55/2025 ask of a prescription line (vietnam.md §7.2).
#pragma once

#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/json.h"
#include "base/result.h"
#include "care/shared/catalogue/catalogue.h"

namespace care::visit {

struct PrescriptionLine {
  std::string drug;
  base::Decimal dose;           // each time, in dose units
  std::string dose_unit;
  int64_t times = 0;            // a day
  int64_t days = 0;
  std::vector<std::string> times_of_day;  // morning, noon, evening, night
  std::string meal;             // "before", "after" or ""
  base::Decimal quantity;       // in the drug's unit
  std::string note;
  bool insured = true;          // payer insurance; false = the patient pays
};

base::Result<PrescriptionLine> ParsePrescriptionLine(const base::Json& line,
                                                     const std::string& where);
base::Json ToJson(const PrescriptionLine& line, const shared::Drug& drug);

// The longest supply in days: 30, 90 for a chronic disease of annex VII, 7 for narcotics and 10 for
// psychotropics in acute disease (30 for psychotropics otherwise); never more than the drug's own.
int64_t MostDays(const shared::Drug& drug, bool chronic_disease);

// kInvalid/kUnprocessable naming where + member: days over the limit, quantity that does not follow
// from dose x times x days (Tram rule; only where dose and stock unit are the same), narcotics in a
// facility without beds.
base::Status CheckLine(const PrescriptionLine& line, const shared::Drug& drug, bool chronic_disease,
                       const std::string& where);

// "Uống mỗi lần 1 viên, ngày 2 lần (sáng, tối), sau ăn, trong 5 ngày".
std::string DoseText(const PrescriptionLine& line, const shared::Drug& drug);
// "Paracetamol 500 mg (Tramol 500)": INN first (TT 26/2025).
std::string DrugText(const shared::Drug& drug);

}  // namespace care::visit
