#include "storage/memory/memory_store.h"

#include <algorithm>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "base/check.h"
#include "base/json.h"
#include "fhir/store/audit_chain.h"
#include "storage/memory/history.h"
#include "storage/memory/record.h"
#include "storage/memory/search.h"

namespace storage::memory {
namespace {

using base::Result;
using base::Status;
using fhir::model::Document;
using fhir::model::DocumentPtr;
using fhir::model::Node;
using namespace fhir::store;

// The resource with this version's meta; the rest as it came.
std::string BodyOf(const Document& document, Version version, base::Instant at) {
  const Node root = document.root();
  const auto append_meta = [&](std::string& out, Node meta) {
    out += "\"meta\":{\"versionId\":\"" + std::to_string(version) + "\",\"lastUpdated\":\"" +
           at.ToUtc() + "\"";
    for (const Node member : meta) {
      if (member.name() == "versionId" || member.name() == "lastUpdated") continue;
      out += ',';
      base::AppendJsonString(out, member.name());
      out += ':';
      member.AppendJson(out);
    }
    out += '}';
  };
  const bool has_meta = root["meta"].IsObject();
  std::string out = "{";
  for (const Node member : root) {
    if (out.size() > 1) out += ',';
    if (has_meta && member.name() == "meta") {
      append_meta(out, member);
      continue;
    }
    base::AppendJsonString(out, member.name());
    out += ':';
    member.AppendJson(out);
    if (!has_meta && member.name() == "id") {
      out += ',';
      append_meta(out, Node());
    }
  }
  return out + "}";
}

base::Error Changed() {
  return base::Conflict("Hồ sơ đã được người khác sửa. Hãy tải lại rồi sửa tiếp.");
}
base::Error Missing() { return base::NotFound("Không tìm thấy hồ sơ này."); }

struct Shared {
  std::shared_mutex mutex;
  Record record;
};

class MemoryReader final : public ReadTransaction {
 public:
  explicit MemoryReader(Shared& shared) : shared_(shared) {
    const std::shared_lock lock(shared_.mutex);
    snapshot_ = shared_.record.last_sequence();
    audit_ = shared_.record.audit.size();
  }

  Result<Stored> Read(const Key& key) override {
    const std::shared_lock lock(shared_.mutex);
    const Resource* resource = shared_.record.Find(key);
    const KeptVersion* version = resource != nullptr ? resource->At(snapshot_) : nullptr;
    if (version == nullptr) return Missing();
    if (version->stored.deleted) {
      return base::Error{base::ErrorCode::kGone, "Hồ sơ này đã bị xóa."};
    }
    return version->stored;
  }

  Result<Stored> ReadVersion(const Key& key, Version wanted) override {
    const std::shared_lock lock(shared_.mutex);
    const Resource* resource = shared_.record.Find(key);
    if (resource == nullptr || wanted < 1 ||
        static_cast<size_t>(wanted) > resource->versions.size()) {
      return Missing();
    }
    const KeptVersion& version = resource->versions[static_cast<size_t>(wanted - 1)];
    if (version.sequence > snapshot_) return Missing();
    return version.stored;
  }

  Result<HistoryPage> History(const HistoryQuery& query) override {
    const std::shared_lock lock(shared_.mutex);
    return ReadHistory(shared_.record, snapshot_, query);
  }

  Result<SearchPage> Search(const fhir::search::Query& query) override {
    const std::shared_lock lock(shared_.mutex);
    return memory::Search(shared_.record, snapshot_, query);
  }

  Result<base::Json> Explain(const fhir::search::Query& query) override {
    return base::Json::Obj({{"store", "memory"},
                            {"driver", "walk over every resource"},
                            {"clauses", query.clauses.size()}});
  }

  Result<std::vector<LogEntry>> ReadLog(Sequence after, size_t limit) override {
    const std::shared_lock lock(shared_.mutex);
    std::vector<LogEntry> out;
    for (Sequence next = std::max<Sequence>(after, 0); next < snapshot_ && out.size() < limit;
         ++next) {
      out.push_back(shared_.record.log[static_cast<size_t>(next)]);
    }
    return out;
  }

  Result<Sequence> LastSequence() override { return snapshot_; }

