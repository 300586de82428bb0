#include "base/result.h"

#include <gtest/gtest.h>

namespace base {
namespace {

Result<int> Half(int number) {
  if (number % 2 != 0) return Invalid("lẻ", "number");
  return number / 2;
}

Result<int> Quarter(int number) {
  TRY_ASSIGN(const int half, Half(number));
  return Half(half);
}

Status RequireEven(int number) {
  TRY(Half(number));
  return Ok();
}

TEST(Result, PassesFailureUp) {
  EXPECT_EQ(*Quarter(8), 2);
  EXPECT_EQ(Quarter(6).error().field, "number");
  EXPECT_TRUE(RequireEven(2).ok());
  EXPECT_FALSE(RequireEven(3).ok());
}

TEST(Result, StopsTheRequestWhenMisread) { EXPECT_THROW(Quarter(7).value(), InvariantBroken); }

}  // namespace
}  // namespace base
