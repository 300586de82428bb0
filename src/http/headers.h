// Header fields in their order, names compared without case.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

bool EqualsIgnoringCase(std::string_view a, std::string_view b);

class Headers {
 public:
  using Field = std::pair<std::string, std::string>;

  void Add(std::string name, std::string value);
  // Replaces every field of that name.
  void Set(std::string_view name, std::string value);
  void Remove(std::string_view name);
  // The first value; nullptr if absent.
  const std::string* Find(std::string_view name) const;
  // The first value or "".
  std::string_view Get(std::string_view name) const;
  size_t Count(std::string_view name) const;
  bool Has(std::string_view name) const { return Find(name) != nullptr; }
  // Whether a comma-separated list field names `token`: HasToken("connection", "close").
  bool HasToken(std::string_view name, std::string_view token) const;
  const std::vector<Field>& fields() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

}  // namespace http
