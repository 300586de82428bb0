#include "storage/memory/search.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/limits.h"
#include "base/text.h"
#include "fhir/search/index_entries.h"
#include "fhir/search/match.h"

namespace storage::memory {
namespace {

using base::Result;
using fhir::model::Document;
using fhir::model::ResourceType;
using fhir::search::Include;
using fhir::search::Parameter;
using fhir::search::ParameterType;
using fhir::search::Query;
using fhir::search::Reference;
using fhir::store::SearchPage;
using fhir::store::Sequence;
using fhir::store::Stored;

// A match and where it stands in the order asked for.
struct Found {
  std::vector<std::string> keys;  // "" = no value
  int64_t rid = 0;
  const KeptVersion* version = nullptr;
};

class Order {
 public:
  explicit Order(const std::vector<fhir::search::Sort>& sort) : sort_(sort) {}

  bool operator()(const Found& left, const Found& right) const {
    for (size_t i = 0; i < sort_.size(); ++i) {
      const std::string& a = left.keys[i];
      const std::string& b = right.keys[i];
      if (a == b) continue;
      if (a.empty() || b.empty()) return b.empty();  // no value comes last
      return sort_[i].descending ? b < a : a < b;
    }
    return left.rid < right.rid;
  }

 private:
  const std::vector<fhir::search::Sort>& sort_;
};

std::vector<std::string> KeysOf(const Document& document, const Query& query) {
  std::vector<std::string> keys;
  for (const fhir::search::Sort& sort : query.sort) {
    keys.push_back(fhir::search::SortKeyOf(document, *sort.parameter, sort.descending));
  }
  return keys;
}

std::string MakeToken(const Found& last) {
  std::string text = std::to_string(last.rid);
  for (const std::string& key : last.keys) text += "." + base::ToHex(key);
  return text;
}

Result<Found> ParseToken(std::string_view token, size_t keys) {
  const base::Error bad = base::Invalid("Trang kết quả không hợp lệ. Hãy tìm lại từ đầu.", "page");
  const auto parts = base::Split(token, '.');
  Found out;
  const auto [end, error] =
      std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), out.rid);
  if (error != std::errc() || end != parts[0].data() + parts[0].size()) return bad;
  if (parts.size() != keys + 1) return bad;
  for (size_t i = 1; i < parts.size(); ++i) {
    std::optional<std::string> key = base::FromHex(parts[i]);
    if (!key) return bad;
    out.keys.push_back(std::move(*key));
  }
  return out;
}

bool MatchesAll(const Document& document, const Query& query, const SnapshotCorpus& corpus) {
  return std::ranges::all_of(query.clauses, [&](const fhir::search::Clause& clause) {
    return fhir::search::Matches(document, clause, corpus);
  });
}

std::vector<Found> FindAll(const Record& record, Sequence snapshot, const Query& query) {
  const SnapshotCorpus corpus(record, snapshot);
  std::vector<Found> out;
  for (const Resource& resource : record.resources) {
    if (!query.types.empty() &&
        std::ranges::find(query.types, resource.key.type) == query.types.end()) {
      continue;
    }
    const KeptVersion* version = resource.At(snapshot);
    if (version == nullptr || version->document == nullptr) continue;
    if (!MatchesAll(*version->document, query, corpus)) continue;
    out.push_back({KeysOf(*version->document, query), resource.rid, version});
  }
  std::ranges::sort(out, Order(query.sort));
  return out;
}

class Includer {
 public:
  Includer(const Record& record, Sequence snapshot) : record_(record), snapshot_(snapshot) {}

  Result<std::vector<Stored>> Run(const Query& query,
                                  const std::vector<const KeptVersion*>& matches) {
    for (const KeptVersion* match : matches) known_.insert(match);
    std::vector<const KeptVersion*> frontier = matches;
    for (bool first = true; !frontier.empty(); first = false) {
      found_.clear();
      for (const Include& include : query.includes) {
        if (!first && !include.iterate) continue;
        for (const KeptVersion* from : frontier) Follow(include, *from);
      }
      if (included_.size() > base::kMaxIncludedResources) {
        return base::Error{base::ErrorCode::kTooLarge,
                           "Kết quả kèm theo quá nhiều. Hãy thu hẹp điều kiện tìm kiếm.",
                           "_include"};
      }
      frontier = found_;
    }
    return std::move(included_);
  }

