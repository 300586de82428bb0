#include "care/lab/order_state.h"

namespace care::lab {

std::string_view Name(OrderState state) {
  switch (state) {
    case OrderState::kOrdered: return "ordered";
    case OrderState::kCollected: return "collected";
    case OrderState::kEntered: return "entered";
    case OrderState::kVerified: return "verified";
  }
  return "ordered";
}

bool MayFollow(OrderState state, Step step) {
  switch (step) {
    case Step::kCollect: return state == OrderState::kOrdered;
    case Step::kEnter: return state != OrderState::kVerified;
    case Step::kVerify:
    case Step::kReject: return state == OrderState::kEntered;
  }
  return false;
}

OrderState StateOf(const base::Json& order, bool has_specimen, bool has_preliminary_results) {
  if (order["status"].String() == "completed") return OrderState::kVerified;
  if (has_preliminary_results) return OrderState::kEntered;
  return has_specimen ? OrderState::kCollected : OrderState::kOrdered;
}

}  // namespace care::lab
