#include "fhir/model/document.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace fhir::model {
namespace {

DocumentPtr Parsed(std::string_view json) {
  auto document = Document::Parse(json);
  EXPECT_TRUE(document.ok()) << json;
  return document.ok() ? *document : nullptr;
}

TEST(Document, WritesBackWhatItRead) {
  for (const std::string_view json : {
           R"({"resourceType":"Patient","id":"p1","active":true,"name":[{"family":"Nguyễn","given":["Đức"]}]})",
           R"({"valueDecimal":1.500,"exp":-1.2E+03,"zero":0,"null":null,"empty":{},"none":[],"":""})",
           R"([[],[[]],[{}],"a\"\\\n\u0001",false])", R"("text")", R"(12.50)", R"(null)"}) {
    EXPECT_EQ(Parsed(json)->ToText(), json);
  }
}

TEST(Document, DropsSpaceAndKeepsTheOrderOfKeys) {
  EXPECT_EQ(Parsed("{ \"b\" : 1 ,\n\"a\" : [ 1 , 2 ] }")->ToText(), R"({"b":1,"a":[1,2]})");
}

TEST(Document, WalksMembersAndItems) {
  const DocumentPtr document = Parsed(R"({"a":[10,20,30],"birthDate":"1974-12-25","x":{"y":true}})");
  const Node root = document->root();
  EXPECT_EQ(root.size(), 3U);
  EXPECT_EQ(root["a"].size(), 3U);
  EXPECT_EQ(root["a"].Item(2).text(), "30");
  EXPECT_FALSE(root["a"].Item(3));
  EXPECT_EQ(root["birthDate"].text(), "1974-12-25");
  EXPECT_EQ(root["birthDate"].name_id(), FindName("birthDate"));
  EXPECT_EQ(root.Member(FindName("birthDate")), root["birthDate"]);
  EXPECT_TRUE(root["x"]["y"].bool_value());
  EXPECT_FALSE(root["nothing"]["at"]["all"]);
  std::string names;
  for (const Node member : root) names += std::string(member.name()) + ";";
  EXPECT_EQ(names, "a;birthDate;x;");
}

TEST(Document, KnowsNamesThatFhirDoesNot) {
  const DocumentPtr document = Parsed(R"({"xyzzy":1,"id":"a","_xyzzy":{"xyzzy":2}})");
  const Node root = document->root();
  EXPECT_EQ(root["xyzzy"].text(), "1");
  EXPECT_EQ(root["_xyzzy"]["xyzzy"].text(), "2");
  EXPECT_GE(root["xyzzy"].name_id(), NameCount());
  EXPECT_EQ(root["xyzzy"].name_id(), root["_xyzzy"]["xyzzy"].name_id());
  EXPECT_FALSE(root["plugh"]);
}

TEST(Document, HoldsWideObjects) {
  std::string json = "{";
  for (int i = 0; i < 4000; ++i) json += (i == 0 ? "" : ",") + std::string("\"k") + std::to_string(i) + "\":" + std::to_string(i);
  json += "}";
  const DocumentPtr document = Parsed(json);
  EXPECT_EQ(document->root().size(), 4000U);
  EXPECT_EQ(document->root()["k3999"].text(), "3999");
  EXPECT_EQ(document->ToText(), json);
}

TEST(Document, RefusesMoreUnknownNamesThanIdsExist) {
  std::string json = "[";
  for (int i = 0; i < 66'000; ++i) json += (i == 0 ? "" : ",") + std::string("{\"k") + std::to_string(i) + "\":0}";
  json += "]";
  const auto document = Document::Parse(json);
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.error().code, base::ErrorCode::kTooLarge);
}

TEST(Document, KeepsTheLimits) {
  std::string deep(64, '[');
  deep += std::string(64, ']');
  EXPECT_FALSE(Document::Parse("[" + deep + "]").ok());
  EXPECT_FALSE(Document::Parse(R"({"id":"a","id":"b"})").ok());
  const auto big = Document::Parse("[1,2,3]", {.max_bytes = 5});
  ASSERT_FALSE(big.ok());
  EXPECT_EQ(big.error().code, base::ErrorCode::kTooLarge);
  EXPECT_FALSE(Document::Parse("{").ok());
  EXPECT_FALSE(Document::Parse("").ok());
}

TEST(Document, StartsAfreshAfterAFailedParse) {
  EXPECT_FALSE(Document::Parse(R"({"id":"a","id":"b"})").ok());
  EXPECT_EQ(Parsed(R"({"id":"c"})")->ToText(), R"({"id":"c"})");
}

TEST(ParseResource, TakesOnlyResourcesOfR4) {
  const auto patient = Document::ParseResource(R"({"resourceType":"Patient","id":"p1"})");
  ASSERT_TRUE(patient.ok());
  EXPECT_EQ((*patient)->type(), ResourceType::kPatient);
  EXPECT_EQ((*patient)->id(), "p1");
  for (const std::string_view wrong : {R"({"resourceType":"Patent"})", R"({})", R"([])", R"("Patient")",
                                       R"({"resourceType":"DomainResource"})", R"({"resourceType":3})"}) {
    EXPECT_FALSE(Document::ParseResource(wrong).ok()) << wrong;
  }
}

TEST(FromJson, MakesTheSameDocumentAsParsing) {
  const std::string_view text =
      R"({"resourceType":"Observation","valueQuantity":{"value":1.50},"x":[null,true,"a"]})";
  const auto document = Document::FromJson(*base::Json::Parse(text));
  ASSERT_TRUE(document.ok());
  EXPECT_EQ((*document)->ToText(), text);
  EXPECT_EQ((*document)->type(), ResourceType::kObservation);
  EXPECT_EQ((*document)->root().ToJson(), *base::Json::Parse(text));
}

TEST(FromJson, RefusesNumbersThatAreNone) {
  for (const char* wrong : {"", "01", "1.", ".5", "1e", "NaN", "1,2", "--1"}) {
    EXPECT_FALSE(Document::FromJson(base::Json::Arr({base::Json::NumberText(wrong)})).ok()) << wrong;
  }
  base::Json deep;
  for (int i = 0; i < 70; ++i) deep = base::Json::Arr({deep});
  EXPECT_FALSE(Document::FromJson(deep).ok());
}

TEST(Node, MissingReadsAsEmpty) {
  const Node missing;
  EXPECT_FALSE(missing);
  EXPECT_EQ(missing.text(), "");
  EXPECT_EQ(missing.size(), 0U);
  EXPECT_FALSE(missing["a"]);
  EXPECT_FALSE(missing.NextSibling());
  EXPECT_EQ(missing.begin(), missing.end());
}

}  // namespace
}  // namespace fhir::model
