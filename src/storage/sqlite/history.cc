#include "storage/sqlite/history.h"

#include <charconv>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "fhir/search/index_entries.h"
#include "storage/sqlite/record_writer.h"

namespace storage::sqlite {
namespace {

using fhir::store::HistoryPage;
using fhir::store::HistoryQuery;
using fhir::store::Key;
using fhir::store::Stored;

constexpr char kReadCurrentByRid[] =
    "SELECT version, updated, deleted, body FROM resource WHERE rid=?";
constexpr char kReadOldByVid[] = "SELECT updated, deleted, body FROM history WHERE vid=?";
constexpr char kFindRid[] = "SELECT rid, version FROM resource WHERE type=? AND id_key=? AND id=?";

// Newest first, walking the change log back from (sequence, ordinal).
constexpr char kSystemChanges[] =
    "SELECT c.sequence, c.ordinal, c.rid, c.version, r.type, r.id, l.at "
    "FROM change c JOIN resource r ON r.rid=c.rid JOIN commit_log l ON l.sequence=c.sequence "
    "WHERE (c.sequence, c.ordinal) < (?1, ?2) "
    "ORDER BY c.sequence DESC, c.ordinal DESC";
constexpr char kTypeChanges[] =
    "SELECT c.sequence, c.ordinal, c.rid, c.version, r.type, r.id, l.at "
    "FROM change c JOIN resource r ON r.rid=c.rid JOIN commit_log l ON l.sequence=c.sequence "
    "WHERE c.type=?3 AND (c.sequence, c.ordinal) < (?1, ?2) "
    "ORDER BY c.sequence DESC, c.ordinal DESC";

struct Position {
  int64_t first = INT64_MAX;  // sequence, or the version for one resource's history
  int64_t second = INT64_MAX;
};

base::Result<Position> ParsePage(std::string_view page) {
  Position position;
  if (page.empty()) return position;
  const size_t dot = page.find('.');
  const auto read = [](std::string_view digits, int64_t& out) {
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return code == std::errc() && end == digits.data() + digits.size();
  };
  if (dot == std::string_view::npos || !read(page.substr(0, dot), position.first) ||
      !read(page.substr(dot + 1), position.second)) {
    return base::Invalid("Trang kết quả không hợp lệ. Hãy tìm lại từ đầu.", "page");
  }
  return position;
}

std::string MakePage(int64_t first, int64_t second) {
  return std::to_string(first) + '.' + std::to_string(second);
}

// When a version stopped being the current one; nullopt while it still is.
base::Result<std::optional<int64_t>> ReplacedAt(Database& database, int64_t rid, int64_t version) {
  TRY_ASSIGN(Statement old, database.Prepare(kReadOldByVid));
  TRY_ASSIGN(const bool in_history, old.Bind(1, HistoryId(rid, version + 1)).Step());
  if (in_history) return std::optional<int64_t>(old.Int(0));
  TRY_ASSIGN(Statement current, database.Prepare(kReadCurrentByRid));
  TRY_ASSIGN(const bool row, current.Bind(1, rid).Step());
  if (row && current.Int(0) == version + 1) return std::optional<int64_t>(current.Int(1));
  return std::optional<int64_t>();
}

enum class Fits { kYes, kNo, kNoOlderEither };

// `since` and `at` of the query; `updated` never grows on the way back.
base::Result<Fits> FitsTimes(Database& database, const HistoryQuery& query, int64_t rid,
                             int64_t version, int64_t updated) {
  if (query.since.has_value() && updated < query.since->millis) return Fits::kNoOlderEither;
  if (!query.at.has_value()) return Fits::kYes;
  if (updated > query.at->millis) return Fits::kNo;
  TRY_ASSIGN(const std::optional<int64_t> replaced, ReplacedAt(database, rid, version));
  return replaced.has_value() && *replaced <= query.at->millis ? Fits::kNo : Fits::kYes;
}

base::Result<HistoryPage> HistoryOfOne(Database& database, const BodyCodec& codec,
                                       const HistoryQuery& query, const Position& from) {
  const Key key{*query.type, query.id};
  TRY_ASSIGN(Statement find, database.Prepare(kFindRid));
  find.Bind(1, static_cast<int64_t>(key.type))
      .Bind(2, static_cast<int64_t>(fhir::search::Key(key.id)))
      .Bind(3, key.id);
  TRY_ASSIGN(const bool row, find.Step());
  if (!row) return base::NotFound("Không tìm thấy hồ sơ này.");
  const int64_t rid = find.Int(0);
  HistoryPage page;
  for (int64_t version = std::min(find.Int(1), from.first - 1); version >= 1; --version) {
    TRY_ASSIGN(Stored stored, ReadVersionOf(database, codec, {rid, key, version}));
    TRY_ASSIGN(const Fits fits,
               FitsTimes(database, query, rid, version, stored.last_updated.millis));
    if (fits == Fits::kNoOlderEither) break;
    if (fits == Fits::kNo) continue;
    if (page.versions.size() == query.count) {
      page.next_page = MakePage(page.versions.back().version, 0);
      break;
    }
    page.versions.push_back(std::move(stored));
  }
  return page;
}

base::Result<HistoryPage> HistoryOfMany(Database& database, const BodyCodec& codec,
                                        const HistoryQuery& query, const Position& from) {
  TRY_ASSIGN(Statement changes,
             database.Prepare(query.type.has_value() ? kTypeChanges : kSystemChanges));
  changes.Bind(1, from.first).Bind(2, from.second);
  if (query.type.has_value()) changes.Bind(3, static_cast<int64_t>(*query.type));
  HistoryPage page;
  Position last;
  while (true) {
    TRY_ASSIGN(const bool row, changes.Step());
    if (!row) return page;
    const VersionPlace place{.rid = changes.Int(2),
                             .key = {static_cast<fhir::model::ResourceType>(changes.Int(4)),
                                     std::string(changes.Text(5))},
                             .version = changes.Int(3)};
    TRY_ASSIGN(const Fits fits,
               FitsTimes(database, query, place.rid, place.version, changes.Int(6)));
    if (fits == Fits::kNoOlderEither) return page;
    if (fits == Fits::kNo) continue;
    if (page.versions.size() == query.count) {
      page.next_page = MakePage(last.first, last.second);
      return page;
    }
    TRY_ASSIGN(Stored stored, ReadVersionOf(database, codec, place));
    page.versions.push_back(std::move(stored));
    last = {changes.Int(0), changes.Int(1)};
  }
}

}  // namespace

base::Result<Stored> ReadVersionOf(Database& database, const BodyCodec& codec,
                                   const VersionPlace& place) {
  Stored stored{.key = place.key, .version = place.version};
  const auto fill = [&](Statement& row, int first) -> base::Status {
    stored.last_updated = {row.Int(first)};
    stored.deleted = row.Int(first + 1) != 0;
    if (stored.deleted) return base::Ok();
    TRY_ASSIGN(stored.body, codec.Decode(row.Blob(first + 2), stored.version, stored.last_updated));
    return base::Ok();
  };
  TRY_ASSIGN(Statement current, database.Prepare(kReadCurrentByRid));
  TRY_ASSIGN(const bool found, current.Bind(1, place.rid).Step());
  if (found && current.Int(0) == place.version) {
    TRY(fill(current, 1));
    return stored;
  }
  TRY_ASSIGN(Statement old, database.Prepare(kReadOldByVid));
  TRY_ASSIGN(const bool in_history, old.Bind(1, HistoryId(place.rid, place.version)).Step());
  if (!in_history) return base::NotFound("Không tìm thấy phiên bản này.");
  TRY(fill(old, 0));
  return stored;
}

base::Result<HistoryPage> ReadHistory(Database& database, const BodyCodec& codec,
                                      const HistoryQuery& query) {
  TRY_ASSIGN(const Position from, ParsePage(query.page));
  if (query.id.empty()) return HistoryOfMany(database, codec, query, from);
  if (!query.type.has_value()) return base::Invalid("Thiếu loại hồ sơ.", "type");
  return HistoryOfOne(database, codec, query, from);
}

}  // namespace storage::sqlite
