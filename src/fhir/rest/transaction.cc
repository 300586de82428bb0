#include "fhir/rest/transaction.h"

#include <algorithm>
#include <set>

#include "base/random.h"
#include "fhir/rest/call.h"
#include "fhir/rest/outcome.h"
#include "http/url.h"

namespace fhir::rest {
namespace {

using model::ResourceType;

std::string EntryName(size_t index, std::string_view member) {
  return "Bundle.entry[" + std::to_string(index) + "]." + std::string(member);
}

// "Patient", "Patient/1" or "Patient?identifier=x".
struct EntryUrl {
  ResourceType type{};
  std::string id;
  std::string query;
};

base::Result<EntryUrl> ParseEntryUrl(std::string_view url, size_t index) {
  const base::Error bad =
      base::Invalid("Địa chỉ của mục không hợp lệ.", EntryName(index, "request.url"));
  EntryUrl parsed;
  const size_t question = url.find('?');
  if (question != std::string_view::npos) parsed.query = url.substr(question + 1);
  std::string_view path = url.substr(0, question);
  if (path.starts_with('/')) path.remove_prefix(1);
  const size_t slash = path.find('/');
  const auto type = model::ParseResourceType(path.substr(0, slash));
  if (!type) return bad;
  parsed.type = *type;
  if (slash != std::string_view::npos) parsed.id = path.substr(slash + 1);
  if (!parsed.id.empty() && !IsId(parsed.id)) return bad;
  return parsed;
}

int OrderOf(std::string_view method) {
  if (method == "DELETE") return 0;
  if (method == "POST") return 1;
  return method == "PUT" ? 2 : 3;
}

class Planner {
 public:
  Planner(const std::vector<BundleEntry>& entries, access_control::GuardedStore& store,
          ConditionalReferences& conditional, Ids ids)
      : entries_(entries), store_(store), conditional_(conditional), ids_(ids) {
    plan_.entries.resize(entries.size());
  }

  base::Result<Plan> Run() {
    for (size_t i = 0; i < entries_.size(); ++i) TRY(Identify(i));
    TRY(ResolveConditional());
    std::vector<size_t> order;
    for (size_t i = 0; i < entries_.size(); ++i) {
      if (plan_.entries[i].kind == PlannedEntry::Kind::kWrite) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return OrderOf(entries_[a].method) < OrderOf(entries_[b].method);
    });
    for (const size_t index : order) TRY(AddWrite(index));
    return std::move(plan_);
  }

 private:
  base::Status Identify(size_t index);
  base::Status IdentifyPost(size_t index, const EntryUrl& url);
  base::Status IdentifyPut(size_t index, const EntryUrl& url);
  base::Status IdentifyDelete(size_t index, const EntryUrl& url);
  base::Status CheckResource(size_t index, ResourceType type) const;
  base::Status Claim(size_t index, store::Key key);
  base::Status ResolveConditional();
  base::Status AddWrite(size_t index);
  std::string NewId() { return base::MakeUuid7(store_.clock().Now(), store_.random()); }