 private:
  static std::vector<const Parameter*> ParametersOf(const Include& include, ResourceType source) {
    if (include.parameter != nullptr) return {include.parameter};
    std::vector<const Parameter*> out;
    for (const Parameter* each : fhir::search::ParametersOf(source)) {
      if (each->type == ParameterType::kReference) out.push_back(each);
    }
    return out;
  }

  void Follow(const Include& include, const KeptVersion& from) {
    return include.reverse ? FollowBack(include, from) : FollowForth(include, from);
  }

  void FollowForth(const Include& include, const KeptVersion& from) {
    const ResourceType type = from.stored.key.type;
    if (include.source && *include.source != type) return;
    for (const Parameter* parameter : ParametersOf(include, type)) {
      for (const Reference& each : fhir::search::ReferencesOf(*from.document, *parameter)) {
        if (!each.type || each.id.empty()) continue;
        if (include.target && *include.target != *each.type) continue;
        const Resource* target = record_.Find({*each.type, each.id});
        if (target != nullptr) Add(target->At(snapshot_));
      }
    }
  }

  void FollowBack(const Include& include, const KeptVersion& to) {
    if (include.target && *include.target != to.stored.key.type) return;
    const ResourceType source = include.source.value_or(to.stored.key.type);
    const auto resources = record_.by_type.find(source);
    if (resources == record_.by_type.end()) return;
    for (const Parameter* parameter : ParametersOf(include, source)) {
      for (const Resource* resource : resources->second) {
        const KeptVersion* version = resource->At(snapshot_);
        if (version == nullptr || version->document == nullptr) continue;
        const auto references = fhir::search::ReferencesOf(*version->document, *parameter);
        const bool points_here = std::ranges::any_of(references, [&](const Reference& each) {
          return each.type == to.stored.key.type && each.id == to.stored.key.id;
        });
        if (points_here) Add(version);
      }
    }
  }

  void Add(const KeptVersion* version) {
    if (version == nullptr || version->document == nullptr) return;
    if (!known_.insert(version).second) return;
    found_.push_back(version);
    included_.push_back(version->stored);
  }

  const Record& record_;
  Sequence snapshot_;
  std::set<const KeptVersion*> known_;
  std::vector<const KeptVersion*> found_;
  std::vector<Stored> included_;
};

}  // namespace

Result<SearchPage> Search(const Record& record, Sequence snapshot, const Query& query) {
  std::vector<Found> all = FindAll(record, snapshot, query);
  SearchPage page;
  if (query.total != fhir::search::Total::kNone || query.count == 0) {
    page.total = static_cast<int64_t>(all.size());
  }
  if (query.count == 0) return page;
  auto from = all.begin();
  if (!query.page.empty()) {
    TRY_ASSIGN(const Found last, ParseToken(query.page, query.sort.size()));
    from = std::upper_bound(all.begin(), all.end(), last, Order(query.sort));
  }
  const size_t count = std::min(query.count, static_cast<size_t>(all.end() - from));
  std::vector<const KeptVersion*> matches;
  for (auto each = from; each != from + static_cast<ptrdiff_t>(count); ++each) {
    page.matches.push_back(each->version->stored);
    matches.push_back(each->version);
  }
  if (from + static_cast<ptrdiff_t>(count) != all.end()) {
    page.next_page = MakeToken(*(from + static_cast<ptrdiff_t>(count) - 1));
  }
  TRY_ASSIGN(page.included, Includer(record, snapshot).Run(query, matches));
  return page;
}

bool AnyMatch(const Record& record, Sequence snapshot, const Query& query) {
  const SnapshotCorpus corpus(record, snapshot);
  return std::ranges::any_of(record.resources, [&](const Resource& resource) {
    if (!query.types.empty() &&
        std::ranges::find(query.types, resource.key.type) == query.types.end()) {
      return false;
    }
    const KeptVersion* version = resource.At(snapshot);
    return version != nullptr && version->document != nullptr &&
           MatchesAll(*version->document, query, corpus);
  });
}

}  // namespace storage::memory
