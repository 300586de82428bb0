#include "storage/sqlite/sql.h"

namespace storage::sqlite {
namespace {

struct Binder {
  Statement& statement;
  int index;
  void operator()(const SqlNull&) const { statement.BindNull(index); }
  void operator()(int64_t value) const { statement.Bind(index, value); }
  void operator()(double value) const { statement.BindReal(index, value); }
  void operator()(const std::string& value) const { statement.Bind(index, value); }
  void operator()(const SqlBlob& value) const { statement.BindBlob(index, value.bytes); }
  void operator()(const fhir::search::Clause* value) const { statement.BindClause(index, value); }
};

}  // namespace

base::Result<Statement> Sql::Prepare(Database& database) const {
  TRY_ASSIGN(Statement statement, database.Prepare(text_));
  for (size_t i = 0; i < values_.size(); ++i) {
    std::visit(Binder{statement, static_cast<int>(i + 1)}, values_[i]);
  }
  return statement;
}

}  // namespace storage::sqlite
