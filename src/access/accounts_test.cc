#include "access/accounts.h"

#include <gtest/gtest.h>

#include "access/secrets.h"
#include "testkit/test_station.h"

namespace access_control {
namespace {

using base::ErrorCode;
using testkit::kStationId;
using testkit::TestStation;

constexpr std::string_view kSentence = "chim sẻ hót bảy giờ kém";
constexpr int64_t kMinute = 60'000;

class AccountsTest : public ::testing::Test {
 protected:
  User Make(const std::string& login, std::vector<Role> roles) {
    auto user = accounts.Create(testkit::Someone(Role::kAdministrator),
                                {.login = login,
                                 .name = "Lê Thị Hoa",
                                 .roles = std::move(roles),
                                 .password = std::string(kSentence)});
    EXPECT_TRUE(user.ok()) << (user.ok() ? "" : user.error().message);
    return user.ok() ? *user : User{};
  }
  base::ErrorCode TryLogin(const std::string& login, std::string_view password,
                           const std::string& device = "room-1") {
    const auto who = accounts.Authenticate(login, password, device);
    return who.ok() ? ErrorCode::kInternal : who.error().code;
  }
  bool CanLogin(const std::string& login, std::string_view password = kSentence,
                const std::string& device = "room-1") {
    return accounts.Authenticate(login, password, device).ok();
  }

