#include "fhir/rest/json_patch.h"

#include <charconv>

#include "base/text.h"

namespace fhir::rest {
namespace {

using base::Json;

base::Error Malformed() { return base::Invalid("JSON Patch không đúng dạng."); }
base::Error NoSuchPath() {
  return base::Unprocessable("JSON Patch chỉ tới một chỗ không có trong hồ sơ.");
}

// RFC 6901: "/name/0/family", with ~1 for "/" and ~0 for "~".
base::Result<std::vector<std::string>> ParsePointer(const std::string& pointer) {
  std::vector<std::string> steps;
  if (pointer.empty()) return steps;
  if (pointer.front() != '/') return Malformed();
  for (const std::string_view raw : base::Split(std::string_view(pointer).substr(1), '/')) {
    std::string step;
    for (size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] != '~') {
        step.push_back(raw[i]);
      } else if (i + 1 < raw.size() && (raw[i + 1] == '0' || raw[i + 1] == '1')) {
        step.push_back(raw[++i] == '0' ? '~' : '/');
      } else {
        return Malformed();
      }
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

// A place in an array: digits without a leading zero; `size` itself (and "-") only to add.
base::Result<size_t> ParseIndex(const std::string& step, size_t size, bool may_append) {
  if (step == "-" && may_append) return size;
  if (!base::IsDigits(step) || (step.size() > 1 && step[0] == '0')) return NoSuchPath();
  size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  if (error != std::errc() || index > size || (index == size && !may_append)) return NoSuchPath();
  return index;
}

Json* FindMember(Json& object, const std::string& name) {
  if (!object.IsObject()) return nullptr;
  for (auto& [key, value] : object.MutableMembers()) {
    if (key == name) return &value;
  }
  return nullptr;
}

base::Result<Json*> Step(Json& at, const std::string& step) {
  if (at.IsArray()) {
    TRY_ASSIGN(const size_t index, ParseIndex(step, at.size(), false));
    return &at.MutableItems()[index];
  }
  Json* member = FindMember(at, step);
  if (member == nullptr) return NoSuchPath();
  return member;
}

base::Result<Json*> Walk(Json& root, const std::vector<std::string>& steps, size_t count) {
  Json* at = &root;
  for (size_t i = 0; i < count; ++i) {
    TRY_ASSIGN(at, Step(*at, steps[i]));
  }
  return at;
}

base::Status Add(Json& root, const std::vector<std::string>& steps, Json value) {
  if (steps.empty()) {
    root = std::move(value);
    return base::Ok();
  }
  TRY_ASSIGN(Json * parent, Walk(root, steps, steps.size() - 1));
  if (parent->IsArray()) {
    TRY_ASSIGN(const size_t index, ParseIndex(steps.back(), parent->size(), true));
    auto& items = parent->MutableItems();
    items.insert(items.begin() + static_cast<ptrdiff_t>(index), std::move(value));
    return base::Ok();
  }
  if (!parent->IsObject()) return NoSuchPath();
  parent->Set(steps.back(), std::move(value));
  return base::Ok();
}

base::Result<Json> Remove(Json& root, const std::vector<std::string>& steps) {
  if (steps.empty()) return Malformed();
  TRY_ASSIGN(Json * parent, Walk(root, steps, steps.size() - 1));
  TRY_ASSIGN(Json * found, Step(*parent, steps.back()));
  Json removed = *found;
  if (parent->IsArray()) {
    auto& items = parent->MutableItems();
    items.erase(items.begin() + (found - items.data()));
  } else {
    parent->Erase(steps.back());
  }
  return removed;
}

base::Status Apply(Json& root, const Json& operation) {
  const std::string& op = operation["op"].String();
  if (!operation["path"].IsString()) return Malformed();
  TRY_ASSIGN(const auto path, ParsePointer(operation["path"].String()));
  const bool needs_value = op == "add" || op == "replace" || op == "test";
  bool has_value = false;
  for (const auto& [name, value] : operation.Members()) has_value |= name == "value";
  if (needs_value && !has_value) return Malformed();
  if (op == "add") return Add(root, path, operation["value"]);
  if (op == "remove") {
    TRY(Remove(root, path));
    return base::Ok();
  }
  if (op == "replace") {
    TRY_ASSIGN(Json * found, Walk(root, path, path.size()));
    *found = operation["value"];
    return base::Ok();
  }
  if (op == "test") {
    TRY_ASSIGN(Json * found, Walk(root, path, path.size()));
    if (*found == operation["value"]) return base::Ok();
    return base::Unprocessable("Phép thử của JSON Patch không đúng.");
  }
  if (op != "move" && op != "copy") return Malformed();
  if (!operation["from"].IsString()) return Malformed();
  TRY_ASSIGN(const auto from, ParsePointer(operation["from"].String()));
  if (op == "move") {
    // A place cannot move into itself.
    if (path.size() > from.size() && std::equal(from.begin(), from.end(), path.begin())) {
      return Malformed();
    }
    TRY_ASSIGN(Json moved, Remove(root, from));
    return Add(root, path, std::move(moved));
  }
  TRY_ASSIGN(Json * found, Walk(root, from, from.size()));
  return Add(root, path, Json(*found));
}

}  // namespace

base::Result<Json> ApplyJsonPatch(Json target, const Json& patch) {
  if (!patch.IsArray()) return Malformed();
  for (const Json& operation : patch.Items()) TRY(Apply(target, operation));
  return target;
}

}  // namespace fhir::rest
