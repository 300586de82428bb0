// Cuts a FHIRPath expression into tokens. https://hl7.org/fhirpath/N1/#lexical-elements
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fhir::path {

struct Token {
  enum class Type : uint8_t {
    kEnd,
    kIdentifier,  // keywords too: the parser tells them by their place
    kDelimited,   // `identifier`
    kString,
    kNumber,
    kMoment,    // text without the @
    kVariable,  // text without the %
    kSpecial,   // $this, $index, $total
    kSymbol,
  };
  Type type = Type::kEnd;
  std::string text;
  size_t position = 0;
};

base::Error SyntaxError(size_t position, std::string_view what);

// Ends with a kEnd token.
base::Result<std::vector<Token>> Tokenize(std::string_view text);

}  // namespace fhir::path
