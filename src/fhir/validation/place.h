// Where the validator stands, as a chain on its stack: the text is only made when something is wrong.
#pragma once

#include <string>
#include <string_view>

namespace fhir::validation {

struct Place {
  static constexpr int kNoIndex = -1;

  const Place* parent = nullptr;
  std::string_view name;
  int index = kNoIndex;

  std::string ToText() const {
    std::string out = parent != nullptr ? parent->ToText() + "." : "";
    out += name;
    if (index != kNoIndex) out += '[' + std::to_string(index) + ']';
    return out;
  }
};

}  // namespace fhir::validation
