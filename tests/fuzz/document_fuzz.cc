// Any bytes as a document: parses or refuses, and what was parsed reads the same after writing.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fhir/model/document.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using fhir::model::Document;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = Document::Parse(text);
  if (!document.ok()) return 0;
  const std::string written = (*document)->ToText();
  const auto again = Document::Parse(written);
  if (!again.ok() || (*again)->ToText() != written) std::abort();
  // The tree of cells and the mutable tree agree.
  const auto rebuilt = Document::FromJson((*document)->root().ToJson());
  if (!rebuilt.ok() || (*rebuilt)->ToText() != written) std::abort();
  return 0;
}
