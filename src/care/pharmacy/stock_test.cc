#include "care/pharmacy/stock.h"

#include <gtest/gtest.h>

namespace care::pharmacy {
namespace {

using base::Date;
using base::Decimal;

Lot MakeLot(const char* number, Date expires, int64_t on_hand) {
  Lot lot;
  lot.lot_number = number;
  lot.expires = expires;
  lot.on_hand = on_hand;
  return lot;
}

const Date kToday{2026, 11, 21};

TEST(ProposeLots, TakesTheEarliestExpiryFirst) {
  const std::vector<Lot> lots = {MakeLot("A", {2026, 12, 1}, 5), MakeLot("B", {2027, 6, 1}, 100)};
  const auto takes = ProposeLots(lots, 12, kToday);
  ASSERT_EQ(takes.size(), 2U);
  EXPECT_EQ(takes[0].lot->lot_number, "A");
  EXPECT_EQ(takes[0].quantity, Decimal(5));
  EXPECT_EQ(takes[1].quantity, Decimal(7));
}

TEST(ProposeLots, NeverTakesFromAnExpiredLot) {
  const std::vector<Lot> lots = {MakeLot("old", {2026, 11, 20}, 50), MakeLot("today", {2026, 11, 21}, 5)};
  const auto takes = ProposeLots(lots, 10, kToday);
  ASSERT_EQ(takes.size(), 1U);
  EXPECT_EQ(takes[0].lot->lot_number, "today");
  EXPECT_EQ(takes[0].quantity, Decimal(5));
}

TEST(StockWarnings, SayWhatRunsOutAndWhatExpires) {
  EXPECT_EQ(WarningsFor({MakeLot("A", {2028, 1, 1}, 100)}, 30, kToday).size(), 0U);
  EXPECT_EQ(WarningsFor({MakeLot("A", {2028, 1, 1}, 6)}, 30, kToday),
            std::vector<StockWarning>{StockWarning::kLow});
  EXPECT_EQ(WarningsFor({MakeLot("A", {2027, 1, 1}, 100)}, 30, kToday),
            std::vector<StockWarning>{StockWarning::kExpiring});
  const auto expired = WarningsFor({MakeLot("A", {2026, 11, 1}, 100)}, 0, kToday);
  EXPECT_EQ(expired, (std::vector<StockWarning>{StockWarning::kExpired, StockWarning::kLow}));
}

}  // namespace
}  // namespace care::pharmacy
