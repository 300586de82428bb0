// The official FHIRPath R4 cases, when the shared data is there, and our own table always.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "base/json.h"
#include "fhir/path/path.h"

namespace fhir::path {
namespace {

using base::Json;

std::filesystem::path SourceDir() {
  const char* dir = std::getenv("TRAM_SOURCE_DIR");
  if (dir != nullptr) return dir;
  return std::filesystem::path(__FILE__).parent_path().parent_path().parent_path().parent_path();
}

std::filesystem::path SharedDir() {
  const char* dir = std::getenv("TRAM_SHARED");
  return dir != nullptr ? std::filesystem::path(dir) : SourceDir().parent_path() / "shared";
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Numbers by value: 1.5 and 1.50 are the same answer.
bool SameAnswer(const Json& expected, const Json& actual) {
  if (expected.IsNumber() && actual.IsNumber()) {
    return Number::Parse(expected.NumberText()) == Number::Parse(actual.NumberText());
  }
  if (expected.IsArray() && actual.IsArray() && expected.size() == actual.size()) {
    for (size_t i = 0; i < expected.size(); ++i) {
      if (!SameAnswer(expected[i], actual[i])) return false;
    }
    return true;
  }
  return expected == actual;
}

// What `tram fhirpath` does: strict about names when the type of the input is known.
base::Result<std::string> Run(const std::string& expression, const model::DocumentPtr& document) {
  TRY_ASSIGN(const Expression compiled, Expression::Compile(expression));
  Environment environment;
  environment.now = base::Instant::Parse("2026-11-21T08:00:00.000+07:00").value();
  Collection values;
  if (document) {
    TRY(compiled.CheckNames(Value::Root(document->root()).type()));
    TRY_ASSIGN(values, compiled.Evaluate(document->root(), environment));
  } else {
    TRY_ASSIGN(values, compiled.Evaluate(environment));
  }
  return ToJsonText(values);
}

// Empty when the answer is right, else what came instead.
std::string Complaint(const std::string& expression, const model::DocumentPtr& document, const Json& expected,
                      bool error) {
  const auto result = Run(expression, document);
  if (!result.ok()) return error ? "" : result.error().message;
  if (error) return "no error but " + *result;
  const auto actual = Json::Parse(*result);
  if (!actual.ok()) return "not JSON: " + *result;
  return SameAnswer(expected, *actual) ? "" : *result;
}

TEST(OfficialCases, PassButForTheListedExceptions) {
  const auto folder = SharedDir() / "data/fhirpath";
  if (!std::filesystem::exists(folder / "cases.json")) GTEST_SKIP() << "no shared data";
  std::set<std::string> exceptions;
  std::istringstream lines(ReadFile(SourceDir() / "tests/conformance/fhirpath_exceptions.csv"));
  for (std::string line; std::getline(lines, line);) exceptions.insert(line.substr(0, line.find(',')));
  exceptions.erase("name");
  EXPECT_LE(exceptions.size(), 10U);

  const auto cases = Json::Parse(ReadFile(folder / "cases.json"));
  ASSERT_TRUE(cases.ok());
  std::map<std::string, model::DocumentPtr> inputs;
  std::set<std::string> failed;
  for (const Json& item : cases->Items()) {
    model::DocumentPtr document;
    if (item["input"].IsString()) {
      auto& input = inputs[item["input"].String()];
      if (!input) {
        auto parsed = model::Document::Parse(ReadFile(folder / "input" / item["input"].String()));
        ASSERT_TRUE(parsed.ok()) << item["input"].String();
        input = *parsed;
      }
      document = input;
    }
    const std::string name = item["name"].String();
    const std::string complaint =
        Complaint(item["expression"].String(), document, item["result"], item["error"].Bool());
    if (complaint.empty()) continue;
    failed.insert(name);
    if (!exceptions.contains(name)) {
      ADD_FAILURE() << name << ": " << item["expression"].String() << "\n  expected "
                    << (item["error"].Bool() ? "an error" : item["result"].Dump()) << "\n  got " << complaint;
    }
  }
  for (const std::string& name : exceptions) EXPECT_TRUE(failed.contains(name)) << name << " passes by now";
}

// One record of a CSV file, "" within quotes standing for ".
std::vector<std::string> CsvFields(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += line[++i];
    } else if (line[i] == '"') {
      quoted = !quoted;
    } else if (line[i] == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += line[i];
    }
  }
  return fields;
}

constexpr std::string_view kPatient = R"({"resourceType":"Patient","id":"p1",
  "contained":[{"resourceType":"Practitioner","id":"d1"}],
  "extension":[{"url":"urn:q","valueQuantity":{"value":1.50,"system":"http://unitsofmeasure.org","code":"mg"}}],
  "name":[{"use":"official","family":"Nguyễn","_family":{"extension":[{"url":"urn:x","valueString":"ext"}]},
           "given":["Lan","Thị"]}],
  "telecom":[{"system":"phone","value":"0912"}],
  "birthDate":"1990-05-15",
  "_birthDate":{"extension":[{"url":"urn:t","valueDateTime":"2000-01-02T03:04:00+07:00"}]},
  "deceasedBoolean":false,"multipleBirthInteger":2,
  "contact":[{"relationship":[{"text":"mẹ"}]}],
  "generalPractitioner":[{"reference":"#d1"},{"reference":"Practitioner/9"}],
  "managingOrganization":{"reference":"http://h.vn/fhir/Organization/o1/_history/3"}})";

TEST(OurCases, Pass) {
  std::istringstream lines(ReadFile(SourceDir() / "tests/tables/fhirpath.csv"));
  const auto document = model::Document::Parse(kPatient);
  ASSERT_TRUE(document.ok());
  int count = 0;
  std::string line;
  std::getline(lines, line);
  ASSERT_EQ(line, "expression,result");
  while (std::getline(lines, line)) {
    const auto fields = CsvFields(line);
    ASSERT_EQ(fields.size(), 2U) << line;
    const bool error = fields[1] == "error";
    const auto expected = error ? Json() : Json::Parse(fields[1]).value();
    const std::string complaint = Complaint(fields[0], *document, expected, error);
    EXPECT_EQ(complaint, "") << fields[0] << " should be " << fields[1];
    ++count;
  }
  EXPECT_GT(count, 100);
}

TEST(OfficialInvariants, Compile) {
  for (const model::Constraint& constraint : model::AllConstraints()) {
    if (constraint.expression.empty()) continue;
    const auto compiled = Expression::Compile(constraint.expression);
    EXPECT_TRUE(compiled.ok()) << constraint.key << ": " << constraint.expression << "\n"
                               << (compiled.ok() ? "" : compiled.error().message);
  }
}

}  // namespace
}  // namespace fhir::path
