#include "testkit/test_station.h"

#include "storage/memory/memory_store.h"
#include "testkit/sample_people.h"

namespace testkit {

using access_control::Change;
using access_control::Principal;
using access_control::Purpose;
using access_control::Record;
using access_control::Role;
using access_control::StoreRecordScope;

TestStation::TestStation() : store_(storage::memory::MakeMemoryStore(clock)) {
  station.organization_id = kStationId;
  station.name = "Trạm Y tế phường Bồ Đề";
  station.facility_code = "01234";
  station.commune_code = "00118";
  station.address = "Phường Bồ Đề, thành phố Hà Nội";
  station.head_of_station = "Trưởng trạm thử nghiệm";
  station.bank = {.bin = "970436", .account = "0011001234567", .holder = "TRAM Y TE BO DE"};
  station.desks = {"Phòng khám 1", "Phòng khám 2"};
}

TestStation::~TestStation() = default;

StoreRecordScope& TestStation::As(Role role, Purpose purpose) { return As(Someone(role), purpose); }

StoreRecordScope& TestStation::As(Principal who, Purpose purpose) {
  return scopes_.emplace_back(*store_, std::move(who), purpose, clock, random);
}

care::shared::Context TestStation::ContextOf(Role role, const care::shared::Catalogue& catalogue) {
  return {.record = As(role),
          .clock = clock,
          .random = random,
          .catalogue = catalogue,
          .station = station};
}

Record TestStation::Add(base::Json body) {
  StoreRecordScope& system = As(Role::kSystem);
  Change change = system.NewChange();
  const std::string reference = change.Create(std::move(body));
  const auto receipt = system.Commit(std::move(change));
  CHECK(receipt.ok());
  return Get(reference);
}

Record TestStation::AddPatient(std::string_view name, std::string_view birth_date,
                               std::string_view gender, std::string_view personal_number) {
  return Add(MakePatient(name, birth_date, gender, personal_number));
}

void TestStation::Replace(Record record) {
  StoreRecordScope& system = As(Role::kSystem);
  Change change = system.NewChange();
  change.Update(std::move(record));
  CHECK(system.Commit(std::move(change)).ok());
}

Record TestStation::Get(std::string_view reference) {
  auto record = As(Role::kSystem).ReadReference(reference);
  CHECK(record.ok());
  return std::move(record).value();
}

std::vector<Record> TestStation::All(std::string_view query) {
  auto records = As(Role::kSystem).SearchAll(query);
  CHECK(records.ok());
  return std::move(records).value();
}

std::vector<std::string> TestStation::EventNames() {
  auto read = store_->BeginRead();
  CHECK(read.ok());
  const auto log = (*read)->ReadLog(0, 10'000);
  CHECK(log.ok());
  std::vector<std::string> names;
  for (const auto& entry : *log) {
    for (const auto& event : entry.events) names.push_back(event.name);
  }
  return names;
}

std::vector<base::Json> TestStation::AuditTrail() {
  CHECK(store_->FlushAudit().ok());
  auto read = store_->BeginRead();
  CHECK(read.ok());
  const auto records = (*read)->ReadAudit(0, 10'000);
  CHECK(records.ok());
  std::vector<base::Json> bodies;
  for (const auto& record : *records) {
    auto body = base::Json::Parse(record.entry.body);
    CHECK(body.ok());
    bodies.push_back(std::move(body).value());
  }
  return bodies;
}

}  // namespace testkit
