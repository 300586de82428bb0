#include "storage/memory/history.h"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <vector>

#include "base/text.h"

namespace storage::memory {
namespace {

using fhir::store::HistoryPage;
using fhir::store::HistoryQuery;
using fhir::store::Sequence;

// Position in the change log; a later one is newer.
using Place = std::pair<Sequence, size_t>;

struct Entry {
  Place place;
  const KeptVersion* version = nullptr;
};

base::Result<Place> ParsePage(std::string_view page) {
  Place place;
  const auto parts = base::Split(page, '.');
  const auto read = [](std::string_view digits, auto& out) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return error == std::errc() && end == digits.data() + digits.size();
  };
  if (parts.size() != 2 || !read(parts[0], place.first) || !read(parts[1], place.second)) {
    return base::Invalid("Trang kết quả không hợp lệ. Hãy tìm lại từ đầu.", "page");
  }
  return place;
}

bool FitsTimes(const Resource& resource, size_t index, Sequence snapshot,
               const HistoryQuery& query) {
  const base::Instant from = resource.versions[index].stored.last_updated;
  if (query.since && from < *query.since) return false;
  if (!query.at) return true;
  if (from > *query.at) return false;
  const bool replaced = index + 1 < resource.versions.size() &&
                        resource.versions[index + 1].sequence <= snapshot &&
                        resource.versions[index + 1].stored.last_updated <= *query.at;
  return !replaced;
}

}  // namespace

base::Result<HistoryPage> ReadHistory(const Record& record, Sequence snapshot,
                                      const HistoryQuery& query) {
  if (!query.id.empty() && !query.type) return base::Invalid("Thiếu loại hồ sơ.", "type");
  std::vector<Entry> entries;
  bool known = false;
  for (const Resource& resource : record.resources) {
    if (query.type && resource.key.type != *query.type) continue;
    if (!query.id.empty() && resource.key.id != query.id) continue;
    for (size_t i = 0; i < resource.versions.size(); ++i) {
      const KeptVersion& version = resource.versions[i];
      if (version.sequence > snapshot) break;
      known = true;
      if (!FitsTimes(resource, i, snapshot, query)) continue;
      entries.push_back({{version.sequence, version.ordinal}, &version});
    }
  }
  if (!query.id.empty() && !known) return base::NotFound("Không tìm thấy hồ sơ này.");
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) { return a.place > b.place; });
  if (!query.page.empty()) {
    TRY_ASSIGN(const Place last, ParsePage(query.page));
    std::erase_if(entries, [&](const Entry& each) { return each.place >= last; });
  }
  HistoryPage page;
  for (const Entry& entry : entries) {
    if (page.versions.size() == query.count) {
      if (query.count > 0) {
        const Place& last = entries[query.count - 1].place;
        page.next_page = std::to_string(last.first) + "." + std::to_string(last.second);
      }
      break;
    }
    page.versions.push_back(entry.version->stored);
  }
  return page;
}

}  // namespace storage::memory
