// Any text as a search, on a small patient or on the document that follows the first line: refused
// with a reason or answered, and its index rows come out sorted.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "fhir/search/index_entries.h"
#include "fhir/search/match.h"

namespace {

constexpr std::string_view kPatient = R"({"resourceType":"Patient","id":"p","active":true,
  "meta":{"tag":[{"system":"t","code":"x"}],"profile":["http://tram/Patient"]},
  "name":[{"text":"Lê Văn Ân","family":"Lê","given":["Văn","Ân"]}],"birthDate":"1990-05",
  "identifier":[{"system":"cccd","value":"1","type":{"coding":[{"system":"s","code":"NI"}]}}],
  "managingOrganization":{"reference":"Organization/o","identifier":{"value":"1"}}})";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace fhir::search;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t line = text.find('\n');
  const std::string_view first = text.substr(0, line);
  auto document = fhir::model::Document::ParseResource(
      line == std::string_view::npos ? kPatient : text.substr(line + 1));
  if (!document.ok()) return 0;
  const auto entries = Extract(**document);
  if (!entries.ok()) std::abort();
  const auto query = ParseQueryText(first, Handling::kLenient);
  if (!query.ok()) return 0;
  for (const Clause& clause : query->clauses) (void)MatchesLocally(**document, clause);
  for (const Sort& sort : query->sort) {
    (void)SortKeyOf(**document, *sort.parameter, sort.descending);
  }
  // What was understood must be understood again.
  if (query->types.size() == 1 && !ParseQueryText(query->applied).ok()) std::abort();
  return 0;
}
