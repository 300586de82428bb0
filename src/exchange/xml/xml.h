// Small XML documents of outside systems as a tree of elements, read by Expat under the limits
// contract, and the escaping needed to write them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace exchange::xml {

struct Attribute {
  std::string name;
  std::string value;
};

struct Element {
  std::string name;
  std::string text;  // all character data directly inside, CDATA included
  std::vector<Attribute> attributes;
  std::vector<Element> children;

  // The first child of that name, or null.
  const Element* Child(std::string_view child) const;
  // The text of the first child of that name, trimmed; "" when there is none.
  std::string_view ChildText(std::string_view child) const;
};

struct Limits {
  size_t max_bytes = 20UL << 20;
  size_t max_elements = 500'000;
};

// Refuses: a DOCTYPE (so no entities), an encoding other than UTF-8, bytes that are not UTF-8, more
// than base::kMaxXmlAttributes attributes or base::kMaxXmlDepth levels, and whatever is over
// `limits` (kTooLarge). A byte order mark is skipped.
base::Result<Element> Parse(std::string_view bytes, const Limits& limits = {});

// Whether XML 1.0 can carry the text at all: UTF-8 without control characters but tab and line
// ends.
bool CanCarry(std::string_view text);
void AppendEscaped(std::string& out, std::string_view text);
void AppendCdata(std::string& out, std::string_view text);

}  // namespace exchange::xml
