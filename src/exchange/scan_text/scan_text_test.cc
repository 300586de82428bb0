#include "exchange/scan_text/scan_text.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace exchange::scan_text {
namespace {

TEST(CleanScan, TakesOffWhatScannersAdd) {
  EXPECT_EQ(*Clean("  001090123456\r\n"), "001090123456");
  EXPECT_EQ(*Clean("\xEF\xBB\xBF"
                   "abc\n"),
            "abc");
  EXPECT_EQ(*Clean("]Q3abc\t"), "abc");
}

TEST(CleanScan, ComposesDecomposedLetters) { EXPECT_EQ(*Clean("Nu\u031B\u0303"), "N\u1EEF"); }

TEST(CleanScan, RefusesWhatCannotBeTrusted) {
  for (const std::string& bad :
       {std::string(""), std::string("\r\n"), std::string("a\0b", 3), std::string("a\nb"),
        std::string("a\x1B[2Jb"), std::string("a\x7F"), std::string("\xFF\xFE"),
        std::string("a\xC0\xAF"), std::string("abc\u202Edef"), std::string("abc\u200Fdef"),
        std::string("abc\u200Bdef"), std::string("N\uFFFDm"), std::string("Nguyá»…n")}) {
    EXPECT_FALSE(Clean(bad).ok()) << bad.size();
  }
}

TEST(CleanScan, RefusesMoreThanAScannerCanType) {
  EXPECT_TRUE(Clean(std::string(base::kMaxScanBytes, '1')).ok());
  const auto result = Clean(std::string(base::kMaxScanBytes + 1, '1'));
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, base::ErrorCode::kTooLarge);
}

TEST(ReadName, KeepsTheNameAsWritten) {
  EXPECT_EQ(*ReadName(" NGUYỄN  VĂN Á ", "Họ tên", "name"), "NGUYỄN VĂN Á");
  EXPECT_EQ(*ReadName("H'Hen Niê", "Họ tên", "name"), "H'Hen Niê");
}

TEST(ReadName, RefusesWhatIsNoName) {
  for (const char* bad :
       {"", "   ", "<b>A</b>", "NGUYEN V?N A", "Nguyễn 1", "Nguyễn 王", "Nguyá»…n"})
    EXPECT_FALSE(ReadName(bad, "Họ tên", "name").ok()) << bad;
}

TEST(FieldError, BlamesTheInputMethodWhenItIsToBlame) {
  EXPECT_NE(FieldError("Họ tên", "name", "4e67đ", "sai").message.find("Telex"), std::string::npos);
  EXPECT_FALSE(IsRewrittenByInputMethod("V\xAE")) << "no UTF-8 at all";
  EXPECT_FALSE(IsRewrittenByInputMethod("V\xE1\xBB")) << "cut off";
  EXPECT_EQ(FieldError("Họ tên", "name", "4e67zz", "sai.").message, "Họ tên sai.");
}

}  // namespace
}  // namespace exchange::scan_text
