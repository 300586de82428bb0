// Document: one FHIR resource in the engine's own form: an immutable arena of cells with interned
// names and numbers kept as text. Parsed once; FHIRPath, indexing and validation walk it.
#pragma once

#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/limits.h"
#include "base/result.h"
#include "fhir/model/names.h"
#include "fhir/model/resource_type.h"

namespace fhir::model {

enum class NodeKind : uint8_t { kNull, kBool, kNumber, kString, kArray, kObject };

class Document;

// A cheap handle to one value of a document, or "missing" (false). Valid while the document lives.
class Node {
 public:
  Node() = default;
  explicit operator bool() const { return document_ != nullptr; }

  NodeKind kind() const;
  bool IsObject() const { return *this && kind() == NodeKind::kObject; }
  bool IsArray() const { return *this && kind() == NodeKind::kArray; }
  bool IsString() const { return *this && kind() == NodeKind::kString; }

  // The contents of a string or the digits of a number as they were written; "" for all else.
  std::string_view text() const;
  bool bool_value() const;

  // The key under which this value stands in its object; "" for the root and items of arrays.
  std::string_view name() const;
  NameId name_id() const;

  // Members of an object or items of an array.
  size_t size() const;
  Node operator[](std::string_view member) const;  // missing if there is none
  Node Member(NameId name) const;
  Node Item(size_t index) const;

  class Iterator;
  Iterator begin() const;
  Iterator end() const;
  Node FirstChild() const;
  Node NextSibling() const;

  // The value as compact JSON, keys in their order.
  void AppendJson(std::string& out) const;
  base::Json ToJson() const;

  const Document* document() const { return document_; }
  uint32_t cell() const { return cell_; }
  bool operator==(const Node&) const = default;

 private:
  friend class Document;
  Node(const Document* document, uint32_t cell) : document_(document), cell_(cell) {}
  const Document* document_ = nullptr;
  uint32_t cell_ = 0;
};

class Node::Iterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = Node;
  using difference_type = std::ptrdiff_t;
  using pointer = const Node*;
  using reference = Node;
  Iterator() = default;
  explicit Iterator(Node node) : node_(node) {}
  Node operator*() const { return node_; }
  Iterator& operator++() {
    node_ = node_.NextSibling();
    return *this;
  }
  Iterator operator++(int) {
    Iterator old = *this;
    ++*this;
    return old;
  }
  bool operator==(const Iterator& other) const { return node_ == other.node_; }

 private:
  Node node_;
};

inline Node::Iterator Node::begin() const { return Iterator(FirstChild()); }
inline Node::Iterator Node::end() const { return Iterator(); }

using DocumentPtr = std::shared_ptr<const Document>;

class Document {
 public:
  // Any JSON value under the limits contract (FHIRPath inputs need not be resources).
  static base::Result<DocumentPtr> Parse(std::string_view json,
                                         const base::JsonLimits& limits = base::kResourceLimits);
  // As Parse, and the root must be an object with a known resourceType.
  static base::Result<DocumentPtr> ParseResource(
      std::string_view json, const base::JsonLimits& limits = base::kResourceLimits);
  static base::Result<DocumentPtr> FromJson(const base::Json& json);

  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  ~Document();

  Node root() const;
  // Only for documents made by ParseResource or FromJson of a resource.
  ResourceType type() const;
  std::optional<ResourceType> resource_type() const;  // of the root; unset if it is no resource
  std::string_view id() const;                        // "" if the resource has none
  size_t memory_bytes() const;

  // Compact JSON with every key in the order it came, numbers as written.
  std::string ToText() const;

 private:
  friend class Node;
  friend class DocumentBuilder;
  Document();
  struct Cells;
  std::unique_ptr<Cells> cells_;
};

}  // namespace fhir::model
