#include "care/billing/split.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "care/billing/table_file_for_test.h"

namespace care::billing {
namespace {

using base::Decimal;

Aid AidOf(std::string_view kind, const Decimal& amount) {
  Aid aid;
  aid.kind = kind == "a"   ? AidKind::kToPatient
             : kind == "b" ? AidKind::kToFacility
             : kind == "c" ? AidKind::kAntiretroviral
                           : AidKind::kNone;
  aid.foreign = amount;
  return aid;
}

TEST(SplitLine, FollowsEveryRowOfTheTable) {
  const auto rows = ReadTableFile("line_split.csv");
  ASSERT_GT(rows.size(), 20U);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 17U) << row[0];
    SCOPED_TRACE(row[16]);
    PricedLine line;
    line.kind = row[0] == "drug" ? LineKind::kDrug : LineKind::kService;
    line.quantity = *Decimal::Parse(row[1]);
    line.price = *Decimal::Parse(row[2]);
    line.insured_price = *Decimal::Parse(row[3]);
    line.service_ratio = std::atoi(row[4].c_str());
    line.insurance_ratio = std::atoi(row[5].c_str());
    line.aid = AidOf(row[7], *Decimal::Parse(row[8]));
    std::optional<Decimal> ceiling;
    if (!row[9].empty()) ceiling = *Decimal::Parse(row[9]);
    const auto split = SplitLine(line, *Decimal::Parse(row[6]), ceiling);
    if (row[10] == "error") {
      EXPECT_FALSE(split.ok());
      continue;
    }
    ASSERT_TRUE(split.ok()) << split.error().message;
    EXPECT_EQ(split->amount.ToString(), row[10]);
    EXPECT_EQ(split->insured_amount.ToString(), row[11]);
    EXPECT_EQ(split->fund.ToString(), row[12]);
    EXPECT_EQ(split->copay.ToString(), row[13]);
    EXPECT_EQ(split->self_pay.ToString(), row[14]);
    EXPECT_EQ(split->aid.Total().ToString(), row[15]);
  }
}

