#include "base/json.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Json, KeepsKeyOrderAndNumberText) {
  const std::string text = R"({"b":1.10,"a":[true,null,"x\"y"],"c":{"d":-0.0}})";
  EXPECT_EQ(Json::Parse(text)->Dump(), text);
}

TEST(Json, RefusesWhatParsersReadDifferently) {
  const JsonLimits limits;
  for (const char* text : {
           R"({"a":1,"a":2})", R"({"a":1,"\u0061":2})", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\u0000\"}",
           "\xEF\xBB\xBF{}", "{\"a\":01}", "{'a':1}", "[1,]", "", "{", "nul", "[1] x", "{\"a\":\"\xFF\"}",
           "{\"a\":12345678901234567890123}"}) {
    EXPECT_FALSE(Json::Parse(text, limits).ok()) << text;
  }
}

TEST(Json, StopsAtTheDepthLimit) {
  const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(Json::Parse(nested(60)).ok());
  EXPECT_FALSE(Json::Parse(nested(70)).ok());
  EXPECT_FALSE(Json::Parse(nested(10'000)).ok());
}

TEST(Json, RefusesOverLongInput) {
  const std::string big = "\"" + std::string(2'000'000, 'a') + "\"";
  const auto result = Json::Parse(big);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::kTooLarge);
}

TEST(Json, DecodesEscapesAndSurrogatePairs) {
  EXPECT_EQ(Json::Parse(R"("Nguy\u1ec5n \ud83d\ude00\n")")->String(), "Nguyễn 😀\n");
}

TEST(Json, FollowsPathsWithoutFailing) {
  const Json json = *Json::Parse(R"({"name":[{"family":"Nguyễn"}]})");
  EXPECT_EQ(json.At("name.0.family").String(), "Nguyễn");
  EXPECT_TRUE(json.At("name.1.family").IsNull());
  EXPECT_TRUE(json.At("telecom.0.value").IsNull());
}

TEST(Json, BuildsResources) {
  Json patient = Json::Obj({{"resourceType", "Patient"}});
  patient.Slot("name").Push(Json::Obj({{"family", "Lê"}}));
  patient.SetIf("gender", "").Set("active", true);
  EXPECT_EQ(patient.Dump(), R"({"resourceType":"Patient","name":[{"family":"Lê"}],"active":true})");
}

}  // namespace
}  // namespace base
