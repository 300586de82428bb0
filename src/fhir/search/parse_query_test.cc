#include <gtest/gtest.h>

#include "base/time.h"
#include "fhir/search/query.h"

namespace fhir::search {
namespace {

using model::ResourceType;

Query Parsed(std::string_view text) {
  auto query = ParseQueryText(text);
  EXPECT_TRUE(query.ok()) << text << ": " << query.error().message;
  return query.ok() ? *query : Query{};
}

std::string FaultOf(std::string_view text) {
  auto query = ParseQueryText(text);
  return query.ok() ? "accepted" : query.error().field;
}

TEST(ParseQuery, ReadsTokensInTheirFourForms) {
  const Query query = Parsed("Patient?identifier=1,http://a|2,|3,http://b|");
  ASSERT_EQ(query.clauses.size(), 1u);
  const auto& values = query.clauses[0].any_of;
  ASSERT_EQ(values.size(), 4u);
  EXPECT_EQ(std::get<TokenValue>(values[0]).system, std::nullopt);
  EXPECT_EQ(std::get<TokenValue>(values[1]).system, "http://a");
  EXPECT_EQ(std::get<TokenValue>(values[2]).system, "");
  EXPECT_EQ(std::get<TokenValue>(values[3]).code, "");
}

TEST(ParseQuery, KeepsEscapedSeparators) {
  const Query query = Parsed("Patient?name:exact=a\\,b,c");
  ASSERT_EQ(query.clauses[0].any_of.size(), 2u);
  EXPECT_EQ(std::get<StringValue>(query.clauses[0].any_of[0]).text, "a,b");
}

TEST(ParseQuery, ReadsBackALiteral) {
  const std::string odd = "a,b|c$d\\e & f%+=ữ";
  const Query query = Parsed("Patient?name:exact=" + Literal(odd));
  ASSERT_EQ(query.clauses[0].any_of.size(), 1u);
  EXPECT_EQ(std::get<StringValue>(query.clauses[0].any_of[0]).text, odd);
}

TEST(ParseQuery, TakesADateAsTheWholeOfWhatWasTyped) {
  const auto date = [](std::string_view text) {
    const Query query = Parsed("Patient?birthdate=" + std::string(text));
    return std::get<DateValue>(query.clauses.at(0).any_of.at(0));
  };
  const int64_t day = 86'400'000;
  EXPECT_EQ(date("2026-02").high - date("2026-02").low, 28 * day);
  EXPECT_EQ(date("2026").high - date("2026").low, 365 * day);
  EXPECT_EQ(date("2026-11-21").low, base::LocalMidnight({2026, 11, 21}).millis);
  EXPECT_EQ(date("2026-11-21T07:05").high - date("2026-11-21T07:05").low, 60'000);
  EXPECT_EQ(date("2026-11-21T00:00:00Z").low, date("2026-11-21T07:00:00%2B07:00").low);
  EXPECT_EQ(date("2026-11-21T00:00:00Z").low, date("2026-11-21T07:00:00+07:00").low);
  EXPECT_EQ(date("ge2026").prefix, Prefix::kGe);
}

TEST(ParseQuery, GivesNumbersTheWidthOfTheirLastDigit) {
  const auto number = [](std::string_view text) {
    const Query query = Parsed("RiskAssessment?probability=" + std::string(text));
    return std::get<NumberValue>(query.clauses.at(0).any_of.at(0));
  };
  EXPECT_EQ(number("100").low, 99.5);
  EXPECT_EQ(number("100").high, 100.5);
  EXPECT_EQ(number("100.00").low, 99.995);
  EXPECT_EQ(number("5.4").low, 5.35);
  EXPECT_EQ(number("1e2").low, 95);
  EXPECT_EQ(number("1e2").high, 105);
  EXPECT_EQ(number("0").low, -0.5);
  EXPECT_EQ(number("-0.1").high, -0.05);
  EXPECT_EQ(number("-1").low, -1.5);
  EXPECT_EQ(number("lt5").value, 5);
}

TEST(ParseQuery, ReadsQuantitiesWithUnits) {
  const Query query = Parsed("Observation?value-quantity=gt5.4|http://unitsofmeasure.org|mg");
  const auto& value = std::get<QuantityValue>(query.clauses[0].any_of[0]);
  EXPECT_EQ(value.number.prefix, Prefix::kGt);
  EXPECT_EQ(value.system, "http://unitsofmeasure.org");
  EXPECT_EQ(value.code, "mg");
  EXPECT_EQ(FaultOf("Observation?value-quantity=5|mg"), "value-quantity");
}

TEST(ParseQuery, ReadsComposites) {
  const Query query = Parsed("Observation?code-value-quantity=http://loinc.org|8480-6$gt140");
  const Clause& all = query.clauses[0];
  ASSERT_EQ(all.kind, Clause::Kind::kAll);  // code, value-quantity, and both together
  ASSERT_EQ(all.inner.size(), 3u);
  EXPECT_EQ(all.inner[1].parameter->code, "value-quantity");
  const auto& parts = std::get<CompositeValue>(all.inner[2].any_of[0]).parts;
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(std::get<TokenValue>(parts[0]).code, "8480-6");
  EXPECT_EQ(std::get<QuantityValue>(parts[1]).number.prefix, Prefix::kGt);
}

TEST(ParseQuery, TriesAChainWithEveryTypeThatHasTheName) {
  const Query query = Parsed("Encounter?subject.name=lan");
  const Clause& clause = query.clauses[0];
  // subject is a Patient or a Group, and only a Patient has a name to search by.
  EXPECT_EQ(clause.kind, Clause::Kind::kChain);
  EXPECT_EQ(clause.types, std::vector{ResourceType::kPatient});
  const Query typed = Parsed("Observation?subject:Patient.general-practitioner.name:exact=A");
  EXPECT_EQ(typed.clauses[0].kind, Clause::Kind::kChain);
  const Clause& inner = typed.clauses[0].inner[0];
  EXPECT_EQ(inner.kind, Clause::Kind::kAny);  // Organization or Practitioner
  EXPECT_EQ(inner.inner.size(), 2u);
}

TEST(ParseQuery, RefusesAChainWithTooManyPossibilities) {
  std::string chain = "Provenance?";
  for (int i = 0; i < 7; ++i) chain += "target:List.item:Provenance.";
  EXPECT_FALSE(ParseQueryText(chain + "_id=1").ok());
  EXPECT_FALSE(ParseQueryText("List?item.item.item.item.item.item._id=1").ok());
}

TEST(ParseQuery, ReadsReverseChains) {
  const Query query =
      Parsed("Patient?_has:Observation:patient:_has:AuditEvent:entity:agent=Device/1");
  const Clause& outer = query.clauses[0];
  EXPECT_EQ(outer.kind, Clause::Kind::kHas);
  EXPECT_EQ(outer.types, std::vector{ResourceType::kObservation});
  EXPECT_EQ(outer.inner[0].kind, Clause::Kind::kHas);
  EXPECT_EQ(FaultOf("Patient?_has:Observation:code:status=final"), "_has:Observation:code:status");
}

TEST(ParseQuery, NamesTheParameterAtFault) {
  EXPECT_EQ(FaultOf("Patient?colour=red"), "colour");
  EXPECT_EQ(FaultOf("Patient?birthdate=yesterday"), "birthdate");
  EXPECT_EQ(FaultOf("Patient?birthdate=2026-02-30"), "birthdate");
  EXPECT_EQ(FaultOf("Patient?gender:exact=male"), "gender:exact");
  EXPECT_EQ(FaultOf("Patient?name:shiny=a"), "name:shiny");
  EXPECT_EQ(FaultOf("Patient?active:missing=maybe"), "active:missing");
  EXPECT_EQ(FaultOf("Patient?_sort=colour"), "_sort");
  EXPECT_EQ(FaultOf("Patient?_count=-1"), "_count");
  EXPECT_EQ(FaultOf("Patient?_include=Patient:name"), "_include");
  EXPECT_EQ(FaultOf("Patient?name.family=a"), "name.family");
  EXPECT_FALSE(ParseQueryText("Colour?name=a").ok());
  EXPECT_FALSE(ParseQueryText("Patient?name=%ZZ").ok());
  EXPECT_FALSE(ParseQueryText("Patient?name=%FF").ok());
}

TEST(ParseQuery, NeverRepeatsTheValueInAMessage) {
  const auto query = ParseQueryText("Patient?birthdate=Nguyen-Van-A");
  ASSERT_FALSE(query.ok());
  EXPECT_EQ(query.error().message.find("Nguyen"), std::string::npos);
}

TEST(ParseQuery, LeavesOutUnknownParametersWhenLenient) {
  const auto query = ParseQueryText("Patient?colour=red&gender=male", Handling::kLenient);
  ASSERT_TRUE(query.ok());
  EXPECT_EQ(query->ignored, std::vector<std::string>{"colour"});
  EXPECT_EQ(query->clauses.size(), 1u);
  EXPECT_EQ(query->applied, "Patient?gender=male");
  // A wrong modifier or value is refused all the same.
  EXPECT_FALSE(ParseQueryText("Patient?gender:exact=male", Handling::kLenient).ok());
}

TEST(ParseQuery, RefusesTooManyParameters) {
  std::string text = "Patient?";
  for (int i = 0; i < 31; ++i) text += "name=a&";
  EXPECT_FALSE(ParseQueryText(text).ok());
}

TEST(ParseQuery, ReadsResultParameters) {
  const Query query = Parsed(
      "Encounter?_sort=-date,_id&_count=7&_total=accurate&_summary=data&_elements=id,status"
      "&_include=Encounter:subject:Patient&_include:iterate=Patient:*&_revinclude=Observation:"
      "encounter");
  ASSERT_EQ(query.sort.size(), 2u);
  EXPECT_TRUE(query.sort[0].descending);
  EXPECT_EQ(query.count, 7u);
  EXPECT_EQ(query.total, Total::kAccurate);
  EXPECT_EQ(query.summary, Summary::kData);
  EXPECT_EQ(query.elements.size(), 2u);
  ASSERT_EQ(query.includes.size(), 3u);
  EXPECT_EQ(query.includes[0].target, ResourceType::kPatient);
  EXPECT_TRUE(query.includes[1].iterate);
  EXPECT_EQ(query.includes[1].parameter, nullptr);
  EXPECT_TRUE(query.includes[2].reverse);
}

TEST(ParseQuery, ReadsFilters) {
  const Query query =
      Parsed("Patient?_filter=(name co \"van\" or birthdate ge 2000) and not (gender eq male)");
  const Clause& all = query.clauses[0];
  EXPECT_EQ(all.kind, Clause::Kind::kAll);
  ASSERT_EQ(all.inner.size(), 2u);
  EXPECT_EQ(all.inner[0].kind, Clause::Kind::kAny);
  EXPECT_EQ(all.inner[0].inner[0].modifier, Modifier::kContains);
  EXPECT_EQ(all.inner[1].kind, Clause::Kind::kNone);
  EXPECT_FALSE(ParseQueryText("Patient?_filter=(name eq a").ok());
  EXPECT_FALSE(ParseQueryText("Patient?_filter=name").ok());
}

}  // namespace
}  // namespace fhir::search
