#include "access/lock_out.h"

#include <gtest/gtest.h>

namespace access_control {
namespace {

constexpr base::Instant kNow{1'795'219'500'000};
constexpr int64_t kMinute = 60'000;

void Fail(LockOut& lock_out, const std::string& device, base::Instant at, size_t times) {
  for (size_t i = 0; i < times; ++i) lock_out.CountFailure("bs.lan", device, at);
}

TEST(LockOut, MakesADeviceWaitAfterFiveFailures) {
  LockOut lock_out;
  Fail(lock_out, "kiosk", kNow, 4);
  EXPECT_FALSE(lock_out.WaitUntil("bs.lan", "kiosk", kNow).has_value());
  Fail(lock_out, "kiosk", kNow, 1);
  EXPECT_EQ(lock_out.WaitUntil("bs.lan", "kiosk", kNow), kNow.AddMillis(15 * kMinute));
  EXPECT_FALSE(lock_out.WaitUntil("bs.lan", "kiosk", kNow.AddMillis(15 * kMinute)).has_value());
}

TEST(LockOut, LeavesTheDoctorsOwnComputerAlone) {
  LockOut lock_out;
  Fail(lock_out, "kiosk", kNow, 5);
  EXPECT_FALSE(lock_out.WaitUntil("bs.lan", "room-1", kNow).has_value());
  EXPECT_FALSE(lock_out.WaitUntil("yt.hoa", "kiosk", kNow).has_value());
}

TEST(LockOut, ForgetsFailuresOlderThanTheWindow) {
  LockOut lock_out;
  Fail(lock_out, "kiosk", kNow, 4);
  Fail(lock_out, "kiosk", kNow.AddMillis(15 * kMinute), 1);
  EXPECT_FALSE(lock_out.WaitUntil("bs.lan", "kiosk", kNow.AddMillis(15 * kMinute)).has_value());
}

TEST(LockOut, WaitsLongerEachTimeUpToAnHour) {
  LockOut lock_out;
  base::Instant at = kNow;
  for (const int64_t minutes : {15, 30, 60, 60}) {
    Fail(lock_out, "kiosk", at, 5);
    ASSERT_EQ(lock_out.WaitUntil("bs.lan", "kiosk", at), at.AddMillis(minutes * kMinute));
    at = at.AddMillis(minutes * kMinute);
  }
}

TEST(LockOut, LocksTheAccountWhenManyDevicesGuess) {
  LockOut lock_out;
  std::optional<base::Instant> locked;
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(locked.has_value());
    locked = lock_out.CountFailure("bs.lan", "device-" + std::to_string(i), kNow);
  }
  EXPECT_EQ(locked, kNow.AddMillis(15 * kMinute));
  EXPECT_EQ(lock_out.WaitUntil("bs.lan", "another", kNow), locked);
}

TEST(LockOut, ForgivesAtOnce) {
  LockOut lock_out;
  Fail(lock_out, "kiosk", kNow, 5);
  lock_out.Forgive("bs.lan");
  EXPECT_FALSE(lock_out.WaitUntil("bs.lan", "kiosk", kNow).has_value());
}

TEST(LockOut, DoesNotGrowWithoutEnd) {
  LockOut lock_out;
  for (int i = 0; i < 10'050; ++i) {
    lock_out.CountFailure("guess-" + std::to_string(i), "kiosk", kNow.AddMillis(i));
  }
  Fail(lock_out, "kiosk", kNow.AddMillis(20'000), 5);
  EXPECT_TRUE(lock_out.WaitUntil("bs.lan", "kiosk", kNow.AddMillis(20'000)).has_value());
}

}  // namespace
}  // namespace access_control
