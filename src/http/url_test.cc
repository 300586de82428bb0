#include "http/url.h"

#include <gtest/gtest.h>

namespace http {
namespace {

TEST(SplitPath, DecodesEachSegment) {
  EXPECT_EQ(SplitPath("/a/Nguy%E1%BB%85n/").value(), (std::vector<std::string>{"a", "Nguyễn"}));
  EXPECT_TRUE(SplitPath("/").value().empty());
}

TEST(SplitPath, RefusesWhatOtherProgramsReadDifferently) {
  for (const char* path : {"", "a", "//", "/a//b", "/..", "/a/%2e%2e/b", "/a%2fb", "/a%5Cb", "/%00",
                           "/%", "/%1", "/%zz", "/%ff", "/%0a"}) {
    EXPECT_FALSE(SplitPath(path).ok()) << path;
  }
}

TEST(ParseForm, KeepsOrderAndRepeats) {
  const Parameters parameters =
      ParseForm("name=Nguy%E1%BB%85n+A&code=1&code=2&empty=&bare").value();
  EXPECT_EQ(parameters.Get("name"), "Nguyễn A");
  EXPECT_EQ(parameters.FindAll("code"), (std::vector<std::string_view>{"1", "2"}));
  ASSERT_NE(parameters.Find("bare"), nullptr);
  EXPECT_EQ(parameters.Get("bare"), "");
  EXPECT_EQ(parameters.Find("none"), nullptr);
}

TEST(ParseForm, RefusesBytesThatAreNotUtf8) { EXPECT_FALSE(ParseForm("a=%c3%28").ok()); }

TEST(EncodeForm, IsReadBackUnchanged) {
  Parameters parameters;
  parameters.Add("tên", "a&b=c +%\n");
  const Parameters back = ParseForm(EncodeForm(parameters)).value();
  EXPECT_EQ(back.items(), parameters.items());
}

}  // namespace
}  // namespace http
