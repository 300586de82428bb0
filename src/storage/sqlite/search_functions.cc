// The two SQL functions that look into a document, for what no index row answers.
#include <sqlite3.h>

#include "fhir/search/index_entries.h"
#include "fhir/search/match.h"
#include "storage/sqlite/search.h"

namespace storage::sqlite {
namespace {

base::Result<fhir::model::DocumentPtr> DocumentOf(sqlite3_context* context, sqlite3_value* body) {
  const auto* codec = static_cast<const BodyCodec*>(sqlite3_user_data(context));
  const auto* bytes = static_cast<const char*>(sqlite3_value_blob(body));
  const auto size = static_cast<size_t>(sqlite3_value_bytes(body));
  TRY_ASSIGN(const std::string text, codec->DecodePlain({bytes, bytes == nullptr ? 0 : size}));
  return fhir::model::Document::ParseResource(text);
}

// tram_sort_key(body, parameter id, descending): bytes to compare, NULL without a value.
void SortKey(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  const base::Result<fhir::model::DocumentPtr> document = DocumentOf(context, values[0]);
  const fhir::search::Parameter* parameter = fhir::search::FindParameter(
      static_cast<fhir::search::ParameterId>(sqlite3_value_int(values[1])));
  if (!document.ok() || parameter == nullptr) {
    sqlite3_result_error_code(context, SQLITE_ERROR);
    return;
  }
  const std::string key =
      fhir::search::SortKeyOf(**document, *parameter, sqlite3_value_int(values[2]) != 0);
  if (key.empty()) return;  // NULL
  sqlite3_result_blob64(context, key.data(), key.size(), SQLITE_TRANSIENT);
}

// tram_matches(body, clause): whether the document itself fulfils the clause.
void MatchesClause(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  const auto* clause =
      static_cast<const fhir::search::Clause*>(sqlite3_value_pointer(values[1], kClausePointer));
  const base::Result<fhir::model::DocumentPtr> document = DocumentOf(context, values[0]);
  if (!document.ok() || clause == nullptr) {
    sqlite3_result_error_code(context, SQLITE_ERROR);
    return;
  }
  sqlite3_result_int(context, fhir::search::MatchesLocally(**document, *clause) ? 1 : 0);
}

}  // namespace

base::Status InstallSearchFunctions(Database& database, const BodyCodec& codec) {
  auto* data = const_cast<BodyCodec*>(&codec);
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
  int code = sqlite3_create_function_v2(database.handle(), "tram_sort_key", 3, kFlags, data,
                                        &SortKey, nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) {
    code = sqlite3_create_function_v2(database.handle(), "tram_matches", 2, kFlags, data,
                                      &MatchesClause, nullptr, nullptr, nullptr);
  }
  if (code != SQLITE_OK) return database.MakeError(code);
  return base::Ok();
}

}  // namespace storage::sqlite
