#include "access/guarded_store.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "access/query_guard.h"
#include "base/log.h"
#include "fhir/search/query.h"

namespace access_control {
namespace {

using fhir::store::Key;
using fhir::store::Stored;
using fhir::store::Write;

// One AuditEvent names at most so many records; the rest goes into further events.
constexpr size_t kMostReferences = 100;

std::string ReferenceTo(const Key& key) { return std::string(Name(key.type)) + "/" + key.id; }

base::Error NoSuchRecord() { return base::NotFound("Không tìm thấy hồ sơ này."); }

base::Error MayNot() { return base::Forbidden("Bạn không có quyền làm việc này với hồ sơ này."); }

void Note(std::vector<std::string>& list, std::string text) {
  if (!text.empty()) list.push_back(std::move(text));
}

std::vector<std::string> Distinct(const std::vector<std::string>& list) {
  std::unordered_set<std::string_view> seen;
  std::vector<std::string> once;
  for (const std::string& text : list) {
    if (seen.insert(text).second) once.push_back(text);
  }
  return once;
}

std::vector<Act> InPieces(Act whole) {
  whole.references = Distinct(whole.references);
  whole.patients = Distinct(whole.patients);
  std::vector<Act> pieces;
  size_t reference = 0;
  size_t patient = 0;
  do {
    Act piece{.action = whole.action,
              .outcome = whole.outcome,
              .query = whole.query,
              .detail = whole.detail};
    while (patient < whole.patients.size() && piece.patients.size() < kMostReferences) {
      piece.patients.push_back(whole.patients[patient++]);
    }
    while (reference < whole.references.size() && piece.references.size() < kMostReferences) {
      piece.references.push_back(whole.references[reference++]);
    }
    pieces.push_back(std::move(piece));
  } while (reference < whole.references.size() || patient < whole.patients.size());
  return pieces;
}

}  // namespace

// What a transaction will have done, for the audit trail.
struct GuardedStore::Planned {
  Act creates{.action = "create"};
  Act updates{.action = "update"};
  Act deletes{.action = "delete"};

