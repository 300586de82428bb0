#include "care/shared/catalogue_store.h"

#include <algorithm>

#include "care/shared/events/events.h"

namespace care::shared {
namespace {

using access_control::Change;
using access_control::Record;
using access_control::RecordScope;

base::Result<std::vector<Record>> ReadCodeSystems(RecordScope& record) {
  std::string query = "CodeSystem?status=active&url=";
  for (ListKind kind : kAllLists) {
    if (!query.ends_with('=')) query += ',';
    query += CodeSystemUrl(kind);
  }
  return record.SearchAll(query);
}

base::Result<std::vector<Edition>> EditionsOf(const std::vector<Record>& records) {
  std::vector<base::Json> bodies;
  bodies.reserve(records.size());
  for (const Record& record : records) bodies.push_back(record.body);
  return FromCodeSystems(bodies);
}

bool Has(const std::vector<Edition>& editions, ListKind kind) {
  return std::any_of(editions.begin(), editions.end(),
                     [&](const Edition& edition) { return edition.kind == kind; });
}

void CreateAll(Change& change, const Edition& edition) {
  for (base::Json& resource : ToCodeSystems(edition)) change.Create(std::move(resource));
}

// Retires what is saved for the same list and first day.
base::Status Retire(Change& change, const std::vector<Record>& records, const Edition& edition) {
  for (const Record& record : records) {
    TRY_ASSIGN(const std::vector<Edition> saved, FromCodeSystems({record.body}));
    const bool same = saved.size() == 1 && saved[0].kind == edition.kind &&
                      saved[0].valid_from == edition.valid_from;
    if (!same) continue;
    Record retired = record;
    retired.body.Set("status", "retired");
    change.Update(std::move(retired));
  }
  return base::Ok();
}

}  // namespace

base::Result<std::vector<Edition>> ReadEditions(RecordScope& record) {
  TRY_ASSIGN(const std::vector<Record> records, ReadCodeSystems(record));
  return EditionsOf(records);
}

base::Status SaveEdition(RecordScope& record, const Edition& edition) {
  TRY_ASSIGN(const std::vector<Record> records, ReadCodeSystems(record));
  TRY_ASSIGN(const std::vector<Edition> saved, EditionsOf(records));
  Change change = record.NewChange();
  TRY(Retire(change, records, edition));
  if (!Has(saved, edition.kind)) {
    TRY_ASSIGN(const std::vector<Edition> starters, StarterEditions());
    for (const Edition& starter : starters) {
      const bool before = starter.kind == edition.kind && starter.valid_from < edition.valid_from;
      if (before) CreateAll(change, starter);
    }
  }
  CreateAll(change, edition);
  change.Raise(
      std::string(events::kCatalogueChanged),
      base::Json::Obj({{"list", Name(edition.kind)}, {"from", edition.valid_from.ToIso()}}));
  auto receipt = record.Commit(std::move(change));
  if (!receipt.ok()) return std::move(receipt).error();
  return base::Ok();
}

base::Status SaveStarterEditions(RecordScope& record) {
  TRY_ASSIGN(const std::vector<Edition> saved, ReadEditions(record));
  TRY_ASSIGN(const std::vector<Edition> starters, StarterEditions());
  Change change = record.NewChange();
  for (const Edition& starter : starters) {
    if (!Has(saved, starter.kind)) CreateAll(change, starter);
  }
  if (change.empty()) return base::Ok();
  auto receipt = record.Commit(std::move(change));
  if (!receipt.ok()) return std::move(receipt).error();
  return base::Ok();
}

base::Result<std::shared_ptr<const Catalogue>> LoadCatalogue(RecordScope& record) {
  TRY_ASSIGN(std::vector<Edition> editions, ReadEditions(record));
  TRY_ASSIGN(std::vector<Edition> starters, StarterEditions());
  const std::vector<Edition> saved = editions;
  for (Edition& starter : starters) {
    if (!Has(saved, starter.kind)) editions.push_back(std::move(starter));
  }
  return AssembleCatalogue(std::move(editions));
}

}  // namespace care::shared
