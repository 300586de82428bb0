#include "fhir/model/document_cells.h"

namespace fhir::model {

using base::Ok;
using base::Status;

namespace {

constexpr size_t kKeptScratchBytes = 16U << 20;

base::Error TooManyNames() {
  return base::Error{base::ErrorCode::kTooLarge, "Dữ liệu có quá nhiều tên trường lạ.", {}, "local names"};
}

// One per thread; a builder within a builder makes its own.
thread_local std::unique_ptr<BuilderScratch> kept_scratch;

}  // namespace

DocumentBuilder::DocumentBuilder(size_t expected_bytes) {
  scratch_ = std::move(kept_scratch);
  if (!scratch_) scratch_ = std::make_unique<BuilderScratch>();
  scratch_->cells.clear();
  scratch_->text.clear();
  scratch_->open.clear();
  scratch_->text.reserve(expected_bytes);
}

DocumentBuilder::~DocumentBuilder() {
  const size_t bytes = scratch_->cells.capacity() * sizeof(Cell) + scratch_->text.capacity();
  if (bytes <= kKeptScratchBytes) kept_scratch = std::move(scratch_);
}

Cell& DocumentBuilder::Add(NodeKind kind) {
  const auto index = static_cast<uint32_t>(scratch_->cells.size());
  if (!scratch_->open.empty()) {
    BuilderScratch::Open& parent = scratch_->open.back();
    if (parent.last_child != 0) scratch_->cells[parent.last_child].next = index;
    parent.last_child = index;
    ++scratch_->cells[parent.cell].first;
  }
  scratch_->cells.push_back({.name = key_, .kind = kind});
  key_ = kEmptyName;
  return scratch_->cells.back();
}

void DocumentBuilder::AddText(NodeKind kind, std::string_view text) {
  Cell& cell = Add(kind);
  cell.first = static_cast<uint32_t>(scratch_->text.size());
  cell.length = static_cast<uint32_t>(text.size());
  scratch_->text.append(text);
}

Status DocumentBuilder::OnNull() {
  Add(NodeKind::kNull);
  return Ok();
}

Status DocumentBuilder::OnBool(bool value) {
  Add(NodeKind::kBool).first = value ? 1 : 0;
  return Ok();
}

Status DocumentBuilder::OnNumber(std::string_view text) {
  AddText(NodeKind::kNumber, text);
  return Ok();
}

Status DocumentBuilder::OnString(std::string_view text) {
  AddText(NodeKind::kString, text);
  return Ok();
}

Status DocumentBuilder::OnKey(std::string_view key) {
  key_ = FindName(key);
  if (key_ != kUnknownName) return Ok();
  const auto [place, added] = local_ids_.try_emplace(std::string(key), kUnknownName);
  if (added) {
    const size_t id = NameCount() + local_names_.size();
    if (id >= kUnknownName) return TooManyNames();
    place->second = static_cast<NameId>(id);
    local_names_.emplace_back(key);
  }
  key_ = place->second;
  return Ok();
}

Status DocumentBuilder::OnBeginObject() {
  Add(NodeKind::kObject);
  scratch_->open.push_back({static_cast<uint32_t>(scratch_->cells.size() - 1), 0});
  return Ok();
}

Status DocumentBuilder::OnEndObject() {
  scratch_->open.pop_back();
  return Ok();
}

Status DocumentBuilder::OnBeginArray() {
  Add(NodeKind::kArray);
  scratch_->open.push_back({static_cast<uint32_t>(scratch_->cells.size() - 1), 0});
  return Ok();
}

Status DocumentBuilder::OnEndArray() {
  scratch_->open.pop_back();
  return Ok();
}

DocumentPtr DocumentBuilder::Finish() {
  std::shared_ptr<Document> document(new Document);
  Document::Cells& cells = *document->cells_;
  cells.cells.assign(scratch_->cells.begin(), scratch_->cells.end());
  cells.text.assign(scratch_->text);
  cells.local_names = std::move(local_names_);
  const Node name = document->root()["resourceType"];
  if (name.IsString()) cells.type = ParseResourceType(name.text());
  if (cells.type && IsAbstract(*cells.type)) cells.type.reset();
  return document;
}

}  // namespace fhir::model