  Act& For(Interaction interaction) {
    if (interaction == Interaction::kCreate) return creates;
    return interaction == Interaction::kDelete ? deletes : updates;
  }
};

GuardedStore::GuardedStore(fhir::store::Store& store, Principal who, Purpose purpose,
                           const base::Clock& clock, base::Random& random)
    : store_(store), who_(std::move(who)), purpose_(purpose), clock_(clock), random_(random) {}

bool GuardedStore::May(fhir::model::ResourceType type, Interaction interaction,
                       Relation relation) const {
  return MayAccess(who_.roles, type, interaction, relation);
}

base::Status GuardedStore::Record(const Act& act) {
  std::vector<fhir::store::AuditEntry> entries;
  for (const Act& piece : InPieces(act)) {
    entries.push_back(MakeAuditEntry(who_, purpose_, piece, clock_.Now(), random_));
  }
  return store_.AppendAudit(std::move(entries));
}

base::Error GuardedStore::Fail(Act act, base::Error error) {
  act.outcome = error.code == base::ErrorCode::kForbidden ? Outcome::kRefused : Outcome::kFailed;
  if (act.detail.empty()) act.detail = Name(error.code);
  if (const auto status = Record(act); !status.ok()) {
    base::LogError("audit_append_failed", {{"code", Name(status.error().code)}});
  }
  return error;
}

base::Result<Stored> GuardedStore::Show(Interaction interaction, const Key& key,
                                        base::Result<Stored> found) {
  Act act{.action = Name(interaction), .references = {ReferenceTo(key)}};
  if (!found.ok()) {
    // In our own words, so that an answer does not tell who gave it.
    const bool none = found.error().code == base::ErrorCode::kNotFound;
    return Fail(std::move(act), none ? NoSuchRecord() : std::move(found).error());
  }
  auto facts = FactsOf(*found);
  if (!facts.ok()) return Fail(std::move(act), std::move(facts).error());
  Note(act.patients, facts->patient);
  const Relation relation = facts->RelationTo(who_.station_id);
  if (!May(key.type, interaction, relation)) {
    // Recorded as what it is, answered as if there were nothing.
    act.outcome = Outcome::kRefused;
    act.detail = "other station";
    TRY(Record(act));
    return NoSuchRecord();
  }
  // Nobody reads what cannot be recorded.
  TRY(Record(act));
  return found;
}

base::Result<Stored> GuardedStore::Read(const Key& key) {
  if (!May(key.type, Interaction::kRead, Relation::kOwnStation)) {
    return Fail({.action = "read", .references = {ReferenceTo(key)}}, MayNot());
  }
  TRY_ASSIGN(auto read, store_.BeginRead());
  return Show(Interaction::kRead, key, read->Read(key));
}

base::Result<Stored> GuardedStore::ReadVersion(const Key& key, fhir::store::Version version) {
  if (!May(key.type, Interaction::kVersionRead, Relation::kOwnStation)) {
    return Fail({.action = "vread", .references = {ReferenceTo(key)}}, MayNot());
  }
  TRY_ASSIGN(auto read, store_.BeginRead());
  return Show(Interaction::kVersionRead, key, read->ReadVersion(key, version));
}

base::Result<fhir::store::HistoryPage> GuardedStore::History(
    const fhir::store::HistoryQuery& query) {
  Act act{.action = "history"};
  if (query.type.has_value()) {
    act.query = std::string(Name(*query.type)) + (query.id.empty() ? "" : "/" + query.id);
    if (!May(*query.type, Interaction::kHistory, Relation::kOwnStation)) {
      return Fail(std::move(act), MayNot());
    }
  } else if (!who_.Has(Role::kSystem)) {
    // The history of everything shows every type; no chair of a person needs it.
    return Fail(std::move(act), MayNot());
  }
  TRY_ASSIGN(auto read, store_.BeginRead());
  auto page = read->History(query);
  if (!page.ok() && page.error().code == base::ErrorCode::kNotFound) {
    return Fail(std::move(act), NoSuchRecord());
  }
  if (!page.ok()) return Fail(std::move(act), std::move(page).error());
  std::vector<Stored> shown;
  for (Stored& version : page->versions) {
    TRY_ASSIGN(const RecordFacts facts, FactsOf(version));
    if (!May(version.key.type, Interaction::kHistory, facts.RelationTo(who_.station_id))) continue;
    Note(act.patients, facts.patient);
    Note(act.references, ReferenceTo(version.key));
    shown.push_back(std::move(version));
  }
  if (!query.id.empty() && shown.empty() && !page->versions.empty()) {
    act.detail = "other station";
    return Fail(std::move(act), NoSuchRecord());
  }
  page->versions = std::move(shown);
  TRY(Record(act));
  return page;
}

base::Result<fhir::store::SearchPage> GuardedStore::Search(fhir::search::Query query) {
  Act act{.action = "search", .query = ShapeOf(query)};
  if (auto guarded = GuardQuery(who_, query); !guarded.ok()) {
    return Fail(std::move(act), std::move(guarded).error());
  }
  TRY_ASSIGN(auto read, store_.BeginRead());
  auto page = read->Search(query);
  if (!page.ok()) return Fail(std::move(act), std::move(page).error());
  for (const Stored& match : page->matches) {
    TRY_ASSIGN(const RecordFacts facts, FactsOf(match));
    // The query was to see to it; should a store ever forget a clause, nothing leaves.
    CHECK(May(match.key.type, Interaction::kSearch, facts.RelationTo(who_.station_id)));
    Note(act.patients, facts.patient);
  }
  std::vector<Stored> included;
  for (Stored& resource : page->included) {
    TRY_ASSIGN(const RecordFacts facts, FactsOf(resource));
    const Relation relation = facts.RelationTo(who_.station_id);
    if (!May(resource.key.type, Interaction::kRead, relation)) continue;
    Note(act.patients, facts.patient);
    included.push_back(std::move(resource));
  }
  page->included = std::move(included);
  TRY(Record(act));
  return page;
}

base::Status GuardedStore::GuardPut(Write& write, Planned& planned,
                                    const std::vector<std::string>* stored_stations) {
  const bool exists = stored_stations != nullptr;
  const Interaction interaction = exists ? Interaction::kUpdate : Interaction::kCreate;
  RecordFacts facts = FactsOf(*write.document);
  Act& act = planned.For(interaction);
  Note(act.references, ReferenceTo(write.key));
  Note(act.patients, facts.patient);
  if (!May(write.key.type, interaction, Relation::kOwnStation)) return MayNot();
  const auto own = who_.station_id.empty() ? std::vector<std::string>{}
                                           : std::vector<std::string>{who_.station_id};
  if (facts.stations.empty()) {
    const auto& stations = exists && !stored_stations->empty() ? *stored_stations : own;
    if (stations.empty()) return base::Ok();
    TRY_ASSIGN(write.document, WithStations(*write.document, stations));
    facts.stations = stations;
  }
  // A record is neither made for another station nor moved to one.
  if (!May(write.key.type, interaction, facts.RelationTo(who_.station_id))) return MayNot();
  return base::Ok();
}

base::Status GuardedStore::GuardWrite(fhir::store::ReadTransaction& read, Write& write,
                                      Planned& planned) {
  auto current = read.Read(write.key);
  if (!current.ok() && current.error().code != base::ErrorCode::kNotFound &&
      current.error().code != base::ErrorCode::kGone) {
    return std::move(current).error();
  }
  std::optional<RecordFacts> stored;
  if (current.ok()) {
    TRY_ASSIGN(stored, FactsOf(*current));
  }
  if (write.action == Write::Action::kPut) {
    TRY(GuardPut(write, planned, stored.has_value() ? &stored->stations : nullptr));
  } else {
    Note(planned.deletes.references, ReferenceTo(write.key));
    if (stored.has_value()) Note(planned.deletes.patients, stored->patient);
    if (!May(write.key.type, Interaction::kDelete, Relation::kOwnStation)) return MayNot();
  }
  if (stored.has_value()) {
    const Interaction interaction =
        write.action == Write::Action::kPut ? Interaction::kUpdate : Interaction::kDelete;
    if (!May(write.key.type, interaction, stored->RelationTo(who_.station_id))) return MayNot();
  }
  return base::Ok();
}

// A condition answers a question, too: whoever may not ask it in a search may not ask it here.
base::Status GuardedStore::GuardConditions(std::vector<fhir::store::Condition>& conditions) const {
  for (fhir::store::Condition& condition : conditions) {
    switch (condition.kind) {
      case fhir::store::Condition::Kind::kVersionIs:
        if (!May(condition.key.type, Interaction::kRead, Relation::kOwnStation)) return MayNot();
        break;
      case fhir::store::Condition::Kind::kNoMatch: TRY(GuardQuery(who_, condition.query)); break;
    }
  }
  return base::Ok();
}

base::Result<fhir::store::CommitReceipt> GuardedStore::Commit(
    fhir::store::Transaction transaction) {
  Planned planned;
  if (auto guarded = GuardConditions(transaction.conditions); !guarded.ok()) {
    return Fail({.action = "update"}, std::move(guarded).error());
  }
  {
    TRY_ASSIGN(auto read, store_.BeginRead());
    for (Write& write : transaction.writes) {
      if (auto guarded = GuardWrite(*read, write, planned); !guarded.ok()) {
        Act act{.action = write.action == Write::Action::kDelete ? "delete" : "update",
                .references = {ReferenceTo(write.key)}};
        return Fail(std::move(act), std::move(guarded).error());
      }
    }
  }
  for (const Act* act : {&planned.creates, &planned.updates, &planned.deletes}) {
    if (act->references.empty()) continue;
    for (const Act& piece : InPieces(*act)) {
      transaction.audit.push_back(MakeAuditEntry(who_, purpose_, piece, clock_.Now(), random_));
    }
  }
  auto receipt = store_.Commit(std::move(transaction));
  if (!receipt.ok()) {
    Act act{.action = "update"};
    for (const Act* part : {&planned.creates, &planned.updates, &planned.deletes}) {
      for (const auto& reference : part->references) Note(act.references, reference);
      for (const auto& patient : part->patients) Note(act.patients, patient);
    }
    return Fail(std::move(act), std::move(receipt).error());
  }
  return receipt;
}

base::Status GuardedStore::Authorize(std::string_view permission) {
  if (MayCall(who_.roles, permission)) return base::Ok();
  return Fail({.action = "call", .detail = std::string(permission)},
              base::Forbidden("Bạn không có quyền làm việc này."));
}

}  // namespace access_control
