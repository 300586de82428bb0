#include "storage/sqlite/search_include.h"

#include <unordered_set>
#include <utility>

#include "base/limits.h"
#include "fhir/search/index_entries.h"
#include "storage/sqlite/clause_sql.h"
#include "storage/sqlite/sql.h"

namespace storage::sqlite {
namespace {

using fhir::model::ResourceType;
using fhir::search::Include;
using fhir::search::Parameter;
using fhir::search::ParameterType;
using fhir::store::Stored;

constexpr char kReadByRid[] =
    "SELECT type, id, version, updated, body FROM resource WHERE rid=? AND deleted=0";
constexpr char kTypeAndKey[] = "SELECT type, id_key FROM resource WHERE rid=?";
constexpr char kReferencesFrom[] =
    "SELECT r.rid FROM index_key x INDEXED BY index_key_by_rid "
    "CROSS JOIN resource r INDEXED BY resource_by_id "
    "WHERE x.rid=? AND x.slot=? AND r.type=x.qualifier-1 AND r.id_key=x.key AND r.deleted=0";
constexpr char kReferencesTo[] =
    "SELECT x.rid FROM index_key x WHERE x.slot=? AND x.key=? AND x.qualifier=?";

class Includer {
 public:
  Includer(Database& database, const BodyCodec& codec, const std::vector<int64_t>& matches)
      : database_(database), codec_(codec), known_(matches.begin(), matches.end()) {}

  base::Result<std::vector<Stored>> Run(const fhir::search::Query& query,
                                        const std::vector<int64_t>& matches) {
    std::vector<int64_t> frontier = matches;
    for (bool first = true; !frontier.empty(); first = false) {
      std::vector<int64_t> found;
      for (const Include& include : query.includes) {
        if (!first && !include.iterate) continue;
        for (const int64_t rid : frontier) TRY(Follow(include, rid, found));
      }
      frontier = std::move(found);
    }
    return std::move(included_);
  }

 private:
  struct Place {
    ResourceType type{};
    int64_t key = 0;
  };

  base::Result<Place> PlaceOf(int64_t rid) {
    TRY_ASSIGN(Statement read, database_.Prepare(kTypeAndKey));
    TRY_ASSIGN(const bool row, read.Bind(1, rid).Step());
    if (!row) return base::Internal("search found a row without a resource");
    return Place{static_cast<ResourceType>(read.Int(0)), read.Int(1)};
  }

  base::Status Follow(const Include& include, int64_t rid, std::vector<int64_t>& found) {
    TRY_ASSIGN(const Place place, PlaceOf(rid));
    const ResourceType source = include.reverse ? include.source.value_or(place.type) : place.type;
    if (!include.reverse && include.source.has_value() && *include.source != place.type) {
      return base::Ok();
    }
    if (include.reverse && include.target.has_value() && *include.target != place.type) {
      return base::Ok();
    }
    std::vector<const Parameter*> parameters;
    if (include.parameter != nullptr) {
      parameters.push_back(include.parameter);
    } else {
      for (const Parameter* each : fhir::search::ParametersOf(source)) {
        if (each->type == ParameterType::kReference) parameters.push_back(each);
      }
    }
    for (const Parameter* parameter : parameters) {
      TRY_ASSIGN(const std::vector<int64_t> rids, include.reverse
                                                      ? Referring(*parameter, source, place)
                                                      : Referred(*parameter, source, rid));
      for (const int64_t each : rids) TRY(Add(include, each, found));
    }
    return base::Ok();
  }

  base::Result<std::vector<int64_t>> Referred(const Parameter& parameter, ResourceType source,
                                              int64_t rid) {
    TRY_ASSIGN(Statement read, database_.Prepare(kReferencesFrom));
    read.Bind(1, rid).Bind(2, int64_t{fhir::search::MakeSlot(parameter.id, source)});
    return Rids(read);
  }

  base::Result<std::vector<int64_t>> Referring(const Parameter& parameter, ResourceType source,
                                               const Place& target) {
    TRY_ASSIGN(Statement read, database_.Prepare(kReferencesTo));
    read.Bind(1, int64_t{fhir::search::MakeSlot(parameter.id, source)})
        .Bind(2, target.key)
        .Bind(3, int64_t{fhir::search::TypeQualifier(target.type)});
    return Rids(read);
  }

  static base::Result<std::vector<int64_t>> Rids(Statement& read) {
    std::vector<int64_t> rids;
    while (true) {
      TRY_ASSIGN(const bool row, read.Step());
      if (!row) return rids;
      rids.push_back(read.Int(0));
      if (rids.size() > base::kMaxIncludedResources) return TooMany();
    }
  }

  base::Status Add(const Include& include, int64_t rid, std::vector<int64_t>& found) {
    if (known_.contains(rid)) return base::Ok();
    TRY_ASSIGN(Stored stored, ReadByRid(database_, codec_, rid));
    if (!include.reverse && include.target.has_value() && stored.key.type != *include.target) {
      return base::Ok();
    }
    known_.insert(rid);
    found.push_back(rid);
    included_.push_back(std::move(stored));
    if (included_.size() > base::kMaxIncludedResources) return TooMany();
    return base::Ok();
  }

  static base::Error TooMany() {
    return {base::ErrorCode::kTooLarge,
            "Kết quả kèm theo quá nhiều. Hãy thu hẹp điều kiện tìm kiếm.", "_include"};
  }

  Database& database_;
  const BodyCodec& codec_;
  std::unordered_set<int64_t> known_;
  std::vector<Stored> included_;
};

}  // namespace

base::Result<Stored> ReadByRid(Database& database, const BodyCodec& codec, int64_t rid) {
  TRY_ASSIGN(Statement read, database.Prepare(kReadByRid));
  TRY_ASSIGN(const bool row, read.Bind(1, rid).Step());
  if (!row) return base::Internal("search found a row without a resource");
  Stored stored{.key = {static_cast<ResourceType>(read.Int(0)), std::string(read.Text(1))},
                .version = read.Int(2),
                .last_updated = {read.Int(3)}};
  TRY_ASSIGN(stored.body, codec.Decode(read.Blob(4), stored.version, stored.last_updated));
  return stored;
}

base::Result<std::vector<Stored>> FindIncluded(Database& database, const BodyCodec& codec,
                                               const fhir::search::Query& query,
                                               const std::vector<int64_t>& match_rids) {
  if (query.includes.empty() || match_rids.empty()) return std::vector<Stored>{};
  return Includer(database, codec, match_rids).Run(query, match_rids);
}

}  // namespace storage::sqlite
