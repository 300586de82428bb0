// Json: a small mutable value tree for messages and for building resources. Keys keep their order,
// numbers keep their text. The engine's own form of a resource is fhir::model::Document.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/limits.h"
#include "base/result.h"

namespace base {

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;
  struct Number {
    std::string text;
    bool operator==(const Number&) const = default;
  };

  Json() = default;
  Json(std::nullptr_t) {}                                             // NOLINT: implicit
  Json(bool value) : value_(value) {}                                 // NOLINT: implicit
  Json(int value) : value_(Number{std::to_string(value)}) {}          // NOLINT: implicit
  Json(int64_t value) : value_(Number{std::to_string(value)}) {}      // NOLINT: implicit
  Json(size_t value) : value_(Number{std::to_string(value)}) {}       // NOLINT: implicit
  Json(const Decimal& value) : value_(Number{value.ToString()}) {}    // NOLINT: implicit
  Json(const char* value) : value_(std::string(value)) {}             // NOLINT: implicit
  Json(std::string value) : value_(std::move(value)) {}               // NOLINT: implicit
  Json(std::string_view value) : value_(std::string(value)) {}        // NOLINT: implicit
  Json(Array value) : value_(std::move(value)) {}                     // NOLINT: implicit
  Json(Object value) : value_(std::move(value)) {}                    // NOLINT: implicit
  static Json NumberText(std::string text) { return Json(Number{std::move(text)}); }
  // Obj({{"a", 1}, {"b", "x"}}) and Arr({1, 2}) say what they build.
  static Json Obj(std::initializer_list<Member> members = {}) { return Json(Object(members)); }
  static Json Arr(std::initializer_list<Json> items = {}) { return Json(Array(items)); }

  static Result<Json> Parse(std::string_view text, const JsonLimits& limits = kResourceLimits);
  std::string Dump() const;                 // compact, keys in their order
  std::string DumpIndented() const;         // two spaces, for people

  bool IsNull() const { return std::holds_alternative<std::monostate>(value_); }
  bool IsBool() const { return std::holds_alternative<bool>(value_); }
  bool IsNumber() const { return std::holds_alternative<Number>(value_); }
  bool IsString() const { return std::holds_alternative<std::string>(value_); }
  bool IsArray() const { return std::holds_alternative<Array>(value_); }
  bool IsObject() const { return std::holds_alternative<Object>(value_); }

  // Lenient readers: a value of another kind reads as empty.
  const std::string& String() const;                // "" unless a string
  std::string_view NumberText() const;              // "" unless a number
  bool Bool(bool otherwise = false) const;
  int64_t Int(int64_t otherwise = 0) const;         // whole numbers only, else `otherwise`
  const Array& Items() const;                       // empty unless an array
  const Object& Members() const;                    // empty unless an object
  size_t size() const;

  // Lookups never fail: a missing member or item is the null value.
  const Json& operator[](std::string_view key) const;
  const Json& operator[](const char* key) const { return (*this)[std::string_view(key)]; }
  const Json& operator[](size_t index) const;
  const Json& operator[](int index) const { return (*this)[static_cast<size_t>(index)]; }
  bool Has(std::string_view key) const { return !(*this)[key].IsNull(); }
  // Follows "name.0.family"; null when any step is missing.
  const Json& At(std::string_view path) const;

  // Builders: a null value becomes the needed kind; any other kind CHECKs.
  Json& Set(std::string_view key, Json value);      // replaces or appends; returns *this
  Json& SetIf(std::string_view key, Json value);    // skipped when the value is null or ""
  Json& Slot(std::string_view key);                 // the member, created null if missing
  Json& Push(Json item);                            // returns *this
  void Erase(std::string_view key);
  Array& MutableItems();
  Object& MutableMembers();

  bool operator==(const Json&) const = default;

 private:
  explicit Json(Number number) : value_(std::move(number)) {}
  void Write(std::string& out, int indent) const;
  std::variant<std::monostate, bool, Number, std::string, Array, Object> value_;
};

// Appends the text as a quoted JSON string.
void AppendJsonString(std::string& out, std::string_view text);

}  // namespace base
