#include "fhir/validation/validator.h"

#include <gtest/gtest.h>

namespace fhir::validation {
namespace {

// "severity code location" of each issue, sorted by nothing: in the order found.
std::vector<std::string> Problems(std::string_view json, const Options& options = {.warnings = false}) {
  const auto document = model::Document::Parse(json);
  EXPECT_TRUE(document.ok());
  std::vector<std::string> out;
  for (const Issue& issue : Validate(**document, options)) {
    EXPECT_FALSE(issue.text.empty());
    out.push_back(std::string(Name(issue.severity)) + " " + std::string(Name(issue.code)) + " " + issue.location);
  }
  return out;
}
using List = std::vector<std::string>;

TEST(Validate, AcceptsARightResource) {
  EXPECT_EQ(Problems(R"({"resourceType":"Patient","id":"p1","active":true,"gender":"female","birthDate":"1990-05",
    "_birthDate":{"extension":[{"url":"http://x","valueDateTime":"1990-05-01T07:00:00+07:00"}]},
    "name":[{"use":"official","family":"Nguyễn","given":["Lan",null],"_given":[null,{"id":"a"}]}],
    "generalPractitioner":[{"reference":"Practitioner/1"},{"reference":"#d"},{"display":"BS. Hà"}],
    "contained":[{"resourceType":"Practitioner","id":"d"}]})"),
            List{});
}

TEST(Validate, RefusesWhatIsNoResource) {
  EXPECT_EQ(Problems(R"({"resourceType":"Patent"})"), List{"error structure Patent"});
  EXPECT_EQ(Problems("[]"), List{"error structure Resource"});
}

TEST(Validate, FindsUnknownFields) {
  EXPECT_EQ(Problems(R"({"resourceType":"Patient","nam":[],"name":[{"familie":"x"}],"_contact":[{}],"valueString":"x"})"),
            (List{"error structure Patient.nam", "error structure Patient.name[0].familie", "error structure Patient._contact",
                  "error structure Patient.valueString"}));
}

TEST(Validate, FindsMissingAndSuperfluousElements) {
  EXPECT_EQ(Problems(R"({"resourceType":"Observation","code":{"text":"x"}})"), List{"error required Observation.status"});
  EXPECT_EQ(Problems(R"({"resourceType":"Patient","deceasedBoolean":true,"deceasedDateTime":"2026"})"),
            List{"error structure Patient.deceased"});
  EXPECT_EQ(Problems(R"({"resourceType":"Patient","name":{"family":"x"},"active":[true],"contact":[]})"),
            (List{"error structure Patient.name", "error structure Patient.active", "error structure Patient.contact"}));
  EXPECT_EQ(Problems(R"({"resourceType":"Patient","active":null,"maritalStatus":{}})"),
            (List{"error structure Patient.active", "error structure Patient.maritalStatus"}));
}

TEST(Validate, ChecksPrimitiveFormats) {
  EXPECT_EQ(Problems(R"({"resourceType":"Patient","id":"có dấu","active":"true","birthDate":"1990-13","multipleBirthInteger":1.5,
    "language":" vi","implicitRules":"a b","telecom":[{"rank":0}]})"),
            (List{"error value Patient.id", "error value Patient.active", "error value Patient.birthDate",
                  "error value Patient.multipleBirth", "error value Patient.language", "error value Patient.implicitRules",
                  "error value Patient.telecom[0].rank"}));
  EXPECT_EQ(Problems(R"({"resourceType":"Observation","status":"final","code":{"text":"x"},"issued":"2026-11-21",
    "effectiveDateTime":"2026-11-21T07:00","valueTime":"7:00"})"),
            (List{"error value Observation.issued", "error value Observation.effective", "error value Observation.value"}));
}

TEST(Validate, ChecksRequiredBindings) {
  EXPECT_EQ(Problems(R"({"resourceType":"Patient","gender":"nữ","name":[{"use":"legal"}]})"),
            (List{"error code-invalid Patient.gender", "error code-invalid Patient.name[0].use"}));
}

TEST(Validate, ChecksTheTypeOfReferences) {
  EXPECT_EQ(Problems(R"({"resourceType":"Patient","managingOrganization":{"reference":"Practitioner/1"},
    "generalPractitioner":[{"reference":"urn:uuid:x"}]})"),
            List{"error value Patient.managingOrganization"});
}

TEST(Validate, ChecksInvariants) {
  EXPECT_EQ(Problems(R"({"resourceType":"Patient","contact":[{"gender":"male"}]})"), List{"error invariant Patient.contact[0]"});
  EXPECT_EQ(Problems(R"({"resourceType":"Patient","contained":[{"resourceType":"Practitioner","id":"d"}]})"),
            List{"error invariant Patient"});
  EXPECT_EQ(Problems(R"({"resourceType":"Patient","extension":[{"url":"http://x"}]})"),
            List{"error invariant Patient.extension[0]"});
  EXPECT_EQ(Problems(R"({"resourceType":"Patient","identifier":[{"period":{"start":"2026-02","end":"2026-01"}}]})"),
            List{"error invariant Patient.identifier[0].period"});
}

TEST(Validate, WarnsOfBestPracticeWhenAsked) {
  EXPECT_EQ(Problems(R"({"resourceType":"Patient","active":true})", {}), List{"warning invariant Patient"});
}

TEST(Validate, ChecksEveryEntryOfABundle) {
  EXPECT_EQ(Problems(R"({"resourceType":"Bundle","type":"collection","entry":[
    {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient","gender":"x"}},
    {"fullUrl":"urn:uuid:2","resource":{"resourceType":"Observation","status":"final"}}]})"),
            (List{"error code-invalid Bundle.entry[0].resource.gender", "error required Bundle.entry[1].resource.code"}));
}

TEST(Validate, StopsAtTheAllowedNumberOfIssues) {
  std::string json = R"({"resourceType":"Patient","name":[)";
  for (int i = 0; i < 500; ++i) json += std::string(i == 0 ? "" : ",") + R"({"x":1})";
  EXPECT_EQ(Problems(json + "]}").size(), 200U);
}

TEST(ToOperationOutcome, TellsSeverityCodePlaceAndText) {
  const auto outcome = ToOperationOutcome({{Severity::kError, IssueCode::kValue, "Patient.id", "Sai."}});
  EXPECT_EQ(outcome.Dump(), R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"value",)"
                            R"("details":{"text":"Sai."},"expression":["Patient.id"]}]})");
  EXPECT_EQ(ToOperationOutcome({})["issue"][0]["severity"].String(), "information");
}

}  // namespace
}  // namespace fhir::validation
