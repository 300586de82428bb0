#include "fhir/model/document.h"

#include <algorithm>

#include "base/check.h"
#include "base/json_walk.h"
#include "fhir/model/document_cells.h"

namespace fhir::model {

using base::Json;
using base::Result;
using base::Status;

namespace {

// The numbers of RFC 8259 §6.
bool IsJsonNumber(std::string_view text) {
  size_t at = text.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const size_t begin = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - begin;
  };
  const bool zero = at < text.size() && text[at] == '0';
  const size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

Status Feed(const Json& json, int depth, DocumentBuilder& builder) {
  if (depth > base::kResourceLimits.max_depth) return base::Invalid("Dữ liệu JSON lồng quá sâu.");
  if (json.IsObject()) {
    TRY(builder.OnBeginObject());
    for (const auto& [key, value] : json.Members()) {
      TRY(builder.OnKey(key));
      TRY(Feed(value, depth + 1, builder));
    }
    return builder.OnEndObject();
  }
  if (json.IsArray()) {
    TRY(builder.OnBeginArray());
    for (const Json& item : json.Items()) TRY(Feed(item, depth + 1, builder));
    return builder.OnEndArray();
  }
  if (json.IsString()) return builder.OnString(json.String());
  if (json.IsBool()) return builder.OnBool(json.Bool());
  if (json.IsNumber()) {
    if (!IsJsonNumber(json.NumberText())) return base::Invalid("Số không hợp lệ.", {}, "number text");
    return builder.OnNumber(json.NumberText());
  }
  return builder.OnNull();
}

}  // namespace

Document::Document() : cells_(std::make_unique<Cells>()) {}
Document::~Document() = default;

Result<DocumentPtr> Document::Parse(std::string_view json, const base::JsonLimits& limits) {
  DocumentBuilder builder(std::min(json.size(), limits.max_bytes));
  TRY(base::WalkJson(json, limits, builder));
  return builder.Finish();
}

Result<DocumentPtr> Document::ParseResource(std::string_view json, const base::JsonLimits& limits) {
  TRY_ASSIGN(DocumentPtr document, Parse(json, limits));
  if (!document->root().IsObject() || !document->cells_->type) {
    return base::Invalid("Dữ liệu không phải một tài nguyên FHIR R4.", "resourceType");
  }
  return document;
}

Result<DocumentPtr> Document::FromJson(const Json& json) {
  DocumentBuilder builder(0);
  TRY(Feed(json, 1, builder));
  return builder.Finish();
}

Node Document::root() const { return Node(this, 0); }

ResourceType Document::type() const {
  CHECK(cells_->type.has_value());
  return *cells_->type;
}

std::optional<ResourceType> Document::resource_type() const { return cells_->type; }

std::string_view Document::id() const { return root()["id"].text(); }

size_t Document::memory_bytes() const {
  return cells_->cells.capacity() * sizeof(Cell) + cells_->text.capacity() + sizeof(Cells);
}

std::string Document::ToText() const {
  std::string out;
  out.reserve(cells_->text.size() + cells_->cells.size() * 12);
  root().AppendJson(out);
  return out;
}

// ---- Node ----------------------------------------------------------------------------------------

#define CELL (document_->cells_->cells[cell_])

NodeKind Node::kind() const { return *this ? CELL.kind : NodeKind::kNull; }

std::string_view Node::text() const {
  if (!*this) return {};
  const Cell& cell = CELL;
  if (cell.kind != NodeKind::kString && cell.kind != NodeKind::kNumber) return {};
  return std::string_view(document_->cells_->text).substr(cell.first, cell.length);
}

bool Node::bool_value() const { return *this && CELL.kind == NodeKind::kBool && CELL.first != 0; }

NameId Node::name_id() const { return *this ? CELL.name : kEmptyName; }

std::string_view Node::name() const {
  const NameId id = name_id();
  if (id < NameCount()) return NameText(id);
  return document_->cells_->local_names[id - NameCount()];
}

size_t Node::size() const {
  if (!*this) return 0;
  const Cell& cell = CELL;
  return cell.kind == NodeKind::kArray || cell.kind == NodeKind::kObject ? cell.first : 0;
}

Node Node::FirstChild() const { return size() == 0 ? Node() : Node(document_, cell_ + 1); }

Node Node::NextSibling() const {
  if (!*this || CELL.next == 0) return {};
  return Node(document_, CELL.next);
}

Node Node::operator[](std::string_view member) const {
  if (!IsObject()) return {};
  const NameId id = FindName(member);
  if (id != kUnknownName) return Member(id);
  if (document_->cells_->local_names.empty()) return {};
  for (const Node child : *this) {
    if (child.name_id() >= NameCount() && child.name() == member) return child;
  }
  return {};
}

Node Node::Member(NameId name) const {
  if (!IsObject() || CELL.first == 0) return {};
  const std::vector<Cell>& cells = document_->cells_->cells;
  for (uint32_t at = cell_ + 1; at != 0; at = cells[at].next) {
    if (cells[at].name == name) return Node(document_, at);
  }
  return {};
}

Node Node::Item(size_t index) const {
  if (!IsArray() || index >= size()) return {};
  Node item = FirstChild();
  while (index-- > 0) item = item.NextSibling();
  return item;
}

void Node::AppendJson(std::string& out) const {
  switch (kind()) {
    case NodeKind::kNull: out += "null"; return;
    case NodeKind::kBool: out += bool_value() ? "true" : "false"; return;
    case NodeKind::kNumber: out += text(); return;
    case NodeKind::kString: base::AppendJsonString(out, text()); return;
    case NodeKind::kArray:
    case NodeKind::kObject: break;
  }
  const bool is_object = IsObject();
  out += is_object ? '{' : '[';
  bool first = true;
  for (const Node child : *this) {
    if (!first) out += ',';
    first = false;
    if (is_object) {
      base::AppendJsonString(out, child.name());
      out += ':';
    }
    child.AppendJson(out);
  }
  out += is_object ? '}' : ']';
}

Json Node::ToJson() const {
  switch (kind()) {
    case NodeKind::kNull: return nullptr;
    case NodeKind::kBool: return bool_value();
    case NodeKind::kNumber: return Json::NumberText(std::string(text()));
    case NodeKind::kString: return text();
    case NodeKind::kArray: {
      Json::Array items;
      items.reserve(size());
      for (const Node item : *this) items.push_back(item.ToJson());
      return items;
    }
    case NodeKind::kObject: break;
  }
  Json::Object members;
  members.reserve(size());
  for (const Node member : *this) members.emplace_back(member.name(), member.ToJson());
  return members;
}

#undef CELL

}  // namespace fhir::model
