#include "base/text.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Fold, IgnoresMarksCaseAndSpacing) {
  EXPECT_EQ(Fold("  Nguyễn   ĐỨC  Phương "), "nguyen duc phuong");
  EXPECT_EQ(Fold("Nguye\xCC\x82\xCC\x83n"), "nguyen");  // decomposed input
  EXPECT_EQ(Fold("Văn Miếu - Quốc Tử Giám"), "van mieu quoc tu giam");
  EXPECT_EQ(Fold(""), "");
}

TEST(ToNfc, JoinsCombiningMarks) { EXPECT_EQ(ToNfc("e\xCC\x82\xCC\x81"), "ế"); }

TEST(ToUpper, KeepsVietnameseMarks) { EXPECT_EQ(ToUpper("Nguyễn Văn đức"), "NGUYỄN VĂN ĐỨC"); }

TEST(ToLower, KeepsVietnameseMarks) { EXPECT_EQ(ToLower("NGUYỄN VĂN ĐỨC"), "nguyễn văn đức"); }

TEST(ToAsciiUpper, LeavesWhatABankAccepts) { EXPECT_EQ(ToAsciiUpper("Trạm Bồ Đề"), "TRAM BO DE"); }

TEST(Hex, RoundTripsAndRefusesGarbage) {
  EXPECT_EQ(*FromHex(ToHex(std::string("\0\xFFz", 3))), std::string("\0\xFFz", 3));
  EXPECT_FALSE(FromHex("abc").has_value());
  EXPECT_FALSE(FromHex("zz").has_value());
}

TEST(Base64, RoundTripsEveryLength) {
  for (const char* text : {"", "a", "ab", "abc", "abcd"}) EXPECT_EQ(*FromBase64(ToBase64(text)), text);
  EXPECT_EQ(ToBase64("ab"), "YWI=");
  EXPECT_FALSE(FromBase64("a*b").has_value());
}

TEST(StableHash, NeverChanges) {
  EXPECT_EQ(StableHash(""), StableHash(""));
  EXPECT_NE(StableHash("a"), StableHash(std::string_view("a\0", 2)));
  EXPECT_EQ(StableHash("Patient"), 18016318685757400142ULL);
}

TEST(Utf8, IsJudgedStrictly) {
  EXPECT_TRUE(IsValidUtf8("Đức"));
  EXPECT_FALSE(IsValidUtf8("\xC0\x80"));
  EXPECT_FALSE(IsValidUtf8("\xED\xA0\x80"));
}

}  // namespace
}  // namespace base
