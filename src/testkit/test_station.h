// TestStation: an empty record in memory, a clock that stands still, seeded randomness, and scopes
// for whoever shall act. Three lines set up a use case's test:
//
//   testkit::TestStation station;
//   const auto visit = station.Add(testkit::MakeEncounter(station.AddPatient("Nguyễn Văn An")));
//   auto context = station.ContextOf(Role::kNurse, catalogue);
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "access/record_scope.h"
#include "access/store_record_scope.h"
#include "base/json.h"
#include "base/random.h"
#include "base/time.h"
#include "care/shared/endpoint.h"
#include "care/shared/station.h"
#include "fhir/store/store.h"
#include "testkit/principals.h"

namespace testkit {

class TestStation {
 public:
  TestStation();
  ~TestStation();
  TestStation(const TestStation&) = delete;
  TestStation& operator=(const TestStation&) = delete;

  base::FixedClock clock{Morning()};
  base::SeededRandom random{20261121};
  care::shared::Station station;  // Bồ Đề, facility 01234

  fhir::store::Store& store() { return *store_; }

  // A guarded scope of a person in this role, as in life: what the permission table does not grant
  // is refused. Lives as long as the TestStation.
  access_control::StoreRecordScope& As(
      access_control::Role role,
      access_control::Purpose purpose = access_control::Purpose::kTreatment);
  access_control::StoreRecordScope& As(
      access_control::Principal who,
      access_control::Purpose purpose = access_control::Purpose::kTreatment);
  // What a use case is handed.
  care::shared::Context ContextOf(access_control::Role role,
                                  const care::shared::Catalogue& catalogue);

  // Arrange: writes as the system and gives back what is stored. A failure ends the test (CHECK).
  access_control::Record Add(base::Json body);
  access_control::Record AddPatient(std::string_view name,
                                    std::string_view birth_date = "1990-02-01",
                                    std::string_view gender = "female",
                                    std::string_view personal_number = "");
  void Replace(access_control::Record record);

  // Assert: reads as the system.
  access_control::Record Get(std::string_view reference);
  std::vector<access_control::Record> All(std::string_view query);
  // Names of the events raised so far, in order.
  std::vector<std::string> EventNames();
  // Bodies of the AuditEvents so far, in order.
  std::vector<base::Json> AuditTrail();

 private:
  std::unique_ptr<fhir::store::Store> store_;
  std::deque<access_control::StoreRecordScope> scopes_;  // a deque never moves them
};

// The shortest form, for a test that needs one actor: `testkit::TestRecordScope
// nurse(Role::kNurse);`
class TestRecordScope final : public access_control::RecordScope {
 public:
  explicit TestRecordScope(access_control::Role role) : scope_(station_.As(role)) {}

  TestStation& station() { return station_; }

  const access_control::Principal& principal() const override { return scope_.principal(); }
  access_control::Purpose purpose() const override { return scope_.purpose(); }
  base::Result<access_control::Record> Read(std::string_view type, std::string_view id) override {
    return scope_.Read(type, id);
  }
  base::Result<access_control::RecordPage> Search(std::string_view query,
                                                  std::string_view page = {}) override {
    return scope_.Search(query, page);
  }
  base::Result<fhir::store::CommitReceipt> Commit(access_control::Change change) override {
    return scope_.Commit(std::move(change));
  }

 protected:
  base::Instant Now() const override { return station_.clock.Now(); }
  base::Random& random() override { return station_.random; }

 private:
  TestStation station_;
  access_control::StoreRecordScope& scope_;
};

}  // namespace testkit