  Result<std::vector<AuditRecord>> ReadAudit(Sequence after, size_t limit) override {
    const std::shared_lock lock(shared_.mutex);
    std::vector<AuditRecord> out;
    for (size_t next = static_cast<size_t>(std::max<Sequence>(after, 0));
         next < audit_ && out.size() < limit; ++next) {
      out.push_back(shared_.record.audit[next]);
    }
    return out;
  }

  Result<std::vector<AuditRecord>> ReadAuditBackwards(Sequence before, size_t limit) override {
    const std::shared_lock lock(shared_.mutex);
    size_t end = audit_;
    if (before > 0) end = std::min(end, static_cast<size_t>(before - 1));
    std::vector<AuditRecord> out;
    while (end > 0 && out.size() < limit) out.push_back(shared_.record.audit[--end]);
    return out;
  }

 private:
  Shared& shared_;
  Sequence snapshot_ = 0;
  size_t audit_ = 0;
};

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(const base::Clock& clock) : clock_(clock) {}

  Result<std::unique_ptr<ReadTransaction>> BeginRead() override {
    return std::unique_ptr<ReadTransaction>(std::make_unique<MemoryReader>(shared_));
  }

  Result<CommitReceipt> Commit(Transaction transaction) override {
    // Held until the listeners have been told, so that they hear of commits in order.
    const std::lock_guard writer(writer_);
    Result<CommitReceipt> receipt = Apply(std::move(transaction));
    if (receipt.ok()) Notify(receipt->sequence);
    return receipt;
  }

  Status AppendAudit(std::vector<AuditEntry> entries) override {
    const std::unique_lock lock(shared_.mutex);
    KeepAudit(std::move(entries));
    return base::Ok();
  }
  Status FlushAudit() override { return base::Ok(); }

  Result<Sequence> ReadPosition(std::string_view reader) override {
    const std::shared_lock lock(shared_.mutex);
    const auto found = shared_.record.positions.find(reader);
    return found == shared_.record.positions.end() ? 0 : found->second;
  }
  Status SavePosition(std::string_view reader, Sequence position) override {
    const std::unique_lock lock(shared_.mutex);
    shared_.record.positions.insert_or_assign(std::string(reader), position);
    return base::Ok();
  }

  Subscription OnCommit(std::function<void(Sequence)> listener) override {
    auto entry = std::make_shared<Listener>();
    entry->call = std::move(listener);
    const std::lock_guard lock(listeners_mutex_);
    listeners_.push_back(entry);
    // The token owns the listener; when it is destroyed, no call is under way and none follows.
    return {entry.get(), [entry](void*) mutable {
              {
                const std::lock_guard calling(entry->mutex);
                entry->call = nullptr;
              }
              entry.reset();
            }};
  }

  Result<StoreStatistics> Statistics() override {
    const std::shared_lock lock(shared_.mutex);
    StoreStatistics out;
    for (const Resource& resource : shared_.record.resources) {
      if (!resource.versions.back().stored.deleted) ++out.resources;
    }
    out.last_sequence = shared_.record.last_sequence();
    return out;
  }

 private:
  struct Listener {
    std::recursive_mutex mutex;
    std::function<void(Sequence)> call;
  };

  Result<CommitReceipt> Apply(Transaction transaction) {
    Record& record = shared_.record;  // only writers change it, and they hold writer_
    for (const Condition& condition : transaction.conditions) TRY(CheckCondition(condition));
    TRY_ASSIGN(CommitReceipt receipt, Plan(transaction.writes));
    receipt.sequence = record.last_sequence() + 1;
    receipt.at = std::max(clock_.Now(), record.last_at);
    std::vector<KeptVersion> versions;
    for (size_t i = 0; i < transaction.writes.size(); ++i) {
      TRY_ASSIGN(KeptVersion version, Prepare(transaction.writes[i], receipt, i));
      versions.push_back(std::move(version));
    }

    const std::unique_lock lock(shared_.mutex);
    LogEntry entry{.sequence = receipt.sequence,
                   .at = receipt.at,
                   .changes = {},
                   .events = std::move(transaction.events)};
    for (KeptVersion& version : versions) {
      entry.changes.push_back({version.stored.key, version.stored.version, version.stored.deleted});
      Keep(std::move(version));
    }
    record.log.push_back(std::move(entry));
    record.last_at = receipt.at;
    KeepAudit(std::move(transaction.audit));
    return receipt;
  }

