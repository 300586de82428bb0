#include "care/lab/order_state.h"

#include <gtest/gtest.h>

namespace care::lab {
namespace {

struct Row {
  OrderState state;
  bool collect, enter, verify, reject;
};

TEST(OrderState, AllowsExactlyTheStepsOfTheDrawing) {
  constexpr Row kTable[] = {{OrderState::kOrdered, true, true, false, false},
                            {OrderState::kCollected, false, true, false, false},
                            {OrderState::kEntered, false, true, true, true},
                            {OrderState::kVerified, false, false, false, false}};
  for (const Row& row : kTable) {
    EXPECT_EQ(MayFollow(row.state, Step::kCollect), row.collect) << Name(row.state);
    EXPECT_EQ(MayFollow(row.state, Step::kEnter), row.enter) << Name(row.state);
    EXPECT_EQ(MayFollow(row.state, Step::kVerify), row.verify) << Name(row.state);
    EXPECT_EQ(MayFollow(row.state, Step::kReject), row.reject) << Name(row.state);
  }
}

}  // namespace
}  // namespace care::lab
