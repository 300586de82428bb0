// Money rules of QĐ 4750/QĐ-BYT (vietnam.md §3.4), tolerance 0 after rounding to 2 decimals.
#include <algorithm>

#include "care/insurance/check_steps.h"

namespace care::insurance {
namespace {

using base::Decimal;

// The numbers of one line; a line whose numbers cannot be read is judged by field rules alone.
struct Line {
  Decimal quantity, price, insured_price, service_ratio, insurance_ratio;
  Decimal amount, insured, percent;
  Decimal other, fund, copay, self_pay;
  std::optional<Decimal> ceiling;
};

// Beyond these nothing a health facility charges is real, and exact products would not fit.
const Decimal kMaxQuantity(999'999'999);
const Decimal kMaxPrice(9'999'999'999);
const Decimal kMaxAmount(999'999'999'999'999);

Decimal Percent(const Decimal& value, const Decimal& percent) {
  return (value * (percent * Decimal::FromUnscaled(1, 2))).Round(2);
}

// quantity * price * service ratio * insurance ratio; the price takes the ratios first, so that
// every operand stays in the range of Decimal.
Decimal Ratioed(const Line& line, const Decimal& price, const Decimal& insurance_ratio) {
  const Decimal ratio = line.service_ratio * insurance_ratio * Decimal::FromUnscaled(1, 4);
  return (line.quantity * (price * ratio)).Round(2);
}

enum class LineState { kReadable, kUnreadable, kAbsurd };

// Fields that are no number, or of too many decimals, are left to the field rules.
LineState ReadLine(const Row& row, Line& line) {
  LineState state = LineState::kReadable;
  const auto read = [&](std::string_view field, Decimal& into, int decimals, const Decimal& most) {
    const auto number = NumberOf(row, field);
    if (!number || number->IsNegative() || number->Round(decimals) != *number) {
      state = LineState::kUnreadable;
    } else if (*number > most) {
      if (state == LineState::kReadable) state = LineState::kAbsurd;
    } else {
      into = *number;
    }
  };
  const Decimal hundred(100);
  const bool drug = row.table().name == "XML2";
  read("SO_LUONG", line.quantity, 3, kMaxQuantity);
  read(drug ? "DON_GIA" : "DON_GIA_BV", line.price, 3, kMaxPrice);
  read(drug ? "DON_GIA" : "DON_GIA_BH", line.insured_price, 3, kMaxPrice);
  line.service_ratio = hundred;
  // A ratio over 100 is said by field.ratio, a benefit over 100 by benefit.range.
  LineState before = state;
  if (!drug) read("TYLE_TT_DV", line.service_ratio, 0, hundred);
  read("TYLE_TT_BH", line.insurance_ratio, 0, hundred);
  if (!row.Get("MUC_HUONG").empty()) read("MUC_HUONG", line.percent, 2, hundred);
  if (state != before) return LineState::kUnreadable;
  read("THANH_TIEN_BV", line.amount, 2, kMaxAmount);
  read("THANH_TIEN_BH", line.insured, 2, kMaxAmount);
  read("T_NGUONKHAC", line.other, 2, kMaxAmount);
  read("T_BHTT", line.fund, 2, kMaxAmount);
  read("T_BNCCT", line.copay, 2, kMaxAmount);
  read("T_BNTT", line.self_pay, 2, kMaxAmount);
  line.ceiling = NumberOf(row, "T_TRANTT");
  return state;
}

bool IsExpectedInsured(const Line& line) {
  if (line.insured == Ratioed(line, line.insured_price, line.insurance_ratio)) return true;
  // Case b: aid to the facility came off first, the rest was split.
  return !line.other.IsZero() && line.other < line.amount &&
         line.insured == Percent(line.amount - line.other, line.insurance_ratio);
}

// Whether fund, co-payment and self-pay are those of one of the lawful cases.
bool AreExpectedShares(const Line& line) {
  Decimal fund = Percent(line.insured, line.percent);
  if (line.ceiling) fund = std::min(fund, *line.ceiling);
  const Decimal copay = line.insured - fund;
  const auto same = [&](const Decimal& f, const Decimal& c, const Decimal& s) {
    return line.fund == f && line.copay == c && line.self_pay == s;
  };
  const Decimal self_pay = line.amount - line.insured;
  if (line.other.IsZero()) return same(fund, copay, self_pay);
  // Case a: other sources take self-pay, then co-payment, then the fund's part.
  Decimal left = line.other;
  const auto reduced = [&](const Decimal& share) {
    const Decimal taken = std::min(share, left);
    left -= taken;
    return share - taken;
  };
  const Decimal self_a = reduced(self_pay);
  const Decimal copay_a = reduced(copay);
  const Decimal fund_a = reduced(fund);
  return same(fund_a, copay_a, self_a) || same(fund, copay, self_pay - line.other) ||  // case b
         (line.other == copay && same(fund, Decimal(0), self_pay));                    // case c
}

void CheckLine(const Row& row, int number, Report& report) {
  const auto table = row.table().name;
  Line line;
  const LineState state = ReadLine(row, line);
  if (state == LineState::kAbsurd) report.Add("money.absurd", table, number, "THANH_TIEN_BV");
  if (state != LineState::kReadable) return;
  const auto add = [&](std::string_view rule, std::string_view field) {
    report.Add(rule, table, number, field);
  };
  const bool drug = table == "XML2";
  if (line.amount != Ratioed(line, line.price, 100))
    add(drug ? "money.drug_amount" : "money.service_amount", "THANH_TIEN_BV");
  if (!IsExpectedInsured(line))
    add(drug ? "money.drug_insured" : "money.service_insured", "THANH_TIEN_BH");
  if (line.insured_price > line.price) add("money.price_order", "DON_GIA_BH");
  Decimal parts;
  bool parts_known = true;
  for (const std::string_view field :
       {"T_NGUONKHAC_NSNN", "T_NGUONKHAC_VTNN", "T_NGUONKHAC_VTTN", "T_NGUONKHAC_CL"}) {
    const auto part = NumberOf(row, field);
    parts_known = parts_known && part;
    if (part) parts += *part;
  }
  if (parts_known && parts != line.other) add("money.other_source_parts", "T_NGUONKHAC");
  if (!line.other.IsZero() && line.other >= line.amount) {
    add("money.other_source_limit", "T_NGUONKHAC");
  } else if (line.fund + line.copay + line.self_pay + line.other != line.amount) {
    add("money.line_shares", "T_BHTT");
  } else if (line.ceiling && line.fund > *line.ceiling) {
    add("money.ceiling", "T_BHTT");
  } else if (!AreExpectedShares(line)) {
    add("money.line_fund", "T_BHTT");
  }
  if (row.Get("PHAM_VI") == "2" && !(line.insurance_ratio.IsZero() && line.insured.IsZero()))
    add("money.scope", "TYLE_TT_BH");
}

// CA, CY and QN cards: the settlement outside capitation is not checked.
bool IsArmedForcesCard(const Visit& visit) {
  for (const auto card : ListOf(visit.summary->Get("MA_THE_BHYT"))) {
    if (IsOneOf(card.substr(0, 2), {"CA", "CY", "QN"})) return true;
  }
  return false;
}

class Totals {
 public:
  Totals(const Dossier& dossier, const Visit& visit, Report& report)
      : dossier_(dossier), visit_(visit), report_(report) {}

  void Check() {
    const auto everything = [](const Row&) { return true; };
    const auto drugs = [](const Row& row) { return row.table().name == "XML2"; };
    const auto supplies = [](const Row& row) {
      return row.table().name == "XML3" && IsOneOf(row.Get("MA_NHOM"), {"10", "11"});
    };
    const auto fee_for_service = [](const Row& row) { return row.Get("MA_PTTT") == "1"; };
    Compare("money.total_drugs", "T_THUOC", Sum("THANH_TIEN_BV", drugs));
    Compare("money.total_supplies", "T_VTYT", Sum("THANH_TIEN_BV", supplies));
    Compare("money.total_amount", "T_TONGCHI_BV", Sum("THANH_TIEN_BV", everything));
    const bool insured_agrees =
        Compare("money.total_insured", "T_TONGCHI_BH", Sum("THANH_TIEN_BH", everything));
    Compare("money.total_self_pay", "T_BNTT", Sum("T_BNTT", everything));
    const bool copay_agrees = Compare("money.total_copay", "T_BNCCT", Sum("T_BNCCT", everything));
    Compare("money.total_other_source", "T_NGUONKHAC", Sum("T_NGUONKHAC", everything));
    if (!IsArmedForcesCard(visit_))
      Compare("money.total_fee_for_service", "T_BHTT_GDV", Sum("T_BHTT", fee_for_service));
    if (insured_agrees && copay_agrees) CheckFund(Sum("T_BHTT", everything));
  }

 private:
  // None when a line cannot be read: the total is then not judged.
  template <class Predicate>
  std::optional<Decimal> Sum(std::string_view field, Predicate predicate) const {
    Decimal sum;
    for (const std::string_view table : {"XML2", "XML3"}) {
      for (const Row& row : dossier_.Rows(table)) {
        if (!predicate(row)) continue;
        const auto number = NumberOf(row, field);
        if (!number) return std::nullopt;
        sum += *number;
      }
    }
    return sum;
  }

  bool Compare(std::string_view rule, std::string_view field,
               const std::optional<Decimal>& expected) {
    const auto written = NumberOf(*visit_.summary, field);
    if (!expected || !written || *written == *expected) return true;
    report_.Add(rule, "XML1", 1, field, "cần " + expected->ToString());
    return false;
  }

  // The text gives T_TONGCHI_BH - T_BNCCT and the sum of the lines; the portal's checker uses the
  // first, so the second is only a flag (known contradiction, vietnam.md §3.4).
  void CheckFund(const std::optional<Decimal>& of_lines) {
    const auto insured = NumberOf(*visit_.summary, "T_TONGCHI_BH");
    const auto copay = NumberOf(*visit_.summary, "T_BNCCT");
    const auto fund = NumberOf(*visit_.summary, "T_BHTT");
    if (!insured || !copay || !fund) return;
    if (*fund != *insured - *copay) {
      report_.Add("money.total_fund", "XML1", 1, "T_BHTT", "cần " + (*insured - *copay).ToString());
    } else if (of_lines && *of_lines != *fund) {
      report_.Add("money.fund_formulas", "XML1", 1, "T_BHTT",
                  "tổng các dòng " + of_lines->ToString());
    }
  }

  const Dossier& dossier_;
  const Visit& visit_;
  Report& report_;
};

}  // namespace

void CheckMoney(const Dossier& dossier, const Visit& visit, Report& report) {
  for (const std::string_view table : {"XML2", "XML3"}) {
    int number = 0;
    for (const Row& row : dossier.Rows(table)) CheckLine(row, ++number, report);
  }
  Totals(dossier, visit, report).Check();
}

}  // namespace care::insurance
