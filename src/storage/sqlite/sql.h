// Sql: a statement in the making, its text and its bound values in step. Only constants and our own
// integers become text; whatever a person typed is bound.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "fhir/search/query.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

struct SqlNull {};
struct SqlBlob {
  std::string bytes;
};
using SqlValue =
    std::variant<SqlNull, int64_t, double, std::string, SqlBlob, const fhir::search::Clause*>;

class Sql {
 public:
  Sql() = default;
  explicit Sql(std::string_view text) : text_(text) {}

  Sql& operator<<(std::string_view text) {
    text_ += text;
    return *this;
  }
  Sql& operator<<(const Sql& other) {
    text_ += other.text_;
    values_.insert(values_.end(), other.values_.begin(), other.values_.end());
    return *this;
  }
  Sql& operator<<(int64_t number) {
    text_ += std::to_string(number);
    return *this;
  }
  // A question mark with this value behind it.
  Sql& Arg(SqlValue value) {
    text_ += '?';
    values_.push_back(std::move(value));
    return *this;
  }

  bool empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }

  // Prepared with all values bound; *this must outlive the statement's use.
  base::Result<Statement> Prepare(Database& database) const;

 private:
  std::string text_;
  std::vector<SqlValue> values_;
};

}  // namespace storage::sqlite
