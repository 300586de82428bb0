#include "access/record_scope.h"

namespace access_control {
namespace {

constexpr size_t kPageRows = 500;

// The query with its own _count, or with `rows` when it names none.
std::string WithCount(std::string_view query, size_t rows) {
  std::string text(query);
  if (text.find("_count=") != std::string::npos) return text;
  text += text.find('?') == std::string::npos ? '?' : '&';
  return text + "_count=" + std::to_string(rows);
}

}  // namespace

std::string Change::Create(base::Json body) {
  CHECK(!body["resourceType"].String().empty());
  if (body["id"].String().empty()) body.Set("id", base::MakeUuid7(now_, *random_));
  Record record{.body = std::move(body), .version = 0};
  std::string reference = record.Reference();
  items_.push_back({Item::Kind::kCreate, std::move(record)});
  return reference;
}

void Change::Update(Record record) {
  CHECK(record.version > 0);
  items_.push_back({Item::Kind::kUpdate, std::move(record)});
}

void Change::Delete(const Record& record) {
  CHECK(record.version > 0);
  items_.push_back({Item::Kind::kDelete, record});
}

void Change::Require(const Record& record) { items_.push_back({Item::Kind::kRequire, record}); }

void Change::RequireNoMatch(std::string query) { no_match_.push_back(std::move(query)); }

void Change::Raise(std::string event_name, base::Json payload) {
  events_.push_back({std::move(event_name), payload.Dump()});
}

bool Change::empty() const { return items_.empty() && events_.empty(); }

base::Result<Record> RecordScope::ReadReference(std::string_view reference) {
  const size_t slash = reference.find('/');
  if (slash == std::string_view::npos) {
    return base::Invalid("Tham chiếu không đúng dạng.", {}, "reference without a type");
  }
  return Read(reference.substr(0, slash), reference.substr(slash + 1));
}

base::Result<std::vector<Record>> RecordScope::SearchAll(std::string_view query, size_t limit) {
  const std::string counted = WithCount(query, kPageRows);
  std::vector<Record> all;
  std::string page;
  do {
    TRY_ASSIGN(RecordPage found, Search(counted, page));
    if (all.size() + found.matches.size() > limit) {
      return base::Error{base::ErrorCode::kTooLarge,
                         "Kết quả quá nhiều. Hãy thu hẹp điều kiện tìm."};
    }
    for (Record& record : found.matches) all.push_back(std::move(record));
    page = std::move(found.next_page);
  } while (!page.empty());
  return all;
}

base::Result<Record> RecordScope::SearchOne(std::string_view query) {
  TRY_ASSIGN(RecordPage found, Search(WithCount(query, 2)));
  if (found.matches.empty()) return base::NotFound("Không tìm thấy hồ sơ cần tìm.");
  if (found.matches.size() > 1) {
    return base::Conflict("Có nhiều hồ sơ trùng nhau. Hãy báo người quản trị.");
  }
  return std::move(found.matches.front());
}

Change RecordScope::NewChange() { return Change(Now(), random()); }

}  // namespace access_control
