// How a Document lies in memory, and how it is built; only the sources of fhir/model include this.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/json_walk.h"
#include "fhir/model/document.h"

namespace fhir::model {

// Values in the order of the text, so the first child of cell n is cell n + 1.
struct Cell {
  uint32_t next = 0;    // the next sibling; 0 = none, for cell 0 is the root
  uint32_t first = 0;   // text: where it begins; bool: 1 or 0; array and object: number of children
  uint32_t length = 0;  // text only
  NameId name = kEmptyName;
  NodeKind kind = NodeKind::kNull;
};

struct Document::Cells {
  std::vector<Cell> cells;
  std::string text;  // contents of strings and digits of numbers, one after the other
  // Names that FHIR does not know, from id NameCount() on.
  std::vector<std::string> local_names;
  std::optional<ResourceType> type;
};

// Buffers that outlive one document, so that a parse allocates only what the document keeps.
struct BuilderScratch {
  struct Open {
    uint32_t cell;
    uint32_t last_child;
  };
  std::vector<Cell> cells;
  std::string text;
  std::vector<Open> open;
};

// Takes the tokens of one JSON text and makes a document of them.
class DocumentBuilder final : public base::JsonHandler {
 public:
  explicit DocumentBuilder(size_t expected_bytes);
  ~DocumentBuilder() override;

  base::Status OnNull() override;
  base::Status OnBool(bool value) override;
  base::Status OnNumber(std::string_view text) override;
  base::Status OnString(std::string_view text) override;
  base::Status OnKey(std::string_view key) override;
  base::Status OnBeginObject() override;
  base::Status OnEndObject() override;
  base::Status OnBeginArray() override;
  base::Status OnEndArray() override;

  DocumentPtr Finish();

 private:
  Cell& Add(NodeKind kind);
  void AddText(NodeKind kind, std::string_view text);

  std::unique_ptr<BuilderScratch> scratch_;
  NameId key_ = kEmptyName;
  std::vector<std::string> local_names_;
  std::unordered_map<std::string, NameId> local_ids_;
};

}  // namespace fhir::model
