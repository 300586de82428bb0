#include "exchange/xml/xml.h"

#include <gtest/gtest.h>

namespace exchange::xml {
namespace {

TEST(ParseXml, BuildsTheTree) {
  const auto root = Parse(
      "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?><A k=\"v\"><B>Bồ &lt;</B>"
      "<C><![CDATA[Đề <x>]]></C><D/></A>");
  ASSERT_TRUE(root.ok()) << root.error().message;
  EXPECT_EQ(root->name, "A");
  ASSERT_EQ(root->attributes.size(), 1U);
  EXPECT_EQ(root->ChildText("B"), "Bồ <");
  EXPECT_EQ(root->ChildText("C"), "Đề <x>");
  EXPECT_NE(root->Child("D"), nullptr);
  EXPECT_EQ(root->Child("E"), nullptr);
}

TEST(ParseXml, RefusesWhatTheLimitsContractForbids) {
  std::string deep, attributes = "<a";
  for (int i = 0; i < 65; ++i) deep += "<a>";
  for (int i = 0; i < 65; ++i) deep += "</a>";
  for (int i = 0; i < 65; ++i) attributes += " k" + std::to_string(i) + "='1'";
  attributes += "/>";
  for (const std::string& bad : std::vector<std::string>{
           "", "<a>", "<a></b>", "text", "<!DOCTYPE a><a/>",
           "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "<a>&x;</a>", "<a>\x01</a>", "<a>\xFF</a>",
           "<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>",
           "<?xml version=\"1.0\" encoding=\"windows-1258\"?><a/>", deep, attributes, "<a/><b/>"})
    EXPECT_FALSE(Parse(bad).ok()) << bad.substr(0, 60);
}

TEST(ParseXml, KeepsToTheLimitsItIsGiven) {
  const auto large = Parse("<a>" + std::string(100, 'x') + "</a>", {.max_bytes = 50});
  ASSERT_FALSE(large.ok());
  EXPECT_EQ(large.error().code, base::ErrorCode::kTooLarge);
  EXPECT_FALSE(Parse("<a><b/><b/><b/></a>", {.max_elements = 3}).ok());
  EXPECT_TRUE(Parse("<a><b/><b/></a>", {.max_elements = 3}).ok());
}

TEST(WriteXml, CarriesAnyText) {
  const std::string text = "a<b>&\"]]>]]>\r\n Đ";
  std::string cdata = "<x>", escaped = "<x>";
  AppendCdata(cdata, "a<b>&\"]]>]]> Đ");
  AppendEscaped(escaped, text);
  EXPECT_EQ(Parse(cdata + "</x>")->text, "a<b>&\"]]>]]> Đ");
  EXPECT_EQ(Parse(escaped + "</x>")->text, text);
  EXPECT_TRUE(CanCarry(text));
  EXPECT_FALSE(CanCarry("\x01"));
  EXPECT_FALSE(CanCarry(std::string_view("a\0b", 3)));
  EXPECT_FALSE(CanCarry("\xFF"));
}

}  // namespace
}  // namespace exchange::xml