  const std::vector<BundleEntry>& entries_;
  access_control::GuardedStore& store_;
  ConditionalReferences& conditional_;
  const Ids ids_;
  Plan plan_;
  ReferenceMap references_;
  std::set<std::string> claimed_;
  std::unordered_map<size_t, store::Version> expected_;
};

base::Status Planner::Identify(size_t index) {
  const BundleEntry& entry = entries_[index];
  if (entry.method == "GET" || entry.method == "HEAD") {
    plan_.entries[index].kind = PlannedEntry::Kind::kRead;
    return base::Ok();
  }
  TRY_ASSIGN(const EntryUrl url, ParseEntryUrl(entry.url, index));
  if (entry.method == "POST") return IdentifyPost(index, url);
  if (entry.method == "PUT") return IdentifyPut(index, url);
  if (entry.method == "DELETE") return IdentifyDelete(index, url);
  return base::Invalid("Thao tác của mục không được hỗ trợ.", EntryName(index, "request.method"));
}

base::Status Planner::CheckResource(size_t index, ResourceType type) const {
  const model::Node resource = entries_[index].resource;
  if (!resource.IsObject() || resource["resourceType"].text() != Name(type)) {
    return base::Invalid("Tài nguyên của mục thiếu hoặc khác loại với địa chỉ.",
                         EntryName(index, "resource"));
  }
  return base::Ok();
}

// Gives the entry its place in the record, and its fullUrl its meaning.
base::Status Planner::Claim(size_t index, store::Key key) {
  const std::string reference = std::string(Name(key.type)) + "/" + key.id;
  PlannedEntry& planned = plan_.entries[index];
  if (planned.kind == PlannedEntry::Kind::kWrite && !claimed_.insert(reference).second) {
    return base::Invalid("Một hồ sơ xuất hiện hai lần trong giao dịch.",
                         EntryName(index, "fullUrl"));
  }
  planned.key = std::move(key);
  const std::string full_url(entries_[index].full_url);
  if (full_url.empty()) return base::Ok();
  if (!references_.emplace(full_url, reference).second) {
    return base::Invalid("fullUrl bị lặp lại.", EntryName(index, "fullUrl"));
  }
  // https://hl7.org/fhir/R4/bundle.html#references: "Patient/1" beside ".../Patient/1" is relative.
  const std::string own = std::string(Name(planned.key.type)) + "/" +
                          std::string(entries_[index].resource["id"].text());
  if (full_url.starts_with("http") && full_url.ends_with("/" + own) && own != reference) {
    references_.emplace(own, reference);
  }
  return base::Ok();
}

base::Status Planner::IdentifyPost(size_t index, const EntryUrl& url) {
  TRY(CheckResource(index, url.type));
  const BundleEntry& entry = entries_[index];
  PlannedEntry& planned = plan_.entries[index];
  if (!entry.if_none_exist.empty()) {
    plan_.has_conditional_create = true;
    TRY_ASSIGN(const auto found, FindOne(store_, url.type, entry.if_none_exist, "If-None-Exist"));
    if (found) {
      planned.kind = PlannedEntry::Kind::kExisting;
      planned.existing_version = found->version;
      planned.existing_at = found->last_updated;
      return Claim(index, found->key);
    }
    TRY_ASSIGN(const http::Parameters parameters, http::ParseForm(entry.if_none_exist));
    TRY_ASSIGN(search::Query query, search::ParseQuery(url.type, parameters.items()));
    plan_.transaction.conditions.push_back(
        {.kind = store::Condition::Kind::kNoMatch, .query = std::move(query)});
  }
  planned.kind = PlannedEntry::Kind::kWrite;
  const std::string own_id(entry.resource["id"].text());
  if (ids_ == Ids::kKeep && IsId(own_id)) return Claim(index, {url.type, own_id});
  expected_[index] = 0;
  return Claim(index, {url.type, NewId()});
}

base::Status Planner::IdentifyPut(size_t index, const EntryUrl& url) {
  TRY(CheckResource(index, url.type));
  const BundleEntry& entry = entries_[index];
  plan_.entries[index].kind = PlannedEntry::Kind::kWrite;
  std::string id = url.id;
  const std::string own_id(entry.resource["id"].text());
  if (id.empty()) {
    TRY_ASSIGN(const auto found, FindOne(store_, url.type, url.query, "url"));
    expected_[index] = found ? found->version : 0;
    id = found ? found->key.id : IsId(own_id) ? own_id : NewId();
  }
  if (!own_id.empty() && own_id != id) {
    return base::Invalid("Mã id của tài nguyên khác với địa chỉ.", EntryName(index, "resource.id"));
  }
  if (!entry.if_match.empty()) {
    const auto version = ParseEtag(entry.if_match);
    if (!version) {
      return base::Invalid("ifMatch không đúng dạng.", EntryName(index, "request.ifMatch"));
    }
    expected_[index] = *version;
  }
  return Claim(index, {url.type, std::move(id)});
}

base::Status Planner::IdentifyDelete(size_t index, const EntryUrl& url) {
  PlannedEntry& planned = plan_.entries[index];
  store::Key key{url.type, url.id};
  if (key.id.empty()) {
    TRY_ASSIGN(const auto found, FindOne(store_, url.type, url.query, "url"));
    if (!found) return base::Ok();
    key = found->key;
    expected_[index] = found->version;
  } else {
    // Deleting what is not there succeeds without a write.
    const auto found = store_.Read(key);
    if (!found.ok()) {
      const base::ErrorCode code = found.error().code;
      if (code == base::ErrorCode::kNotFound || code == base::ErrorCode::kGone) return base::Ok();
      return found.error();
    }
  }
  planned.kind = PlannedEntry::Kind::kWrite;
  if (const auto version = ParseEtag(entries_[index].if_match)) expected_[index] = *version;
  return Claim(index, std::move(key));
}

base::Status Planner::ResolveConditional() {
  std::vector<std::string> found;
  for (size_t i = 0; i < entries_.size(); ++i) {
    if (plan_.entries[i].kind != PlannedEntry::Kind::kWrite) continue;
    if (entries_[i].resource) CollectConditional(entries_[i].resource, found);
  }
  for (const std::string& reference : found) {
    TRY_ASSIGN(references_[reference], conditional_.Resolve(reference));
  }
  return base::Ok();
}

base::Status Planner::AddWrite(size_t index) {
  PlannedEntry& planned = plan_.entries[index];
  store::Write write{.key = planned.key};
  if (const auto found = expected_.find(index); found != expected_.end()) {
    write.expected = found->second;
  }
  if (entries_[index].method == "DELETE") {
    write.action = store::Write::Action::kDelete;
  } else {
    TRY_ASSIGN(write.document, Rewrite(entries_[index].resource, planned.key.id, references_));
  }
  planned.write = plan_.transaction.writes.size();
  plan_.transaction.writes.push_back(std::move(write));
  return base::Ok();
}

}  // namespace