  TestStation station;
  // Cheap hashing: what it costs is tested where it lives.
  security::PasswordHasher hasher{station.random, {.memory_kib = 64, .passes = 1}};
  Accounts accounts{station.store(), hasher, station.clock, station.random,
                    std::string(kStationId)};
  const Principal head = testkit::Someone(Role::kStationHead);
  const Principal admin = testkit::Someone(Role::kAdministrator);
};

TEST_F(AccountsTest, LetsAPersonInWithTheirRoles) {
  const User user = Make("bs.hoa", {Role::kDoctor, Role::kStationHead});
  const auto who = accounts.Authenticate(" BS.Hoa ", kSentence, "room-1");
  ASSERT_TRUE(who.ok());
  EXPECT_EQ(who->practitioner_id, user.id);
  EXPECT_EQ(who->roles, (std::vector<Role>{Role::kDoctor, Role::kStationHead}));
  EXPECT_EQ(who->station_id, kStationId);
  EXPECT_EQ(accounts.FindByLogin("bs.hoa")->last_login, station.clock.Now());
}

TEST_F(AccountsTest, SaysTheSameForAWrongNameAWrongPasswordAndADisabledAccount) {
  Make("qt.hung", {Role::kAdministrator});
  const User user = Make("bs.hoa", {Role::kDoctor});
  ASSERT_TRUE(accounts.Change(admin, user.id, {.disabled = true}).ok());
  const auto wrong = accounts.Authenticate("qt.hung", "x", "a");
  const auto nobody = accounts.Authenticate("nobody", "x", "b");
  const auto disabled = accounts.Authenticate("bs.hoa", kSentence, "c");
  EXPECT_EQ(wrong.error().code, ErrorCode::kUnauthenticated);
  EXPECT_EQ(wrong.error().message, nobody.error().message);
  EXPECT_EQ(wrong.error().message, disabled.error().message);
}

TEST_F(AccountsTest, PublishesThePersonAndHidesTheCredential) {
  const User user = Make("bs.hoa", {Role::kDoctor});
  const auto practitioner = station.Get("Practitioner/" + user.id);
  EXPECT_EQ(practitioner.body.At("name.0.text").String(), "Lê Thị Hoa");
  const auto role = station.All("PractitionerRole").front();
  EXPECT_EQ(role.body.At("code.0.coding.0.code").String(), "doctor");
  EXPECT_EQ(role.body.At("practitioner.reference").String(), "Practitioner/" + user.id);
  for (const auto& record : station.All("Practitioner")) {
    EXPECT_EQ(record.body.Dump().find("argon2"), std::string::npos);
  }
  EXPECT_EQ(station.As(Role::kSystem).Search("VerificationResult").error().code,
            ErrorCode::kForbidden);
}

// An import, or whoever may write that type, makes nobody a doctor.
TEST_F(AccountsTest, TakesNoRoleFromAPractitionerRole) {
  Make("tt.mai", {Role::kReceptionist});
  auto role = station.All("PractitionerRole").front();
  role.body.Slot("code").Push(
      base::Json::Obj({{"coding", base::Json::Arr({base::Json::Obj({{"code", "doctor"}})})}}));
  station.Replace(role);
  EXPECT_EQ(accounts.Authenticate("tt.mai", kSentence, "a")->roles,
            std::vector<Role>{Role::kReceptionist});
}

TEST_F(AccountsTest, RefusesLoginsNamesRolesAndPasswordsThatWillNotDo) {
  const auto create = [&](std::string login, std::string name, std::vector<Role> roles,
                          std::string password) {
    const auto user = accounts.Create(admin, {login, name, roles, password});
    return user.ok() ? std::string("made") : user.error().field;
  };
  const std::string good(kSentence);
  EXPECT_EQ(create("a", "Lê Hoa", {Role::kNurse}, good), "login");
  EXPECT_EQ(create("hoa lê", "Lê Hoa", {Role::kNurse}, good), "login");
  EXPECT_EQ(create("hoa", " ", {Role::kNurse}, good), "name");
  EXPECT_EQ(create("hoa", "Lê Hoa", {}, good), "roles");
  EXPECT_EQ(create("hoa", "Lê Hoa", {Role::kSystem}, good), "roles");
  EXPECT_EQ(create("hoa", "Lê Hoa", {Role::kProgram}, good), "roles");
  EXPECT_EQ(create("hoa", "Lê Hoa", {Role::kNurse}, "matkhau123"), "password");
  EXPECT_EQ(create("hoa", "Lê Hoa", {Role::kNurse}, good), "made");
  EXPECT_EQ(create("HOA", "Lê Hoa", {Role::kNurse}, good), "login");
}

TEST_F(AccountsTest, LocksTheGuessersDeviceNotTheDoctor) {
  Make("bs.hoa", {Role::kDoctor});
  for (int i = 0; i < 5; ++i) TryLogin("bs.hoa", "wrong", "kiosk");
  EXPECT_FALSE(CanLogin("bs.hoa", kSentence, "kiosk"));
  EXPECT_TRUE(CanLogin("bs.hoa", kSentence, "room-1"));
}

TEST_F(AccountsTest, OpensAgainAfterAQuarterOfAnHour) {
  Make("bs.hoa", {Role::kDoctor});
  for (int i = 0; i < 5; ++i) TryLogin("bs.hoa", "wrong");
  EXPECT_FALSE(CanLogin("bs.hoa"));
  station.clock.Advance(15 * kMinute);
  EXPECT_TRUE(CanLogin("bs.hoa"));
}

TEST_F(AccountsTest, StaysLockedThroughARestartAndOpensForWhoeverManagesUsers) {
  const User user = Make("bs.hoa", {Role::kDoctor});
  for (int i = 0; i < 20; ++i) TryLogin("bs.hoa", "wrong", "device-" + std::to_string(i));
  EXPECT_TRUE(accounts.FindByLogin("bs.hoa")->locked_until.has_value());
  EXPECT_FALSE(CanLogin("bs.hoa"));

  Accounts restarted(station.store(), hasher, station.clock, station.random,
                     std::string(kStationId));
  EXPECT_FALSE(restarted.Authenticate("bs.hoa", kSentence, "room-1").ok());
  ASSERT_TRUE(restarted.Change(head, user.id, {.unlock = true}).ok());
  EXPECT_TRUE(restarted.Authenticate("bs.hoa", kSentence, "room-1").ok());
}

TEST_F(AccountsTest, ChangesThePasswordOnlyForWhoKnowsTheOldOne) {
  Make("bs.hoa", {Role::kDoctor});
  const auto who = accounts.Authenticate("bs.hoa", kSentence, "a");
  EXPECT_EQ(accounts.ChangePassword(*who, "wrong", "một câu hoàn toàn khác", "a").error().code,
            ErrorCode::kUnauthenticated);
  EXPECT_EQ(accounts.ChangePassword(*who, kSentence, "12345678901234", "a").error().field,
            "password");
  ASSERT_TRUE(accounts.ChangePassword(*who, kSentence, "một câu hoàn toàn khác", "a").ok());
  EXPECT_FALSE(CanLogin("bs.hoa", kSentence));
  EXPECT_TRUE(CanLogin("bs.hoa", "một câu hoàn toàn khác"));
}

TEST_F(AccountsTest, KeepsSomebodyWhoCanManageAccounts) {
  const User first = Make("tt.hung", {Role::kStationHead});
  EXPECT_EQ(accounts.Change(admin, first.id, {.disabled = true}).error().code,
            ErrorCode::kUnprocessable);
  EXPECT_EQ(accounts.Change(admin, first.id, {.roles = {{Role::kDoctor}}}).error().code,
            ErrorCode::kUnprocessable);
  Make("qt.dung", {Role::kAdministrator});
  EXPECT_TRUE(accounts.Change(admin, first.id, {.disabled = true}).ok());
}

TEST_F(AccountsTest, LetsAStationHeadTouchNoAdministratorButUnlockOne) {
  const User user = Make("qt.dung", {Role::kAdministrator});
  EXPECT_EQ(accounts.Change(head, user.id, {.new_password = std::string("một câu hoàn toàn khác")})
                .error()
                .code,
            ErrorCode::kForbidden);
  const User nurse = Make("yt.mai", {Role::kNurse});
  EXPECT_EQ(accounts.Change(head, nurse.id, {.roles = {{Role::kAdministrator}}}).error().code,
            ErrorCode::kForbidden);
  EXPECT_EQ(accounts
                .Create(head, {.login = "x1",
                               .name = "X",
                               .roles = {Role::kAdministrator},
                               .password = std::string(kSentence)})
                .error()
                .code,
            ErrorCode::kForbidden);
  EXPECT_TRUE(accounts.Change(head, user.id, {.unlock = true}).ok());
}

TEST_F(AccountsTest, HashesAnewAtTheNextLoginWhenTheCostHasRisen) {
  Make("bs.hoa", {Role::kDoctor});
  security::PasswordHasher dearer(station.random, {.memory_kib = 128, .passes = 1});
  Accounts later(station.store(), dearer, station.clock, station.random, std::string(kStationId));
  ASSERT_TRUE(later.Authenticate("bs.hoa", kSentence, "a").ok());
  const auto credential = ReadCredential(station.store(), "bs.hoa");
  EXPECT_EQ((*credential)->password_hash.find("$argon2id$v=19$m=128,"), 0u);
}

TEST_F(AccountsTest, RecordsEveryTryWithoutWhatWasTyped) {
  Make("bs.hoa", {Role::kDoctor});
  TryLogin("bs.hoa", "mật khẩu gõ nhầm");
  TryLogin("mật khẩu gõ vào ô tên", "x");
  CanLogin("bs.hoa");
  std::vector<std::string> outcomes;
  for (const auto& event : station.AuditTrail()) {
    EXPECT_EQ(event.Dump().find("mật khẩu"), std::string::npos);
    EXPECT_EQ(event.Dump().find("chim sẻ"), std::string::npos);
    if (event.At("subtype.0.code").String() == "login") {
      outcomes.push_back(event["outcome"].String());
    }
  }
  EXPECT_EQ(outcomes, (std::vector<std::string>{"8", "8", "0"}));
}

}  // namespace
}  // namespace access_control
