#include "app/demo/people.h"

#include <gtest/gtest.h>

#include <map>

namespace app::demo {
namespace {

TEST(MakeResident, FollowsTheNameFrequencies) {
  base::SeededRandom random(1);
  std::map<std::string, int> surnames;
  for (int i = 0; i < 4000; ++i) {
    const Resident resident = MakeResident(random, {2026, 11, 21});
    ++surnames[resident.name.substr(0, resident.name.find(' '))];
  }
  // Nguyễn 31.5 % of all, renormalised by what the table leaves out.
  EXPECT_GT(surnames["Nguyễn"], 4000 * 28 / 100);
  EXPECT_LT(surnames["Nguyễn"], 4000 * 38 / 100);
  EXPECT_GT(surnames["Trần"], surnames["Phạm"]);
}

TEST(MakeResident, GivesNumbersThatAgreeWithSexAndBirth) {
  base::SeededRandom random(2);
  for (int i = 0; i < 500; ++i) {
    const Resident resident = MakeResident(random, {2026, 11, 21});
    ASSERT_EQ(resident.personal_number.size(), 12U);
    EXPECT_EQ((resident.personal_number[3] - '0') % 2, resident.male ? 0 : 1);
    EXPECT_EQ(std::stoi(resident.personal_number.substr(4, 2)), resident.birth.year % 100);
    EXPECT_LT(resident.birth, (base::Date{2026, 11, 21}));
  }
}

TEST(MakeResident, RepeatsItselfForASeed) {
  base::SeededRandom a(3);
  base::SeededRandom b(3);
  EXPECT_EQ(CitizenCardQr(MakeResident(a, {2026, 11, 21})), CitizenCardQr(MakeResident(b, {2026, 11, 21})));
}

}  // namespace
}  // namespace app::demo