  // The current version of a resource: its number, and whether it is there (not deleted).
  std::pair<Version, bool> CurrentOf(const Key& key) const {
    const Resource* resource = shared_.record.Find(key);
    if (resource == nullptr) return {0, false};
    const Stored& stored = resource->versions.back().stored;
    return {stored.version, !stored.deleted};
  }

  static bool IsAt(std::pair<Version, bool> current, Version expected) {
    return expected == 0 ? !current.second : current.first == expected;
  }

  Status CheckCondition(const Condition& condition) const {
    switch (condition.kind) {
      case Condition::Kind::kVersionIs:
        if (!IsAt(CurrentOf(condition.key), condition.version)) return Changed();
        return base::Ok();
      case Condition::Kind::kNoMatch:
        if (AnyMatch(shared_.record, shared_.record.last_sequence(), condition.query)) {
          return base::Conflict("Đã có hồ sơ trùng với dữ liệu này. Hãy kiểm tra lại.");
        }
        return base::Ok();
    }
    return base::Internal("unknown condition");
  }

  // Checks every expectation; a later write of the same key sees the earlier one.
  Result<CommitReceipt> Plan(const std::vector<Write>& writes) const {
    CommitReceipt receipt;
    std::map<std::pair<fhir::model::ResourceType, std::string>, std::pair<Version, bool>> touched;
    for (const Write& write : writes) {
      auto& current =
          touched.try_emplace({write.key.type, write.key.id}, CurrentOf(write.key)).first->second;
      if (write.expected && !IsAt(current, *write.expected)) return Changed();
      const bool deletes = write.action == Write::Action::kDelete;
      if (deletes && current.first == 0) return base::NotFound("Không tìm thấy hồ sơ cần xóa.");
      current = {current.first + 1, !deletes};
      receipt.versions.push_back(current.first);
    }
    return receipt;
  }

  static Result<KeptVersion> Prepare(const Write& write, const CommitReceipt& receipt,
                                     size_t index) {
    KeptVersion out;
    out.sequence = receipt.sequence;
    out.ordinal = index;
    out.stored.key = write.key;
    out.stored.version = receipt.versions[index];
    out.stored.last_updated = receipt.at;
    out.stored.deleted = write.action == Write::Action::kDelete;
    if (out.stored.deleted) return out;
    CHECK(write.document != nullptr && write.document->id() == write.key.id);
    CHECK(write.document->type() == write.key.type);
    out.stored.body = BodyOf(*write.document, out.stored.version, receipt.at);
    TRY_ASSIGN(out.document, Document::ParseResource(out.stored.body, base::kBundleLimits));
    return out;
  }

  void Keep(KeptVersion version) {
    Record& record = shared_.record;
    Resource*& resource = record.by_key[{version.stored.key.type, version.stored.key.id}];
    if (resource == nullptr) {
      resource = &record.resources.emplace_back();
      resource->key = version.stored.key;
      resource->rid = static_cast<int64_t>(record.resources.size());
      record.by_type[resource->key.type].push_back(resource);
    }
    resource->versions.push_back(std::move(version));
  }

  void KeepAudit(std::vector<AuditEntry> entries) {
    for (AuditEntry& entry : entries) {
      AuditRecord out;
      out.sequence = static_cast<Sequence>(shared_.record.audit.size()) + 1;
      out.previous_hash = shared_.record.audit.empty() ? std::string(kNoPreviousHash)
                                                       : shared_.record.audit.back().hash;
      out.hash = HashAudit(out.previous_hash, out.sequence, entry);
      out.entry = std::move(entry);
      shared_.record.audit.push_back(std::move(out));
    }
  }

  void Notify(Sequence sequence) {
    std::vector<std::shared_ptr<Listener>> listeners;
    {
      const std::lock_guard lock(listeners_mutex_);
      std::erase_if(listeners_, [](const auto& each) { return each.expired(); });
      for (const auto& each : listeners_) {
        if (auto alive = each.lock()) listeners.push_back(std::move(alive));
      }
    }
    for (const auto& listener : listeners) {
      const std::lock_guard calling(listener->mutex);
      if (listener->call) listener->call(sequence);
    }
  }

  const base::Clock& clock_;
  Shared shared_;
  std::mutex writer_;
  std::mutex listeners_mutex_;
  std::vector<std::weak_ptr<Listener>> listeners_;
};

}  // namespace

std::unique_ptr<Store> MakeMemoryStore(const base::Clock& clock) {
  return std::make_unique<MemoryStore>(clock);
}

}  // namespace storage::memory
