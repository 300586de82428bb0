#include "app/commands/import_batch.h"

#include <iterator>

#include "base/limits.h"
#include "fhir/rest/call.h"

namespace app::commands {
namespace {

using fhir::rest::BundleEntry;
using fhir::rest::PlannedEntry;

// Large enough to share one fsync among many, small enough to keep memory flat.
constexpr size_t kWritesPerCommit = 2'000;

std::string TextOf(fhir::model::Node node) {
  std::string text;
  if (node) node.AppendJson(text);
  return text;
}

std::string ReferenceTo(const fhir::store::Key& key) {
  return std::string(Name(key.type)) + "/" + key.id;
}

}  // namespace

base::Result<ImportBatch::Unit> ImportBatch::MakeUnit(fhir::model::DocumentPtr document,
                                                      const std::string& origin) {
  Unit unit{
      .document = document, .urls = std::make_shared<std::deque<std::string>>(), .origin = origin};
  const fhir::model::Node root = document->root();
  if (document->type() == fhir::model::ResourceType::kBundle) {
    TRY_ASSIGN(unit.entries, fhir::rest::ParseEntries(root, base::kMaxBundleEntries));
    unit.is_atomic = root["type"].text() == "transaction";
  } else {
    unit.entries.push_back({.resource = root});
  }
  for (BundleEntry& entry : unit.entries) {
    if (!entry.method.empty() && !entry.url.empty()) continue;
    // A collection, a search result or a plain resource: kept under its own id.
    const std::string type(entry.resource["resourceType"].text());
    const std::string id(entry.resource["id"].text());
    const bool has_id = fhir::rest::IsId(id);
    unit.urls->push_back(has_id ? type + "/" + id : type);
    entry.method = has_id ? "PUT" : "POST";
    entry.url = unit.urls->back();
  }
  return unit;
}

int64_t ImportBatch::Add(fhir::model::DocumentPtr document, const std::string& origin) {
  auto unit = MakeUnit(document, origin);
  if (!unit.ok()) {
    sink_.failed(origin, unit.error(), document->ToText());
    return 1;
  }
  const auto count = static_cast<int64_t>(unit->entries.size());
  Take(std::move(unit).value());
  if (pending_writes_ >= kWritesPerCommit) Flush();
  return count;
}

// A conditional reference, or a conditional create, may look for something not committed yet.
bool ImportBatch::NeedsWhatIsPending(const Unit& unit) {
  for (const BundleEntry& entry : unit.entries) {
    if (!entry.if_none_exist.empty() || entry.url.find('?') != std::string_view::npos) return true;
    if (!entry.resource) continue;
    std::vector<std::string> references;
    fhir::rest::CollectConditional(entry.resource, references);
    for (const std::string& reference : references) {
      if (!conditional_.Knows(reference)) return true;
    }
  }
  return false;
}

void ImportBatch::Take(Unit unit) {
  if (!pending_.empty() && NeedsWhatIsPending(unit)) Flush();
  auto plan =
      fhir::rest::PlanTransaction(unit.entries, store_, conditional_, fhir::rest::Ids::kKeep);
  if (!plan.ok()) {
    // Where the Bundle need not stay whole, only what is at fault is left out.
    if (unit.is_atomic || unit.entries.size() == 1) return Fail(unit, plan.error());
    return CommitAlone(std::move(unit));
  }
  if (Overlaps(*plan)) Flush();
  for (const auto& write : plan->transaction.writes) {
    pending_references_.insert(ReferenceTo(write.key));
  }
  pending_writes_ += plan->transaction.writes.size();
  pending_.push_back({std::move(unit), std::move(plan).value()});
}

bool ImportBatch::Overlaps(const fhir::rest::Plan& plan) const {
  for (const auto& write : plan.transaction.writes) {
    if (pending_references_.contains(ReferenceTo(write.key))) return true;
  }
  return false;
}

void ImportBatch::Flush() {
  std::vector<Planned> group = std::exchange(pending_, {});
  pending_writes_ = 0;
  pending_references_.clear();
  if (group.empty()) return;
  fhir::store::Transaction all;
  for (const Planned& planned : group) {
    const auto& part = planned.plan.transaction;
    all.writes.insert(all.writes.end(), part.writes.begin(), part.writes.end());
    all.conditions.insert(all.conditions.end(), part.conditions.begin(), part.conditions.end());
  }
  base::Status committed;
  if (!all.writes.empty()) {
    auto receipt = store_.Commit(std::move(all));
    if (!receipt.ok()) committed = base::Status(std::move(receipt).error());
  }
  if (committed.ok()) {
    for (const Planned& planned : group) Count(planned);
  } else if (group.size() == 1 && (group[0].unit.is_atomic || group[0].unit.entries.size() == 1)) {
    Fail(group[0].unit, committed.error());
  } else {
    for (Planned& planned : group) CommitAlone(std::move(planned.unit));
  }
}

void ImportBatch::CommitAlone(Unit unit) {
  if (unit.is_atomic || unit.entries.size() == 1) {
    Take(std::move(unit));
    return Flush();
  }
  for (const BundleEntry& entry : unit.entries) {
    Unit one{.document = unit.document,
             .urls = unit.urls,
             .entries = {entry},
             .origin = unit.origin + " Bundle.entry[" +
                       std::to_string(&entry - unit.entries.data()) + "]"};
    Take(std::move(one));
    Flush();
  }
}

void ImportBatch::Count(const Planned& planned) {
  int64_t stored = 0;
  int64_t existing = 0;
  for (const PlannedEntry& entry : planned.plan.entries) {
    switch (entry.kind) {
      case PlannedEntry::Kind::kWrite: ++stored; break;
      case PlannedEntry::Kind::kExisting:
      case PlannedEntry::Kind::kNothing: ++existing; break;
      case PlannedEntry::Kind::kRead: break;  // nothing of it belongs in the record
    }
  }
  sink_.stored(stored);
  sink_.existing(existing);
}

void ImportBatch::Fail(const Unit& unit, const base::Error& error) {
  for (const BundleEntry& entry : unit.entries) {
    sink_.failed(unit.origin, error, TextOf(entry.resource));
  }
}

}  // namespace app::commands