PricedLine RandomLine(base::Random& random) {
  PricedLine line;
  line.kind = random.Below(2) == 0 ? LineKind::kDrug : LineKind::kService;
  line.quantity = Decimal::FromUnscaled(static_cast<int64_t>(random.Below(100'000)), 3);
  line.price = Decimal::FromUnscaled(static_cast<int64_t>(random.Below(5'000'000'000)), 3);
  line.insured_price = line.price;
  if (line.kind == LineKind::kService) {
    line.insured_price = line.price.MulDiv(static_cast<int64_t>(random.Below(101)), 100, 3);
    if (line.insured_price > line.price) line.insured_price = line.price;
    line.service_ratio = static_cast<int>(random.Below(101));
    line.group = static_cast<int>(1 + random.Below(19));
    if (random.Below(8) == 0) line.package = "G1";
  }
  line.insurance_ratio = static_cast<int>(random.Below(101));
  line.method = random.Below(3) == 0 ? PaymentMethod::kCapitation : PaymentMethod::kFeeForService;
  const Decimal amount = (line.quantity * line.price).MulDiv(line.service_ratio, 100, 2);
  const char* kinds[] = {"", "", "a", "b", "c"};
  line.aid = AidOf(kinds[random.Below(5)], 0);
  if (line.aid.kind != AidKind::kNone) {
    line.aid.domestic = amount.MulDiv(static_cast<int64_t>(random.Below(100)), 100, 2);
    if (line.aid.domestic >= amount) line.aid.domestic = 0;
  }
  return line;
}

TEST(SplitBill, SharesAlwaysAddUpToTheWholeAndAreNeverNegative) {
  base::SeededRandom random(20261121);
  const Decimal percents[] = {0, 32, 40, *Decimal::Parse("47.5"), 80, 95, 100};
  for (int round = 0; round < 5'000; ++round) {
    std::vector<PricedLine> lines;
    for (uint64_t i = 1 + random.Below(6); i > 0; --i) lines.push_back(RandomLine(random));
    const Decimal ceiling = Decimal(static_cast<int64_t>(random.Below(200'000'000)));
    const auto bill = SplitBill(lines, percents[random.Below(7)], ceiling);
    ASSERT_TRUE(bill.ok()) << bill.error().field << bill.error().message;
    Decimal package;
    for (size_t i = 0; i < lines.size(); ++i) {
      const LineSplit& split = bill->lines[i];
      ASSERT_EQ(split.fund + split.copay + split.self_pay + split.aid.Total(), split.amount)
          << round;
      for (const Decimal& share : {split.fund, split.copay, split.self_pay, split.aid.Total(),
                                   split.insured_amount, split.amount}) {
        ASSERT_FALSE(share.IsNegative()) << round;
        ASSERT_EQ(share, share.Round(2)) << round;
      }
      ASSERT_LE(split.insured_amount, split.amount);
      if (!lines[i].package.empty()) package += split.fund;
    }
    ASSERT_LE(package, ceiling);
    const BillTotals& totals = bill->totals;
    ASSERT_EQ(totals.fund_of_lines + totals.copay + totals.self_pay + totals.aid, totals.amount);
    ASSERT_EQ(totals.fund, totals.insured_amount - totals.copay);
    ASSERT_EQ(totals.fund_formulas_differ, totals.fund != totals.fund_of_lines);
    ASSERT_LE(totals.fund_fee_for_service, totals.fund_of_lines);
  }
}

TEST(SplitLine, StaysExactAtTheEdgeOfWhatItTakes) {
  PricedLine line{.quantity = *Decimal::Parse("999998.999"),
                  .price = *Decimal::Parse("999999999.999")};
  line.insured_price = line.price;
  line.service_ratio = 99;
  line.insurance_ratio = 97;
  const auto split = SplitLine(line, *Decimal::Parse("47.51"));
  ASSERT_TRUE(split.ok()) << split.error().message;
  EXPECT_EQ(split->amount.ToString(), "989999009009010");
  EXPECT_EQ(split->fund + split->copay + split->self_pay, split->amount);
  line.price = *Decimal::Parse("0.0001");
  line.insured_price = 0;
  EXPECT_FALSE(SplitLine(line, 80).ok()) << "unit prices have 3 decimals";
}

TEST(SplitBill, AddsUpTheTotalsOfTableOne) {
  const std::vector<PricedLine> lines{
      {.kind = LineKind::kDrug,
       .group = 4,
       .quantity = 20,
       .price = 1500,
       .insured_price = 1500,
       .insurance_ratio = 100},
      {.group = 13, .quantity = 1, .price = 39500, .insured_price = 39500, .insurance_ratio = 100},
      {.group = 10,
       .quantity = 2,
       .price = 10000,
       .insured_price = 10000,
       .insurance_ratio = 100,
       .method = PaymentMethod::kCapitation}};
  const auto bill = SplitBill(lines, 80, 113'850'000);
  ASSERT_TRUE(bill.ok());
  EXPECT_EQ(bill->totals.drugs, Decimal(30000));
  EXPECT_EQ(bill->totals.supplies, Decimal(20000));
  EXPECT_EQ(bill->totals.amount, Decimal(89500));
  EXPECT_EQ(bill->totals.fund, Decimal(71600));
  EXPECT_EQ(bill->totals.copay, Decimal(17900));
  EXPECT_EQ(bill->totals.fund_fee_for_service, Decimal(55600));
  EXPECT_EQ(bill->totals.patient_owes, Decimal(17900));
  EXPECT_FALSE(bill->totals.fund_formulas_differ);
}

TEST(SplitBill, FlagsTheKnownContradictionOfTheTwoFundFormulas) {
  PricedLine line{.kind = LineKind::kDrug,
                  .quantity = 1,
                  .price = 1'000'000,
                  .insured_price = 1'000'000,
                  .insurance_ratio = 100};
  line.aid = AidOf("a", 50'000);
  const auto bill = SplitBill({line}, 80, 0);
  ASSERT_TRUE(bill.ok());
  EXPECT_EQ(bill->totals.fund, Decimal(850'000)) << "T_TONGCHI_BH - T_BNCCT";
  EXPECT_EQ(bill->totals.fund_of_lines, Decimal(800'000));
  EXPECT_TRUE(bill->totals.fund_formulas_differ);
}

TEST(SplitBill, NamesTheLineThatIsWrong) {
  PricedLine good{.quantity = 1, .price = 1, .insured_price = 1};
  PricedLine bad = good;
  bad.quantity = -1;
  const auto bill = SplitBill({good, bad}, 80, 0);
  ASSERT_FALSE(bill.ok());
  EXPECT_EQ(bill.error().field, "lines[1].quantity");
}

TEST(ExaminationRatio, FallsWithEveryFurtherExamination) {
  const int expected[] = {100, 30, 30, 30, 10, 0, 0};
  for (int nth = 1; nth <= 7; ++nth) EXPECT_EQ(ExaminationRatio(nth), expected[nth - 1]);
}

TEST(SharedBed, CountsHalfADay) {
  EXPECT_EQ(SharedBed(1).ratio, 100);
  EXPECT_EQ(SharedBed(2).quantity.ToString(), "0.5");
  EXPECT_EQ(SharedBed(2).ratio, 50);
  EXPECT_EQ(SharedBed(3).quantity.ToString(), "0.5");
  EXPECT_EQ(SharedBed(5).ratio, 33);
}

}  // namespace
}  // namespace care::billing
