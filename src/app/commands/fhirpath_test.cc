#include "app/commands/fhirpath.h"

#include <gtest/gtest.h>

#include <sstream>

namespace app::commands {
namespace {

struct Outcome {
  int code;
  std::string out;
  std::string err;
};

Outcome FhirPath(const std::vector<std::string>& arguments, const std::string& input = "") {
  const base::FixedClock clock(*base::Instant::Parse("2026-11-21T08:00:00.000+07:00"));
  std::istringstream in(input);
  std::ostringstream out, err;
  const int code = RunFhirPath(arguments, clock, in, out, err);
  return {code, out.str(), err.str()};
}

TEST(TramFhirPath, PrintsAnArrayOfValues) {
  const auto got = FhirPath({"1 + 1 | 'a' | 1.50"});
  EXPECT_EQ(got.code, 0);
  EXPECT_EQ(got.out, "[2,\"a\",1.50]\n");
  EXPECT_EQ(FhirPath({"name"}).out, "[]\n");
  EXPECT_EQ(FhirPath({"-1"}).out, "[-1]\n");
  EXPECT_EQ(FhirPath({"today()"}).out, "[\"2026-11-21\"]\n");
}

TEST(TramFhirPath, ReadsStandardInput) {
  const std::string patient = R"({"resourceType":"Patient","name":[{"family":"Lê","given":["An"]}]})";
  EXPECT_EQ(FhirPath({"--input", "-", "Patient.name.given"}, patient).out, "[\"An\"]\n");
  EXPECT_EQ(FhirPath({"name", "--input=-"}, patient).out, "[{\"family\":\"Lê\",\"given\":[\"An\"]}]\n");
}

TEST(TramFhirPath, SaysWhyAnExpressionIsWrong) {
  for (const char* expression : {"1 +", "nonsense()", "1 + 'a'", "(1 | 2) + 1", "%x"}) {
    const auto got = FhirPath({expression});
    EXPECT_EQ(got.code, 1) << expression;
    EXPECT_EQ(got.out, "");
    EXPECT_NE(got.err, "") << expression;
  }
  EXPECT_EQ(FhirPath({"--input", "-", "Patient.nam"}, R"({"resourceType":"Patient"})").code, 1);
}

TEST(TramFhirPath, RefusesWrongInputAndArguments) {
  EXPECT_EQ(FhirPath({"--input", "-", "a"}, "{").code, 1);
  EXPECT_EQ(FhirPath({"--input", "/nowhere/at/all.json", "a"}).code, 1);
  EXPECT_EQ(FhirPath({}).code, 2);
  EXPECT_EQ(FhirPath({"a", "b"}).code, 2);
  EXPECT_EQ(FhirPath({"--input"}).code, 2);
}

}  // namespace
}  // namespace app::commands
