#include "care/billing/split.h"

#include <algorithm>
#include <map>

namespace care::billing {
namespace {

using base::Decimal;

// Bounds of what the claims tables can carry (N 10 and N 15): beyond is a slip of the keyboard.
const Decimal kMaxQuantity(999'999);
const Decimal kMaxPrice(1'000'000'000);

// quantity * price * ratios, unrounded. The price takes the ratios first, so that every operand
// stays in the range of Decimal.
Decimal Ratioed(const Decimal& quantity, const Decimal& price, int ratio, int second_ratio) {
  return quantity * (price * Decimal::FromUnscaled(int64_t{ratio} * second_ratio, 4));
}

base::Status CheckLine(const PricedLine& line) {
  if (line.quantity.IsNegative() || line.quantity > kMaxQuantity)
    return base::Invalid("Số lượng phải từ 0 đến 999.999.", "quantity");
  if (line.price.IsNegative() || line.price > kMaxPrice)
    return base::Invalid("Đơn giá phải từ 0 đến 1 tỷ đồng.", "price");
  if (line.quantity.Round(3) != line.quantity)
    return base::Invalid("Số lượng chỉ có 3 số lẻ.", "quantity");
  if (line.price.Round(3) != line.price || line.insured_price.Round(3) != line.insured_price)
    return base::Invalid("Đơn giá chỉ có 3 số lẻ.", "price");
  if (line.insured_price.IsNegative() || line.insured_price > line.price) {
    return base::Unprocessable(
        "Đơn giá BHYT không được cao hơn đơn giá của cơ sở. Hãy xem lại bảng giá.",
        "insured_price");
  }
  if (line.kind == LineKind::kDrug &&
      (line.insured_price != line.price || line.service_ratio != 100))
    return base::Invalid("Thuốc chỉ có một đơn giá và không có tỷ lệ dịch vụ.", "insured_price");
  if (line.service_ratio < 0 || line.service_ratio > 100)
    return base::Invalid("Tỷ lệ thanh toán dịch vụ phải từ 0 đến 100.", "service_ratio");
  if (line.insurance_ratio < 0 || line.insurance_ratio > 100)
    return base::Invalid("Tỷ lệ thanh toán BHYT phải từ 0 đến 100.", "insurance_ratio");
  for (const Decimal* part :
       {&line.aid.state_budget, &line.aid.foreign, &line.aid.domestic, &line.aid.other}) {
    if (part->IsNegative()) return base::Invalid("Nguồn khác không được âm.", "aid");
    if (part->Round(2) != *part) return base::Invalid("Nguồn khác chỉ có 2 số lẻ.", "aid");
  }
  return base::Ok();
}

// QĐ 4750/QĐ-BYT: THANH_TIEN_BV = r2(SO_LUONG * DON_GIA), for services * TYLE_TT_DV/100.
Decimal Amount(const PricedLine& line) {
  return Ratioed(line.quantity, line.price, line.service_ratio, 100).Round(2);
}

// QĐ 4750/QĐ-BYT: THANH_TIEN_BH = r2(SO_LUONG * DON_GIA_BH * TYLE_TT_DV/100 * TYLE_TT_BH/100).
// Case b: the aid comes off the line first, so the fund recognises at most the rest. For a service
// whose insured price is below the facility's the text gives no example; this reading lets the aid
// cover the difference first.
Decimal Insured(const PricedLine& line, const Decimal& rest) {
  const Decimal recognised = Ratioed(line.quantity, line.insured_price, line.service_ratio, 100);
  if (line.aid.kind == AidKind::kToFacility && rest < recognised)
    return rest.MulDiv(line.insurance_ratio, 100, 2);
  return Ratioed(line.quantity, line.insured_price, line.service_ratio, line.insurance_ratio)
      .Round(2);
}

Decimal RestAfterFacilityAid(const PricedLine& line, const Decimal& amount) {
  return line.aid.kind == AidKind::kToFacility ? amount - line.aid.Total() : amount;
}

Decimal TakeFrom(Decimal& share, Decimal& aid) {
  const Decimal taken = std::min(share, aid);
  share -= taken;
  aid -= taken;
  return taken;
}

base::Result<Decimal> CheckedAmount(const PricedLine& line) {
  TRY(CheckLine(line));
  const Decimal amount = Amount(line);
  const Decimal aid = line.aid.Total();
  // 0 <= T_NGUONKHAC < THANH_TIEN_BV
  if (!aid.IsZero() && aid >= amount) {
    return base::Unprocessable("Nguồn khác phải nhỏ hơn thành tiền của dòng.", "aid");
  }
  return amount;
}

void ApplyAid(LineSplit& split) {
  switch (split.aid.kind) {
    case AidKind::kNone:
    case AidKind::kToFacility: return;
    case AidKind::kToPatient: {
      Decimal left = split.aid.Total();
      TakeFrom(split.self_pay, left);
      TakeFrom(split.copay, left);
      TakeFrom(split.fund, left);
      return;
    }
    case AidKind::kAntiretroviral:
      // The amounts asked are ignored: other sources carry exactly the provisional co-payment.
      split.aid.foreign = split.aid.domestic = split.aid.other = 0;
      split.aid.state_budget = split.copay;
      split.copay = 0;
      return;
  }
}

}  // namespace

base::Result<Decimal> InsuredAmount(const PricedLine& line) {
  TRY_ASSIGN(const Decimal amount, CheckedAmount(line));
  return Insured(line, RestAfterFacilityAid(line, amount));
}

// vietnam.md §3.4 [official], steps as there.
base::Result<LineSplit> SplitLine(const PricedLine& line, const Decimal& benefit_percent,
                                  const std::optional<Decimal>& ceiling) {
  TRY_ASSIGN(const Decimal amount, CheckedAmount(line));
  if (benefit_percent.IsNegative() || benefit_percent > Decimal(100) ||
      benefit_percent.Round(2) != benefit_percent)
    return base::Invalid("Mức hưởng phải từ 0 đến 100, tối đa 2 số lẻ.", "benefit");
  LineSplit split;
  split.amount = amount;
  split.benefit_percent = benefit_percent;
  split.aid = line.aid;
  split.ceiling = ceiling;
  const Decimal rest = RestAfterFacilityAid(line, amount);
  split.insured_amount = Insured(line, rest);
  split.fund = (split.insured_amount * (benefit_percent * Decimal::FromUnscaled(1, 2))).Round(2);
  // T_BHTT <= T_TRANTT; the law leaves what is above to the patient, inside the insured amount.
  if (ceiling && split.fund > *ceiling) split.fund = *ceiling;
  split.copay = split.insured_amount - split.fund;
  split.self_pay = rest - split.insured_amount;
  ApplyAid(split);
  return split;
}

base::Result<Bill> SplitBill(const std::vector<PricedLine>& lines, const Decimal& benefit_percent,
                             const Decimal& supply_ceiling) {
  Bill bill;
  std::map<std::string, Decimal> left_of_package;
  BillTotals& totals = bill.totals;
  for (size_t i = 0; i < lines.size(); ++i) {
    const PricedLine& line = lines[i];
    std::optional<Decimal> ceiling;
    if (!line.package.empty())
      ceiling = left_of_package.try_emplace(line.package, supply_ceiling).first->second;
    auto result = SplitLine(line, benefit_percent, ceiling);
    if (!result.ok()) {
      base::Error error = std::move(result).error();
      error.field = "lines[" + std::to_string(i) + "]." + error.field;
      return error;
    }
    const LineSplit& split = bill.lines.emplace_back(std::move(result).value());
    if (!line.package.empty()) left_of_package[line.package] -= split.fund;
    if (line.kind == LineKind::kDrug) totals.drugs += split.amount;
    if (line.kind == LineKind::kService && (line.group == 10 || line.group == 11))
      totals.supplies += split.amount;
    totals.amount += split.amount;
    totals.insured_amount += split.insured_amount;
    totals.self_pay += split.self_pay;
    totals.copay += split.copay;
    totals.aid += split.aid.Total();
    totals.fund_of_lines += split.fund;
    if (line.method == PaymentMethod::kFeeForService) totals.fund_fee_for_service += split.fund;
  }
  // The text gives this formula and the sum of the lines; checkers use this one (vietnam.md §3.4).
  totals.fund = totals.insured_amount - totals.copay;
  totals.fund_formulas_differ = totals.fund != totals.fund_of_lines;
  totals.patient_owes = totals.copay + totals.self_pay;
  return bill;
}

// QĐ 4750 TYLE_TT_DV: exam 1st 100, 2nd-4th 30, 5th 10, from 6th 0.
int ExaminationRatio(int nth) {
  if (nth <= 1) return 100;
  if (nth <= 4) return 30;
  return nth == 5 ? 10 : 0;
}

// QĐ 4750 TYLE_TT_DV: shared by 2, quantity 0.5 at 50; by 3 or more, quantity 0.5 at 33.
BedShare SharedBed(int patients) {
  if (patients <= 1) return {1, 100};
  return {Decimal::FromUnscaled(5, 1), patients == 2 ? 50 : 33};
}

}  // namespace care::billing
