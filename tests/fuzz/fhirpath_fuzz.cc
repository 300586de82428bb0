// Any text as an expression, run on a small patient: ends within its allowance, with values or a
// reason. The first line may be an expression and the rest the document.
#include <cstdint>
#include <string>
#include <string_view>

#include "fhir/path/path.h"

namespace {

constexpr std::string_view kPatient = R"({"resourceType":"Patient","id":"p","active":true,
  "name":[{"use":"official","family":"Lê","given":["An",null],"_given":[null,{"id":"g"}]}],
  "birthDate":"1990-05","deceasedDateTime":"2026-11-21T08:00:00+07:00","multipleBirthInteger":2,
  "contact":[{"telecom":[{"system":"phone","value":"1"}]}],
  "extension":[{"url":"u","valueQuantity":{"value":1.5,"code":"mg","system":"http://unitsofmeasure.org"}}]})";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t line = text.find('\n');
  const auto expression = fhir::path::Expression::Compile(text.substr(0, line));
  if (!expression.ok()) return 0;
  auto document = fhir::model::Document::Parse(kPatient);
  if (line != std::string_view::npos) {
    auto own = fhir::model::Document::Parse(text.substr(line + 1));
    if (own.ok()) document = std::move(own);
  }
  fhir::path::Environment environment;
  environment.max_steps = 20'000;
  environment.now = base::Instant{1'790'000'000'000};
  const auto focus = fhir::path::Value::Root((*document)->root());
  (void)expression->CheckNames(focus.type());
  const auto values = expression->Evaluate(focus, environment);
  if (values.ok()) (void)ToJsonText(*values);
  return 0;
}
