#include "fhir/path/path.h"

#include <gtest/gtest.h>

namespace fhir::path {
namespace {

model::DocumentPtr Parsed(std::string_view json) { return model::Document::Parse(json).value(); }

base::Result<Collection> Find(std::string_view text, const model::DocumentPtr& document,
                             const Environment& environment = {}) {
  TRY_ASSIGN(const Expression expression, Expression::Compile(text));
  return expression.Evaluate(document ? document->root() : model::Node(), environment);
}

base::ErrorCode Failure(std::string_view text) {
  Environment environment;
  environment.max_steps = 100'000;
  const auto result = Find(text, nullptr, environment);
  EXPECT_FALSE(result.ok()) << text;
  return result.ok() ? base::ErrorCode::kInternal : result.error().code;
}

TEST(Compile, SaysWhereTheExpressionIsWrong) {
  const auto wrong = Expression::Compile("name.where(use = 'a'");
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().code, base::ErrorCode::kInvalid);
  EXPECT_NE(wrong.error().message.find("vị trí 21"), std::string::npos) << wrong.error().message;
}

TEST(Compile, RefusesMalformedExpressions) {
  for (const char* text : {"", "1 +", "(1", "a..b", "a[", "{1}", "'a", "`a", "/* a", "@20", "@2026-13", "1 2", "a b",
                           "$that", "%", "exists(1, 2)", "'\\x'", "and", "\\", "@T25", "1 is", "a.1"}) {
    EXPECT_FALSE(Expression::Compile(text).ok()) << text;
  }
}

TEST(Compile, RefusesHostileDepthAndLength) {
  std::string nested(5000, '(');
  EXPECT_EQ(Failure(nested + "1" + std::string(5000, ')')), base::ErrorCode::kTooLarge);
  EXPECT_EQ(Failure(std::string(5000, '-') + "1"), base::ErrorCode::kTooLarge);
  std::string chain = "a";
  for (int i = 0; i < 5000; ++i) chain += ".a";
  EXPECT_EQ(Failure(chain), base::ErrorCode::kTooLarge);
  std::string sum = "1";
  for (int i = 0; i < 5000; ++i) sum += "+1";
  EXPECT_EQ(Failure(sum), base::ErrorCode::kTooLarge);
  EXPECT_EQ(Failure("'" + std::string(100'000, 'a') + "'"), base::ErrorCode::kTooLarge);
}

TEST(Evaluate, StopsHostileWork) {
  EXPECT_EQ(Failure("(1).repeat($this + 1)"), base::ErrorCode::kTooLarge);
  EXPECT_EQ(Failure("('a').repeat($this & $this)"), base::ErrorCode::kTooLarge);
  EXPECT_EQ(Failure("(1|2).repeatAll(1|2)"), base::ErrorCode::kTooLarge);
  EXPECT_EQ(Failure("'aaaaaaaaaaaaaaaa'.toChars().select('aaaaaaaaaaaaaaaa'.toChars().select("
                    "'aaaaaaaaaaaaaaaa'.toChars().select('aaaaaaaaaaaaaaaa'.toChars().select("
                    "'aaaaaaaaaaaaaaaa'.toChars().select('aaaaaaaaaaaaaaaa'.toChars())))))"),
            base::ErrorCode::kTooLarge);
}

TEST(Evaluate, MatchesPatternsInLinearTime) {
  const std::string text(20'000, 'a');
  const auto document = Parsed("\"" + text + "!\"");
  const auto result = Find("$this.matches('^(a+)+$')", document);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ((*result)[0].AsBoolean(), false);
}

TEST(Evaluate, GivesElementsWithTheirTypes) {
  const auto document = Parsed(
      R"({"resourceType":"Observation","status":"final","valueQuantity":{"value":37.50,"code":"Cel"},
          "effectiveDateTime":"2026-11-21","subject":{"reference":"Patient/1"}})");
  const auto value = Find("Observation.value", document);
  ASSERT_TRUE(value.ok());
  ASSERT_EQ(value->size(), 1U);
  EXPECT_EQ((*value)[0].type(), model::TypeId::kQuantity);
  EXPECT_EQ((*value)[0].node()["value"].text(), "37.50");
  EXPECT_EQ((*value)[0].AsQuantity()->value.ToString(), "37.50");
  const auto status = Find("Observation.status", document);
  EXPECT_EQ((*status)[0].type_name(), "code");
  EXPECT_EQ((*status)[0].Text(), "final");
  const auto date = Find("(Observation.effective as dateTime)", document);
  EXPECT_EQ((*date)[0].AsMoment()->precision, Precision::kDay);
}

TEST(Evaluate, PairsPrimitivesWithTheirExtensions) {
  const auto document = Parsed(
      R"({"resourceType":"Patient","name":[{"given":["A",null,"C"],
          "_given":[null,{"extension":[{"url":"u","valueCode":"x"}]},{"id":"i"}]}]})");
  const auto given = Find("Patient.name.given", document);
  ASSERT_EQ(given->size(), 3U);
  EXPECT_TRUE((*given)[0].HasValue());
  EXPECT_FALSE((*given)[1].HasValue());
  EXPECT_EQ((*given)[2].shadow()["id"].text(), "i");
  EXPECT_EQ(Find("Patient.name.given.extension('u').value", document)->size(), 1U);
  EXPECT_EQ((*Find("Patient.name.given.where(hasValue()).count()", document))[0].AsInteger(), 2);
}

TEST(Evaluate, ResolvesInsideBundles) {
  const auto document = Parsed(R"({"resourceType":"Bundle","entry":[
      {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","id":"p","contained":[{"resourceType":"Group","id":"x"}]}},
      {"resource":{"resourceType":"Observation","id":"o","subject":{"reference":"urn:uuid:1"},
        "contained":[{"resourceType":"Device","id":"x"}],
        "device":{"reference":"#x"},"encounter":{"reference":"Encounter/e"}}},
      {"fullUrl":"http://h/Encounter/e","resource":{"resourceType":"Encounter","id":"e"}}]})");
  const auto id = [&](std::string_view text) {
    const auto result = Find(text, document);
    return result.ok() && result->size() == 1 ? std::string((*result)[0].type_name()) : "none";
  };
  EXPECT_EQ(id("Bundle.entry[1].resource.subject.resolve()"), "Patient");
  EXPECT_EQ(id("Bundle.entry[1].resource.device.resolve()"), "Device");
  EXPECT_EQ(id("Bundle.entry[1].resource.encounter.resolve()"), "Encounter");
}

