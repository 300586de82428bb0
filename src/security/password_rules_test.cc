#include "security/password_rules.h"

#include <gtest/gtest.h>

namespace security {
namespace {

const PasswordOwner kLan{.login = "bs.lan", .name = "Nguyễn Thị Lan Phương"};

bool Accepts(std::string_view password, const PasswordOwner& owner = kLan) {
  return CheckPassword(password, owner).ok();
}

TEST(CheckPassword, AcceptsASentenceOnlyItsOwnerKnows) {
  EXPECT_TRUE(Accepts("Chim sẻ hót bảy giờ kém"));
  EXPECT_TRUE(Accepts("con mèo trèo cây cau"));
  EXPECT_TRUE(Accepts("t9#Lw!qZ72pVx&"));
  EXPECT_TRUE(Accepts("bún riêu trước cổng đình"));
}

// TCVN 14423:2026.
TEST(CheckPassword, AsksForFourteenCharactersAndEightWithASecondFactor) {
  EXPECT_FALSE(Accepts("t9#Lw!qZ72pVx"));
  PasswordOwner owner = kLan;
  owner.second_factor = true;
  EXPECT_TRUE(Accepts("t9#Lw!qZ", owner));
  EXPECT_FALSE(Accepts("t9#Lw!q", owner));
}

TEST(CheckPassword, CountsLettersNotBytes) {
  EXPECT_FALSE(Accepts("ằẵặẳắấầẩ"));  // 8 letters, 24 bytes
}

TEST(CheckPassword, RefusesWhatGuessersTryFirst) {
  for (const char* password :
       {"passwordpassword", "P@ssw0rdP@ssw0rd", "matkhaumatkhau", "Mật khẩu mật khẩu 123",
        "12345678901234", "98765432109876", "aaaaaaaaaaaaaaaa", "qwertyuiopasdf",
        "1qaz2wsx3edc4rfv", "anhyeuemnhieulam", "tramyte@2026!!", "bacsi123456789",
        "iloveyou123456", "abcabcabcabcabc", "vietnamvodich1", "hanoi1234567890",
        "administrator123"}) {
    EXPECT_FALSE(Accepts(password)) << password;
  }
}

TEST(CheckPassword, RefusesThePersonsOwnNameAndLogin) {
  EXPECT_FALSE(Accepts("nguyenthilanphuong"));
  EXPECT_FALSE(Accepts("bs.lan.bs.lan.bs.lan"));
  EXPECT_FALSE(Accepts("LanPhuong1234567"));
}

TEST(CheckPassword, RefusesBrokenText) {
  EXPECT_FALSE(Accepts("abc\xFF\xFE defghijklmn"));
  EXPECT_FALSE(Accepts(std::string(2000, 'x')));
}

TEST(CheckPassword, NeverRepeatsThePasswordInItsMessage) {
  const auto status = CheckPassword("matkhaumatkhau", kLan);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message.find("matkhau"), std::string::npos);
  EXPECT_EQ(status.error().field, "password");
}

}  // namespace
}  // namespace security
