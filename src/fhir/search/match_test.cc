#include "fhir/search/match.h"

#include <gtest/gtest.h>

namespace fhir::search {
namespace {

// One document and one query text per line: does it match?
bool Match(std::string_view json, std::string_view text) {
  auto document = model::Document::ParseResource(json);
  EXPECT_TRUE(document.ok()) << json;
  auto query = ParseQueryText(text);
  EXPECT_TRUE(query.ok()) << text << ": " << (query.ok() ? "" : query.error().message);
  for (const Clause& clause : query->clauses) {
    if (!MatchesLocally(**document, clause)) return false;
  }
  return true;
}

constexpr std::string_view kPatient = R"({"resourceType":"Patient","id":"p1","active":true,
  "meta":{"lastUpdated":"2026-11-21T00:00:00.000Z","tag":[{"system":"http://t","code":"x"}],
    "profile":["http://tram/Patient"]},
  "identifier":[{"system":"http://cccd","value":"001099000001","type":{"text":"Căn cước",
    "coding":[{"system":"http://type","code":"NI"}]}}],
  "name":[{"text":"Nguyễn Văn Đức","family":"Nguyễn","given":["Văn","Đức"]}],
  "birthDate":"1990-05","gender":"male","deceasedBoolean":false,
  "generalPractitioner":[{"reference":"Practitioner/d1"},{"reference":"Organization/o1"}],
  "managingOrganization":{"identifier":{"system":"http://kcb","value":"01001"}}})";

TEST(Match, FindsVietnameseNamesWithoutMarks) {
  EXPECT_TRUE(Match(kPatient, "Patient?name=duc"));
  EXPECT_TRUE(Match(kPatient, "Patient?name=NGUYEN van"));
  EXPECT_TRUE(Match(kPatient, "Patient?name=nguyễn"));
  EXPECT_FALSE(Match(kPatient, "Patient?name=guyen"));
  EXPECT_TRUE(Match(kPatient, "Patient?name:contains=guyen"));
  EXPECT_FALSE(Match(kPatient, "Patient?name:exact=duc"));
  EXPECT_TRUE(Match(kPatient, "Patient?name:exact=Đức"));
  EXPECT_FALSE(Match(kPatient, "Patient?family=duc"));
  EXPECT_TRUE(Match(kPatient, "Patient?name=duc&name=van"));
  EXPECT_TRUE(Match(kPatient, "Patient?name=lan,duc"));
}

TEST(Match, ComparesTokens) {
  EXPECT_TRUE(Match(kPatient, "Patient?identifier=001099000001"));
  EXPECT_TRUE(Match(kPatient, "Patient?identifier=http://cccd|001099000001"));
  EXPECT_TRUE(Match(kPatient, "Patient?identifier=http://cccd|"));
  EXPECT_FALSE(Match(kPatient, "Patient?identifier=|001099000001"));
  EXPECT_TRUE(Match(kPatient, "Patient?identifier:of-type=http://type|NI|001099000001"));
  EXPECT_FALSE(Match(kPatient, "Patient?identifier:of-type=http://type|PPN|001099000001"));
  EXPECT_TRUE(Match(kPatient, "Patient?identifier:text=can"));
  EXPECT_TRUE(Match(kPatient, "Patient?gender=|male"));
  EXPECT_TRUE(Match(kPatient, "Patient?gender:not=female"));
  EXPECT_FALSE(Match(kPatient, "Patient?gender:not=female,male"));
  EXPECT_TRUE(Match(kPatient, "Patient?language:not=vi"));
  EXPECT_TRUE(Match(kPatient, "Patient?active=true&deceased=false&_tag=x&_id=p1"));
}

TEST(Match, KnowsWhatIsMissing) {
  EXPECT_TRUE(Match(kPatient, "Patient?phone:missing=true&name:missing=false"));
  EXPECT_FALSE(Match(kPatient, "Patient?birthdate:missing=true"));
}

