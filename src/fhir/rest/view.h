// How an answer shall look: _pretty, _summary and _elements.
// https://hl7.org/fhir/R4/search.html#summary
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fhir/search/query.h"
#include "http/request.h"

namespace fhir::rest {

struct View {
  bool pretty = false;
  search::Summary summary = search::Summary::kFalse;
  std::vector<std::string> elements;

  bool is_whole() const { return summary == search::Summary::kFalse && elements.empty(); }
};

// kInvalid for values R4 does not know.
base::Result<View> ParseView(const http::Parameters& query);

// The body of one resource (compact JSON as stored) as the view shows it; cut bodies are tagged
// SUBSETTED. Indentation is left to Indent, for whole answers.
base::Result<std::string> Cut(std::string_view body, const View& view);
base::Result<std::string> Indent(std::string body, const View& view);

}  // namespace fhir::rest