TEST(Evaluate, AsksTheEnvironment) {
  const auto document = Parsed(R"({"resourceType":"Observation","subject":{"reference":"Patient/1"},"status":"final"})");
  const auto patient = Parsed(R"({"resourceType":"Patient","id":"1","gender":"female"})");
  Environment environment;
  environment.resolve = [&](std::string_view reference) {
    return reference == "Patient/1" ? patient->root() : model::Node();
  };
  environment.member_of = [](const Value& value, std::string_view url) {
    return std::optional(value.Text() == "final" && url == "http://vs");
  };
  environment.variables = {{"limit", {Value::Integer(3)}}};
  EXPECT_EQ((*Find("Observation.subject.resolve().gender", document, environment))[0].Text(), "female");
  EXPECT_EQ((*Find("Observation.status.memberOf('http://vs')", document, environment))[0].AsBoolean(), true);
  EXPECT_EQ((*Find("%limit + 1", document, environment))[0].AsInteger(), 4);
  EXPECT_FALSE(Find("now()", document, environment).ok());
}

TEST(Evaluate, TakesJsonThatIsNoFhir) {
  const auto document = Parsed(R"({"a":{"b":[1,2.5,"x"]}})");
  EXPECT_EQ(ToJsonText(*Find("a.b", document)), R"([1,2.5,"x"])");
  EXPECT_EQ(ToJsonText(*Find("a.b[0] + a.b[1]", document)), "[3.5]");
}

TEST(Evaluate, TakesAnElementAsFocus) {
  const auto document = Parsed(R"({"resourceType":"Patient","name":[{"family":"Lê"}]})");
  const Value name(document->root()["name"].Item(0), model::TypeId::kHumanName);
  const auto expression = Expression::Compile("family.exists() and %resource is Patient");
  EXPECT_TRUE(*expression->Holds(name));
}

TEST(CheckNames, AcceptsWhatOnlyTheDocumentCanTell) {
  for (const char* text : {"contained.name", "Patient.extension.value.unit", "descendants().url",
                           "generalPractitioner.resolve().name", "Patient.name.select(given | family).count()",
                           "name.repeat(period).start", "iif(true, name, telecom).use"}) {
    EXPECT_TRUE(Expression::Compile(text)->CheckNames(model::TypeId::kPatient).ok()) << text;
  }
  for (const char* text : {"nam", "name.where(usee = 'a')", "children().first()", "Observation.value"}) {
    EXPECT_FALSE(Expression::Compile(text)->CheckNames(model::TypeId::kPatient).ok()) << text;
  }
}

}  // namespace
}  // namespace fhir::path
