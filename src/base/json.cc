#include "base/json.h"

#include <charconv>

#include "base/json_walk.h"

namespace base {
namespace {

const Json& NullJson() {
  static const Json null;
  return null;
}

// Builds the tree with a stack of open containers.
class TreeBuilder final : public JsonHandler {
 public:
  Status OnNull() override { return Add(Json()); }
  Status OnBool(bool value) override { return Add(Json(value)); }
  Status OnNumber(std::string_view text) override { return Add(Json::NumberText(std::string(text))); }
  Status OnString(std::string_view text) override { return Add(Json(text)); }
  Status OnKey(std::string_view key) override {
    keys_.emplace_back(key);
    return Ok();
  }
  Status OnBeginObject() override { return Open(Json(Json::Object{})); }
  Status OnBeginArray() override { return Open(Json(Json::Array{})); }
  Status OnEndObject() override { return Close(); }
  Status OnEndArray() override { return Close(); }

  Json Take() { return std::move(root_); }

 private:
  Status Open(Json container) {
    open_.push_back(std::move(container));
    return Ok();
  }
  Status Close() {
    Json done = std::move(open_.back());
    open_.pop_back();
    return Add(std::move(done));
  }
  Status Add(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().IsObject()) {
      open_.back().MutableMembers().emplace_back(std::move(keys_.back()), std::move(value));
      keys_.pop_back();
    } else {
      open_.back().MutableItems().push_back(std::move(value));
    }
    return Ok();
  }

  Json root_;
  std::vector<Json> open_;
  std::vector<std::string> keys_;
};

void AppendNewline(std::string& out, int indent) {
  out += '\n';
  out.append(static_cast<size_t>(indent) * 2, ' ');
}

}  // namespace

void AppendJsonString(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  size_t from = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, from, i - from);
    from = i + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        out += "\\u00";
        out += kHex[c >> 4];
        out += kHex[c & 15];
    }
  }
  out.append(text, from, text.size() - from);
  out += '"';
}

Result<Json> Json::Parse(std::string_view text, const JsonLimits& limits) {
  TreeBuilder builder;
  TRY(WalkJson(text, limits, builder));
  return builder.Take();
}

std::string Json::Dump() const {
  std::string out;
  Write(out, -1);
  return out;
}

std::string Json::DumpIndented() const {
  std::string out;
  Write(out, 0);
  return out;
}

void Json::Write(std::string& out, int indent) const {
  if (IsNull()) {
    out += "null";
  } else if (const auto* flag = std::get_if<bool>(&value_)) {
    out += *flag ? "true" : "false";
  } else if (const auto* number = std::get_if<Number>(&value_)) {
    out += number->text;
  } else if (const auto* text = std::get_if<std::string>(&value_)) {
    AppendJsonString(out, *text);
  } else {
    const bool object = IsObject();
    const int inner = indent < 0 ? -1 : indent + 1;
    out += object ? '{' : '[';
    const size_t count = size();
    for (size_t i = 0; i < count; ++i) {
      if (i > 0) out += ',';
      if (inner >= 0) AppendNewline(out, inner);
      if (object) {
        const Member& member = Members()[i];
        AppendJsonString(out, member.first);
        out += inner >= 0 ? ": " : ":";
        member.second.Write(out, inner);
      } else {
        Items()[i].Write(out, inner);
      }
    }
    if (indent >= 0 && count > 0) AppendNewline(out, indent);
    out += object ? '}' : ']';
  }
}

const std::string& Json::String() const {
  static const std::string empty;
  const auto* text = std::get_if<std::string>(&value_);
  return text != nullptr ? *text : empty;
}

std::string_view Json::NumberText() const {
  const auto* number = std::get_if<Number>(&value_);
  return number != nullptr ? std::string_view(number->text) : std::string_view();
}

bool Json::Bool(bool otherwise) const {
  const auto* flag = std::get_if<bool>(&value_);
  return flag != nullptr ? *flag : otherwise;
}

int64_t Json::Int(int64_t otherwise) const {
  const std::string_view text = NumberText();
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && !text.empty() ? value : otherwise;
}

const Json::Array& Json::Items() const {
  static const Array empty;
  const auto* items = std::get_if<Array>(&value_);
  return items != nullptr ? *items : empty;
}

const Json::Object& Json::Members() const {
  static const Object empty;
  const auto* members = std::get_if<Object>(&value_);
  return members != nullptr ? *members : empty;
}

size_t Json::size() const { return IsObject() ? Members().size() : Items().size(); }

const Json& Json::operator[](std::string_view key) const {
  for (const Member& member : Members()) {
    if (member.first == key) return member.second;
  }
  return NullJson();
}

const Json& Json::operator[](size_t index) const {
  return index < Items().size() ? Items()[index] : NullJson();
}

const Json& Json::At(std::string_view path) const {
  const Json* at = this;
  while (!path.empty() && !at->IsNull()) {
    const size_t dot = path.find('.');
    const std::string_view step = path.substr(0, dot);
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    if (at->IsArray()) {
      size_t index = SIZE_MAX;
      std::from_chars(step.data(), step.data() + step.size(), index);
      at = &(*at)[index];
    } else {
      at = &(*at)[step];
    }
  }
  return *at;
}

Json& Json::Slot(std::string_view key) {
  for (Member& member : MutableMembers()) {
    if (member.first == key) return member.second;
  }
  return MutableMembers().emplace_back(std::string(key), Json()).second;
}

Json& Json::Set(std::string_view key, Json value) {
  Slot(key) = std::move(value);
  return *this;
}

Json& Json::SetIf(std::string_view key, Json value) {
  if (value.IsNull() || (value.IsString() && value.String().empty())) return *this;
  return Set(key, std::move(value));
}

Json& Json::Push(Json item) {
  MutableItems().push_back(std::move(item));
  return *this;
}

void Json::Erase(std::string_view key) {
  std::erase_if(MutableMembers(), [&](const Member& member) { return member.first == key; });
}

Json::Array& Json::MutableItems() {
  if (IsNull()) value_ = Array{};
  CHECK(IsArray());
  return std::get<Array>(value_);
}

Json::Object& Json::MutableMembers() {
  if (IsNull()) value_ = Object{};
  CHECK(IsObject());
  return std::get<Object>(value_);
}

}  // namespace base
