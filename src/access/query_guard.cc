#include "access/query_guard.h"

#include <algorithm>

#include "access/permissions.h"
#include "access/record_facts.h"
#include "fhir/model/resource_type.h"

namespace access_control {
namespace {

using fhir::model::ResourceType;
using fhir::search::Clause;
using fhir::search::Modifier;
using fhir::search::Query;

base::Error Refused() { return base::Forbidden("Bạn không có quyền tìm loại hồ sơ này."); }

bool MaySearch(const Principal& who, ResourceType type, Relation relation) {
  return MayAccess(who.roles, type, Interaction::kSearch, relation);
}

std::vector<ResourceType> AllTypes() {
  std::vector<ResourceType> types;
  // Values are dense and follow the alphabet (fhir/model/resource_type.h).
  for (int value = 0; value <= static_cast<int>(ResourceType::kVisionPrescription); ++value) {
    const auto type = static_cast<ResourceType>(value);
    if (!fhir::model::IsAbstract(type)) types.push_back(type);
  }
  return types;
}

// Keeps the types the person may search at all.
base::Status Narrow(const Principal& who, std::vector<ResourceType>& types) {
  if (types.empty()) types = AllTypes();
  std::erase_if(types,
                [&](ResourceType type) { return !MaySearch(who, type, Relation::kOwnStation); });
  if (types.empty()) return Refused();
  return base::Ok();
}

// _tag=station|own, or no station's tag at all.
Clause OwnStation(const std::string& station_id) {
  const auto* tag = fhir::search::FindCommonParameter("_tag");
  CHECK(tag != nullptr);
  Clause own{.parameter = tag, .name = "_tag"};
  own.any_of.push_back(
      fhir::search::TokenValue{.system = std::string(kStationSystem), .code = station_id});
  Clause nobodys{.parameter = tag, .modifier = Modifier::kNot, .name = "_tag"};
  nobodys.any_of.push_back(
      fhir::search::TokenValue{.system = std::string(kStationSystem), .code = ""});
  Clause either{.kind = Clause::Kind::kAny, .name = "_tag"};
  either.inner = {std::move(own), std::move(nobodys)};
  return either;
}

// Resources of several types share one clause: one bound type binds them all.
void Limit(const Principal& who, const std::vector<ResourceType>& types,
           std::vector<Clause>& clauses) {
  const bool bound = std::any_of(types.begin(), types.end(), [&](ResourceType type) {
    return !MaySearch(who, type, Relation::kOtherStation);
  });
  if (bound) clauses.push_back(OwnStation(who.station_id));
}

base::Status GuardClauses(const Principal& who, std::vector<Clause>& clauses) {
  for (Clause& clause : clauses) {
    TRY(GuardClauses(who, clause.inner));
    switch (clause.kind) {
      case Clause::Kind::kChain:
      case Clause::Kind::kHas:
        TRY(Narrow(who, clause.types));
        Limit(who, clause.types, clause.inner);
        break;
      case Clause::Kind::kValue:
      case Clause::Kind::kMissing:
      case Clause::Kind::kAll:
      case Clause::Kind::kAny:
      case Clause::Kind::kNone: break;
    }
  }
  return base::Ok();
}

}  // namespace

base::Status GuardQuery(const Principal& who, Query& query) {
  TRY(Narrow(who, query.types));
  TRY(GuardClauses(who, query.clauses));
  Limit(who, query.types, query.clauses);
  return base::Ok();
}

std::string ShapeOf(const Query& query) {
  std::string shape;
  if (query.types.size() == 1) shape += Name(query.types.front());
  char mark = '?';
  for (const Clause& clause : query.clauses) {
    shape += mark;
    shape += clause.name;
    mark = '&';
  }
  for (const auto& sort : query.sort) {
    shape += mark;
    shape += "_sort:";
    if (sort.parameter != nullptr) shape += sort.parameter->code;
    mark = '&';
  }
  if (!query.includes.empty()) {
    shape += mark;
    shape += "_include";
  }
  return shape;
}

}  // namespace access_control