TEST(Match, ComparesDatesByTheirRanges) {
  EXPECT_TRUE(Match(kPatient, "Patient?birthdate=1990"));
  EXPECT_TRUE(Match(kPatient, "Patient?birthdate=1990-05"));
  EXPECT_FALSE(Match(kPatient, "Patient?birthdate=1990-05-03"));
  EXPECT_TRUE(Match(kPatient, "Patient?birthdate=ne1990-05-03"));
  EXPECT_TRUE(Match(kPatient, "Patient?birthdate=gt1990-05-03"));
  EXPECT_TRUE(Match(kPatient, "Patient?birthdate=lt1990-05-03"));
  EXPECT_FALSE(Match(kPatient, "Patient?birthdate=sa1990-05-03"));
  EXPECT_TRUE(Match(kPatient, "Patient?birthdate=sa1990-04"));
  EXPECT_TRUE(Match(kPatient, "Patient?birthdate=eb1990-06"));
  EXPECT_TRUE(Match(kPatient, "Patient?birthdate=ap1990-04"));
  EXPECT_FALSE(Match(kPatient, "Patient?birthdate=ap1990-02"));
  EXPECT_TRUE(Match(kPatient, "Patient?birthdate=ge1990-05&birthdate=le1990-05"));
  EXPECT_FALSE(Match(kPatient, "Patient?birthdate=ge1990-06"));
  EXPECT_TRUE(Match(kPatient, "Patient?_lastUpdated=ge2026-11-21"));
}

TEST(Match, FollowsTheFormsOfReferences) {
  EXPECT_TRUE(Match(kPatient, "Patient?general-practitioner=d1"));
  EXPECT_TRUE(Match(kPatient, "Patient?general-practitioner=Organization/o1"));
  EXPECT_TRUE(Match(kPatient, "Patient?general-practitioner:Practitioner=d1"));
  EXPECT_FALSE(Match(kPatient, "Patient?general-practitioner:Organization=d1"));
  EXPECT_TRUE(Match(kPatient, "Patient?organization:identifier=http://kcb|01001"));
  EXPECT_FALSE(Match(kPatient, "Patient?organization:identifier=http://x|01001"));
}

TEST(Match, ComparesUrisByPrefixOnlyWhenAsked) {
  EXPECT_TRUE(Match(kPatient, "Patient?_profile=http://tram/Patient"));
  EXPECT_FALSE(Match(kPatient, "Patient?_profile=http://tram"));
  EXPECT_TRUE(Match(kPatient, "Patient?_profile:below=http://tram"));
  EXPECT_TRUE(Match(kPatient, "Patient?_profile:above=http://tram/Patient/child"));
}

constexpr std::string_view kPressure = R"({"resourceType":"Observation","id":"o","status":"final",
  "code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},
  "component":[
    {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},
     "valueQuantity":{"value":150,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}},
    {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},
     "valueQuantity":{"value":80,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}}]})";

TEST(Match, HoldsThePartsOfACompositeTogether) {
  EXPECT_TRUE(Match(kPressure, "Observation?component-code-value-quantity=8480-6$gt140"));
  EXPECT_FALSE(Match(kPressure, "Observation?component-code-value-quantity=8462-4$gt140"));
  EXPECT_TRUE(Match(kPressure, "Observation?component-code=8462-4&component-value-quantity=gt140"));
  EXPECT_TRUE(Match(kPressure, "Observation?combo-code-value-quantity=8462-4$80"));
}

TEST(Match, ComparesQuantitiesWithTheirUnits) {
  EXPECT_TRUE(Match(kPressure, "Observation?component-value-quantity=150"));
  EXPECT_TRUE(Match(kPressure, "Observation?component-value-quantity=150||mmHg"));
  EXPECT_TRUE(Match(kPressure, "Observation?component-value-quantity=150||mm[Hg]"));
  EXPECT_TRUE(Match(kPressure,
                    "Observation?component-value-quantity=150|http://unitsofmeasure.org|mm[Hg]"));
  EXPECT_FALSE(Match(kPressure, "Observation?component-value-quantity=150||kPa"));
  EXPECT_TRUE(Match(kPressure, "Observation?component-value-quantity=ap140"));
  EXPECT_FALSE(Match(kPressure, "Observation?component-value-quantity=lt80"));
  EXPECT_TRUE(Match(kPressure, "Observation?component-value-quantity=le80"));
}

TEST(Match, CombinesFilters) {
  EXPECT_TRUE(Match(kPatient, "Patient?_filter=gender eq male and not (birthdate lt 1980)"));
  EXPECT_FALSE(Match(kPatient, "Patient?_filter=gender eq female or birthdate lt 1980"));
  EXPECT_TRUE(Match(kPatient, "Patient?_filter=phone pr false and name co \"uc\""));
}

TEST(Match, MeasuresDistances) {
  constexpr std::string_view kStation =
      R"({"resourceType":"Location","id":"l","position":{"latitude":21.0453,"longitude":105.8790}})";
  EXPECT_TRUE(Match(kStation, "Location?near=21.04|105.88|2|km"));
  EXPECT_FALSE(Match(kStation, "Location?near=21.04|105.88|100|m"));
}

}  // namespace
}  // namespace fhir::search