base::Result<std::vector<BundleEntry>> ParseEntries(model::Node bundle, size_t max_entries) {
  const model::Node list = bundle["entry"];
  if (list && !list.IsArray()) return base::Invalid("Danh sách mục không hợp lệ.", "Bundle.entry");
  if (list.size() > max_entries) {
    return base::Error{base::ErrorCode::kTooLarge, "Bundle có quá nhiều mục.", "Bundle.entry"};
  }
  std::vector<BundleEntry> entries;
  for (const model::Node item : list) {
    if (!item.IsObject()) return base::Invalid("Mục không hợp lệ.", EntryName(entries.size(), ""));
    const model::Node request = item["request"];
    entries.push_back({.full_url = item["fullUrl"].text(),
                       .resource = item["resource"],
                       .method = request["method"].text(),
                       .url = request["url"].text(),
                       .if_match = request["ifMatch"].text(),
                       .if_none_match = request["ifNoneMatch"].text(),
                       .if_none_exist = request["ifNoneExist"].text()});
  }
  return entries;
}

bool ConditionalReferences::Knows(const std::string& reference) {
  const std::lock_guard lock(mutex_);
  return known_.contains(reference);
}

base::Result<std::string> ConditionalReferences::Resolve(const std::string& reference) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(reference);
    if (found != known_.end()) return found->second;
  }
  const size_t question = reference.find('?');
  const auto type = model::ParseResourceType(reference.substr(0, question));
  if (!type) return base::Invalid("Tham chiếu có điều kiện không hợp lệ.", "reference");
  TRY_ASSIGN(const auto match, FindOne(store_, *type, reference.substr(question + 1), "url"));
  if (!match) {
    return PreconditionFailed("Tham chiếu có điều kiện không khớp hồ sơ nào.", "url");
  }
  std::string resolved = std::string(Name(*type)) + "/" + match->key.id;
  const std::lock_guard lock(mutex_);
  return known_[reference] = std::move(resolved);
}

base::Result<Plan> PlanTransaction(const std::vector<BundleEntry>& entries,
                                   access_control::GuardedStore& store,
                                   ConditionalReferences& conditional, Ids ids) {
  return Planner(entries, store, conditional, ids).Run();
}

}  // namespace fhir::rest
