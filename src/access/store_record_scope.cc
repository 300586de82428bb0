#include "access/store_record_scope.h"

#include "base/limits.h"
#include "fhir/model/document.h"
#include "fhir/search/query.h"

namespace access_control {
namespace {

using fhir::store::Condition;
using fhir::store::Key;
using fhir::store::Stored;
using fhir::store::Write;

base::Result<Key> KeyOf(std::string_view type, std::string_view id) {
  const auto known = fhir::model::ParseResourceType(type);
  if (!known.has_value() || id.empty()) {
    return base::Invalid("Tham chiếu không đúng dạng.", {}, "unknown resource type or empty id");
  }
  return Key{.type = *known, .id = std::string(id)};
}

base::Result<Record> ToRecord(const Stored& stored) {
  TRY_ASSIGN(base::Json body, base::Json::Parse(stored.body, base::kBundleLimits));
  return Record{.body = std::move(body), .version = stored.version};
}

base::Result<Write> ToPut(const Record& record) {
  TRY_ASSIGN(Key key, KeyOf(record.type(), record.id()));
  TRY_ASSIGN(auto document, fhir::model::Document::FromJson(record.body));
  return Write{.action = Write::Action::kPut,
               .key = std::move(key),
               .document = std::move(document),
               .expected = record.version};
}

}  // namespace

base::Result<Record> StoreRecordScope::Read(std::string_view type, std::string_view id) {
  TRY_ASSIGN(const Key key, KeyOf(type, id));
  TRY_ASSIGN(const Stored stored, guarded_.Read(key));
  return ToRecord(stored);
}

base::Result<RecordPage> StoreRecordScope::Search(std::string_view query, std::string_view page) {
  TRY_ASSIGN(auto parsed, fhir::search::ParseQueryText(query));
  if (!page.empty()) parsed.page = page;
  TRY_ASSIGN(auto found, guarded_.Search(std::move(parsed)));
  RecordPage records;
  for (const Stored& match : found.matches) {
    TRY_ASSIGN(Record record, ToRecord(match));
    records.matches.push_back(std::move(record));
  }
  for (const Stored& resource : found.included) {
    TRY_ASSIGN(Record record, ToRecord(resource));
    records.included.push_back(std::move(record));
  }
  records.next_page = std::move(found.next_page);
  records.total = found.total.value_or(-1);
  return records;
}

base::Result<fhir::store::CommitReceipt> StoreRecordScope::Commit(Change change) {
  fhir::store::Transaction transaction;
  for (const Change::Item& item : change.items()) {
    switch (item.kind) {
      case Change::Item::Kind::kCreate:
      case Change::Item::Kind::kUpdate: {
        TRY_ASSIGN(Write write, ToPut(item.record));
        transaction.writes.push_back(std::move(write));
        break;
      }
      case Change::Item::Kind::kDelete: {
        TRY_ASSIGN(Key key, KeyOf(item.record.type(), item.record.id()));
        transaction.writes.push_back({.action = Write::Action::kDelete,
                                      .key = std::move(key),
                                      .expected = item.record.version});
        break;
      }
      case Change::Item::Kind::kRequire: {
        TRY_ASSIGN(Key key, KeyOf(item.record.type(), item.record.id()));
        transaction.conditions.push_back({.kind = Condition::Kind::kVersionIs,
                                          .key = std::move(key),
                                          .version = item.record.version});
        break;
      }
    }
  }
  for (const auto& query : change.no_match()) {
    TRY_ASSIGN(auto parsed, fhir::search::ParseQueryText(query));
    transaction.conditions.push_back(
        {.kind = Condition::Kind::kNoMatch, .query = std::move(parsed)});
  }
  transaction.events = change.events();
  return guarded_.Commit(std::move(transaction));
}

}  // namespace access_control
