#include "care/shared/input.h"

#include <gtest/gtest.h>

namespace care::shared {
namespace {

using base::Json;

TEST(Input, NamesTheFieldAtFault) {
  const Json body = *Json::Parse(R"({"weight":"nặng","lines":{}})");
  Input input(body, "lines[2]");
  EXPECT_FALSE(input.Number("weight", "cân nặng").has_value());
  ASSERT_FALSE(input.status().ok());
  EXPECT_EQ(input.status().error().field, "lines[2].weight");
}

TEST(Input, ReadsNumbersAsPeopleTypeThem) {
  const Json body = *Json::Parse(R"({"a":36.5,"b":"36,5","c":null,"d":""})");
  Input input(body);
  EXPECT_EQ(*input.Number("a", "a"), *base::Decimal::Parse("36.5"));
  EXPECT_EQ(*input.Number("b", "b"), *base::Decimal::Parse("36.5"));
  EXPECT_FALSE(input.Number("c", "c").has_value());
  EXPECT_FALSE(input.Number("d", "d").has_value());
  EXPECT_TRUE(input.status().ok());
}

TEST(Input, KeepsTheFirstError) {
  const Json body = *Json::Parse(R"({"x":1})");
  Input input(body);
  input.RequiredText("name", "họ tên");
  input.RequiredText("reason", "lý do");
  EXPECT_EQ(input.status().error().field, "name");
}

TEST(Input, CountsCharactersNotBytes) {
  const Json body = Json::Obj({{"name", "Nguyễn Thị Ngọc Ánh"}});
  Input input(body);
  EXPECT_EQ(input.Text("name", 19), "Nguyễn Thị Ngọc Ánh");
  EXPECT_TRUE(input.status().ok());
  input.Text("name", 18);
  EXPECT_FALSE(input.status().ok());
}

TEST(Input, StripsControlCharactersAndKeepsLines) {
  const Json body = Json::Obj({{"note", "a\tb\nc\x01"}});
  Input input(body);
  EXPECT_EQ(input.Text("note"), "a b\nc ");
}

TEST(Input, RefusesUnknownChoicesAndLongLists) {
  const Json body = *Json::Parse(R"({"kind":"alien","items":[1,2,3]})");
  Input kind(body);
  kind.Choice("kind", {"citizen", "newborn"});
  EXPECT_FALSE(kind.status().ok());
  Input items(body);
  items.Items("items", 2);
  EXPECT_FALSE(items.status().ok());
}

}  // namespace
}  // namespace care::shared
