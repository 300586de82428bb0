// The states of a lab order as data: what the worklist shows and which step may follow.
//
//   ordered --collect--> collected --enter--> entered --verify--> verified
//                                    ^--reject--|
//   (results may be entered for a test without a specimen label, such as a finger-stick)
#pragma once

#include <string_view>

#include "access/record_scope.h"

namespace care::lab {

enum class OrderState { kOrdered, kCollected, kEntered, kVerified };
std::string_view Name(OrderState state);

enum class Step { kCollect, kEnter, kVerify, kReject };
bool MayFollow(OrderState state, Step step);

// Judged from what is in the record: the report's status, the specimen, the order's status.
OrderState StateOf(const base::Json& order, bool has_specimen, bool has_preliminary_results);

}  // namespace care::lab
