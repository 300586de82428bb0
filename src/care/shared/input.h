// Input: reads the fields of a request body with limits, and says in Vietnamese which field is
// wrong and what to do. The first error wins and stays; read everything, then check once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/json.h"
#include "base/result.h"
#include "base/time.h"

namespace care::shared {

class Input {
 public:
  explicit Input(const base::Json& body, std::string prefix = {})
      : body_(body), prefix_(std::move(prefix)) {}

  // Text in NFC, trimmed, without control characters (line breaks allowed); "" when absent.
  std::string Text(std::string_view field, size_t max_characters = 200);
  std::string RequiredText(std::string_view field, std::string_view label,
                           size_t max_characters = 200);
  bool Flag(std::string_view field);
  // A JSON number or a string holding one; unset when absent or null.
  std::optional<base::Decimal> Number(std::string_view field, std::string_view label);
  std::optional<int64_t> Integer(std::string_view field, std::string_view label, int64_t low,
                                 int64_t high);
  std::optional<base::Date> Date(std::string_view field, std::string_view label);
  // A text that must be one of `allowed`; the first of them when absent.
  std::string Choice(std::string_view field, const std::vector<std::string_view>& allowed);
  std::vector<std::string> Texts(std::string_view field, size_t max_items = 50);
  const base::Json::Array& Items(std::string_view field, size_t max_items = 100);
  const base::Json& Raw(std::string_view field) const { return body_[field]; }

  void Fail(std::string_view field, std::string message);
  base::Status status() const;

 private:
  std::string Name(std::string_view field) const;
  const base::Json& body_;
  std::string prefix_;
  std::optional<base::Error> error_;
};

}  // namespace care::shared
