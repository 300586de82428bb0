#include "app/commands/user.h"

#include <gtest/gtest.h>

#include <sstream>

#include "access/accounts.h"
#include "security/password_hasher.h"
#include "testkit/test_station.h"

namespace app::commands {
namespace {

using Action = UserOptions::Action;

class UserTest : public ::testing::Test {
 protected:
  int Run(const UserOptions& options, const std::string& typed = "") {
    std::istringstream input(typed);
    out.str("");
    err.str("");
    return RunUser(options, station.store(), std::string(testkit::kStationId), station.clock,
                   station.random, input, out, err);
  }
  bool CanLogin(const std::string& login, const std::string& password) {
    security::PasswordHasher hasher(station.random);
    access_control::Accounts accounts(station.store(), hasher, station.clock, station.random,
                                      std::string(testkit::kStationId));
    return accounts.Authenticate(login, password, "test").ok();
  }

  testkit::TestStation station;
  std::ostringstream out;
  std::ostringstream err;
  const UserOptions add{.action = Action::kAdd,
                        .login = "bs.hoa",
                        .name = "Lê Thị Hoa",
                        .roles = {"doctor", "station_head"}};
};

TEST_F(UserTest, AddsAPersonWhoCanLogIn) {
  ASSERT_EQ(Run(add, "chim sẻ hót bảy giờ kém\n"), 0) << err.str();
  EXPECT_TRUE(CanLogin("bs.hoa", "chim sẻ hót bảy giờ kém"));
  ASSERT_EQ(Run({.action = Action::kList}), 0);
  EXPECT_NE(out.str().find("bs.hoa\tLê Thị Hoa\tdoctor,station_head\tactive"), std::string::npos)
      << out.str();
}

TEST_F(UserTest, RefusesWithAReasonAndNeverShowsThePassword) {
  EXPECT_EQ(Run(add, "matkhau123456789\n"), 1);
  EXPECT_NE(err.str().find("dễ đoán"), std::string::npos);
  EXPECT_EQ((out.str() + err.str()).find("matkhau"), std::string::npos);
  EXPECT_EQ(Run(add, ""), 1);
  UserOptions wrong = add;
  wrong.roles = {"wizard"};
  EXPECT_EQ(Run(wrong, "chim sẻ hót bảy giờ kém\n"), 1);
  wrong.roles = {"system"};
  EXPECT_EQ(Run(wrong, "chim sẻ hót bảy giờ kém\n"), 1);
  EXPECT_EQ(Run({.action = Action::kUnlock, .login = "nobody"}), 1);
}

TEST_F(UserTest, MakesAPasswordThatWorksAndIsShownOnce) {
  UserOptions generate = add;
  generate.generate = true;
  ASSERT_EQ(Run(generate), 0) << err.str();
  const size_t at = out.str().find(": ") + 2;
  const std::string password = out.str().substr(at, 23);
  EXPECT_TRUE(CanLogin("bs.hoa", password)) << password;
}

TEST_F(UserTest, ChangesDisablesEnablesAndUnlocks) {
  ASSERT_EQ(Run(add, "chim sẻ hót bảy giờ kém\n"), 0);
  ASSERT_EQ(
      Run({.action = Action::kAdd, .login = "qt.dung", .name = "Dũng", .roles = {"administrator"}},
          "bún riêu trước cổng đình\n"),
      0);
  ASSERT_EQ(Run({.action = Action::kPassword, .login = "bs.hoa"}, "một câu hoàn toàn khác\n"), 0);
  EXPECT_TRUE(CanLogin("bs.hoa", "một câu hoàn toàn khác"));
  ASSERT_EQ(Run({.action = Action::kDisable, .login = "bs.hoa"}), 0);
  EXPECT_FALSE(CanLogin("bs.hoa", "một câu hoàn toàn khác"));
  ASSERT_EQ(Run({.action = Action::kEnable, .login = "bs.hoa"}), 0);
  EXPECT_TRUE(CanLogin("bs.hoa", "một câu hoàn toàn khác"));
  EXPECT_EQ(Run({.action = Action::kUnlock, .login = "bs.hoa"}), 0);
}

}  // namespace
}  // namespace app::commands
