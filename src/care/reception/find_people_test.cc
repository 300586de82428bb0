#include "care/reception/find_people.h"

#include <gtest/gtest.h>

namespace care::reception {
namespace {

TEST(CompareNames, PutsMarksCaseAndOrderAside) {
  EXPECT_EQ(CompareNames("Nguyễn Văn Đức", "NGUYEN VAN DUC"), NameLikeness::kSame);
  EXPECT_EQ(CompareNames("Đức Nguyễn Văn", "Nguyễn Văn Đức"), NameLikeness::kSame);
  EXPECT_EQ(CompareNames("Nguyễn Đức", "Nguyễn Văn Đức"), NameLikeness::kPartMissing);
  EXPECT_EQ(CompareNames("Nguyễn", "Nguyễn Văn Đức"), NameLikeness::kDifferent);
  EXPECT_EQ(CompareNames("Nguyễn Văn Đức", "Nguyễn Văn Dũng"), NameLikeness::kDifferent);
}

TEST(BirthDatesAgree, ForgivesPartialDatesAndSwappedDayAndMonth) {
  EXPECT_TRUE(BirthDatesAgree("1990-02-01", "1990-02-01"));
  EXPECT_TRUE(BirthDatesAgree("1990-02-01", "1990-01-02"));
  EXPECT_TRUE(BirthDatesAgree("1990", "1990-01-02"));
  EXPECT_FALSE(BirthDatesAgree("1990-02-01", "1991-02-01"));
  EXPECT_FALSE(BirthDatesAgree("", "1990-02-01"));
}

}  // namespace
}  // namespace care::reception
