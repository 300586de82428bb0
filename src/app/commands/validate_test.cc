#include "app/commands/validate.h"

#include <gtest/gtest.h>

#include <sstream>

#include "base/json.h"

namespace app::commands {
namespace {

struct Outcome {
  int code;
  std::string out;
  std::string err;
};

Outcome Validate(const std::vector<std::string>& files, const std::string& input = "") {
  const base::FixedClock clock(*base::Instant::Parse("2026-11-21T08:00:00.000+07:00"));
  std::istringstream in(input);
  std::ostringstream out, err;
  const int code = RunValidate(files, clock, in, out, err);
  return {code, out.str(), err.str()};
}

TEST(TramValidate, PrintsAnOutcomeWithoutErrors) {
  const auto got = Validate({"-"}, R"({"resourceType":"Patient","active":true})");
  EXPECT_EQ(got.code, 0);
  EXPECT_EQ(got.err, "");
  const auto outcome = base::Json::Parse(got.out);
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ((*outcome)["resourceType"].String(), "OperationOutcome");
}

TEST(TramValidate, FailsForAnyFileWithAnError) {
  const auto got = Validate({"-", "/nowhere/at/all.json"}, R"({"resourceType":"Patient","gender":"x"})");
  EXPECT_EQ(got.code, 1);
  EXPECT_EQ(std::count(got.out.begin(), got.out.end(), '\n'), 2);
  EXPECT_NE(got.out.find("Patient.gender"), std::string::npos);
}

TEST(TramValidate, RefusesOptionsItDoesNotHave) {
  EXPECT_EQ(Validate({}).code, 2);
  EXPECT_EQ(Validate({"--profile", "http://x"}).code, 2);
}

}  // namespace
}  // namespace app::commands
