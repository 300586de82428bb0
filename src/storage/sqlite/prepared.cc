#include "storage/sqlite/prepared.h"

#include <utility>

#include "base/check.h"
#include "base/json.h"
#include "base/limits.h"

namespace storage::sqlite {
namespace {

using fhir::store::Write;

base::Result<PreparedWrite> PrepareWrite(Write write, const BodyCodec& codec) {
  PreparedWrite prepared{
      .key = std::move(write.key), .action = write.action, .expected = write.expected};
  switch (write.action) {
    case Write::Action::kPut: {
      CHECK(write.document != nullptr && write.document->id() == prepared.key.id);
      CHECK(write.document->type() == prepared.key.type);
      prepared.body = codec.Encode(*write.document);
      TRY_ASSIGN(prepared.entries, fhir::search::Extract(*write.document));
      break;
    }
    case Write::Action::kDelete: break;
  }
  return prepared;
}

}  // namespace

std::string EventsToText(const std::vector<fhir::store::Event>& events) {
  if (events.empty()) return {};
  base::Json list = base::Json::Arr();
  for (const fhir::store::Event& event : events) {
    list.Push(base::Json::Obj({{"name", event.name}, {"payload", event.payload}}));
  }
  return list.Dump();
}

base::Result<std::vector<fhir::store::Event>> EventsFromText(std::string_view text) {
  std::vector<fhir::store::Event> events;
  if (text.empty()) return events;
  TRY_ASSIGN(const base::Json list, base::Json::Parse(text, base::kBundleLimits));
  for (const base::Json& item : list.Items()) {
    events.push_back({item["name"].String(), item["payload"].String()});
  }
  return events;
}

std::vector<PreparedAudit> PrepareAudit(std::vector<fhir::store::AuditEntry> entries,
                                        const BodyCodec& codec) {
  std::vector<PreparedAudit> prepared;
  prepared.reserve(entries.size());
  for (fhir::store::AuditEntry& entry : entries) {
    std::string compressed = codec.Compress(entry.body);
    prepared.push_back({std::move(entry), std::move(compressed)});
  }
  return prepared;
}

base::Result<PreparedTransaction> Prepare(fhir::store::Transaction transaction,
                                          const BodyCodec& codec) {
  PreparedTransaction prepared;
  prepared.writes.reserve(transaction.writes.size());
  for (Write& write : transaction.writes) {
    TRY_ASSIGN(PreparedWrite one, PrepareWrite(std::move(write), codec));
    prepared.bytes += one.body.size() + 64 * (one.entries.keys.size() + one.entries.texts.size() +
                                              one.entries.dates.size());
    prepared.writes.push_back(std::move(one));
  }
  prepared.conditions = std::move(transaction.conditions);
  prepared.events = EventsToText(transaction.events);
  prepared.audit = PrepareAudit(std::move(transaction.audit), codec);
  return prepared;
}

}  // namespace storage::sqlite
