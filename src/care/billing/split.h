// Splitting a priced line, and a bill of them, between the fund, other sources and the patient:
// exact decimals, to the last digit of QĐ 4750/QĐ-BYT.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"

namespace care::billing {

enum class AidKind {
  kNone,
  kToPatient,      // case a: for this patient, taken from self-pay, then co-payment, then the fund
  kToFacility,     // case b: for the facility, off the line before anything is split
  kAntiretroviral  // case c: other sources carry exactly the co-payment
};

// T_NGUONKHAC_NSNN, _VTNN, _VTTN, _CL.
struct Aid {
  AidKind kind = AidKind::kNone;
  base::Decimal state_budget;
  base::Decimal foreign;
  base::Decimal domestic;
  base::Decimal other;

  base::Decimal Total() const { return state_budget + foreign + domestic + other; }
};

enum class LineKind { kDrug, kService };  // XML2, XML3
enum class PaymentMethod { kFeeForService = 1, kCapitation = 2, kDiagnosisGroup = 3 };

struct PricedLine {
  LineKind kind = LineKind::kService;
  int group = 0;                // MA_NHOM
  base::Decimal quantity;       // SO_LUONG
  base::Decimal price;          // DON_GIA, DON_GIA_BV
  base::Decimal insured_price;  // DON_GIA_BH; a drug's is its price
  int service_ratio = 100;      // TYLE_TT_DV; 100 for drugs
  int insurance_ratio = 0;      // TYLE_TT_BH
  Aid aid;
  PaymentMethod method = PaymentMethod::kFeeForService;
  std::string package;  // GOI_VTYT: lines of one package share one ceiling
};

// amount == fund + copay + self_pay + aid.Total(), none negative: what the tests hold for every
// line.
struct LineSplit {
  base::Decimal amount;                  // THANH_TIEN_BV
  base::Decimal insured_amount;          // THANH_TIEN_BH
  base::Decimal benefit_percent;         // MUC_HUONG
  base::Decimal fund;                    // T_BHTT
  base::Decimal copay;                   // T_BNCCT
  base::Decimal self_pay;                // T_BNTT
  Aid aid;                               // T_NGUONKHAC and its four parts
  std::optional<base::Decimal> ceiling;  // T_TRANTT
};

// THANH_TIEN_BH of the line before any benefit: what the 15 % rule adds up.
base::Result<base::Decimal> InsuredAmount(const PricedLine& line);

// `ceiling` = what the fund may still pay for the line's supply package.
base::Result<LineSplit> SplitLine(const PricedLine& line, const base::Decimal& benefit_percent,
                                  const std::optional<base::Decimal>& ceiling = {});

struct BillTotals {
  base::Decimal drugs;                 // T_THUOC
  base::Decimal supplies;              // T_VTYT
  base::Decimal amount;                // T_TONGCHI_BV
  base::Decimal insured_amount;        // T_TONGCHI_BH
  base::Decimal self_pay;              // T_BNTT
  base::Decimal copay;                 // T_BNCCT
  base::Decimal aid;                   // T_NGUONKHAC
  base::Decimal fund;                  // T_BHTT = T_TONGCHI_BH - T_BNCCT
  base::Decimal fund_of_lines;         // Σ T_BHTT of the lines
  base::Decimal fund_fee_for_service;  // T_BHTT_GDV
  base::Decimal patient_owes;          // copay + self_pay
  // The law's two formulas for T_BHTT differ (aid of case a or c ate co-payment): a person looks.
  bool fund_formulas_differ = false;
};

struct Bill {
  std::vector<LineSplit> lines;
  BillTotals totals;
};

base::Result<Bill> SplitBill(const std::vector<PricedLine>& lines,
                             const base::Decimal& benefit_percent,
                             const base::Decimal& supply_ceiling);

// TYLE_TT_DV of the nth examination of a visit, n from 1.
int ExaminationRatio(int nth);

struct BedShare {
  base::Decimal quantity;
  int ratio = 0;
};
// SO_LUONG and TYLE_TT_DV of a bed day shared by that many patients.
BedShare SharedBed(int patients);

}  // namespace care::billing
