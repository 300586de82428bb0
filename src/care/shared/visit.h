// The visit as every room sees it: its stage, its line in a list, and how one finds visits.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/record_scope.h"
#include "care/shared/endpoint.h"
#include "care/shared/person.h"

namespace care::shared {

// Where the patient is on the way from the door to the door. Kept in Encounter ext. `stage`.
enum class Stage {
  kWaitingNurse,
  kWaitingDoctor,
  kWithDoctor,
  kWaitingResults,
  kWaitingPharmacy,
  kWaitingCashier,
  kDone,
};
std::string_view Name(Stage stage);
base::Result<Stage> ParseStage(std::string_view name);
Stage StageOf(const base::Json& encounter);
void SetStage(base::Json& encounter, Stage stage);

// Why somebody goes first; "" = nobody special. Law 15/2023 (vietnam.md §18, unverified list).
std::string_view PriorityText(std::string_view reason_code);

struct VisitRow {
  std::string id;
  Person patient;
  std::string ticket;
  bool urgent = false;
  std::string priority_reason;
  std::string stage;
  std::string status;
  std::string checked_in_at;
  std::string closed_at;    // "" while open
  std::string claim_key;    // MA_LK
  std::string eligibility;  // MA_DOITUONG_KCB, "" while open
  int64_t waiting_minutes = 0;
  std::string reason;
  std::string desk;
  std::string doctor;
};

VisitRow VisitRowOf(const base::Json& encounter, const Person& patient, base::Instant now);
base::Json ToJson(const VisitRow& row);

// Open and closed visits of one day, urgent first, then by arrival. `extra` narrows the search
// ("&status=arrived,in-progress").
base::Result<std::vector<VisitRow>> ListVisits(Context& context, base::Date day,
                                               std::string_view extra);
// One visit with its patient's cards and allergies.
base::Result<VisitRow> ReadVisitRow(Context& context, const base::Json& encounter);

// kNotFound unless it exists; kConflict when it is closed or cancelled already.
base::Result<access_control::Record> ReadOpenVisit(access_control::RecordScope& record, std::string_view id);

// The patient's id of an encounter (or any resource with `subject`).
std::string PatientIdOf(const base::Json& resource);

// Draws the next number of a named, gap-free counter ("queue-2026-11-21") and puts its step into
// `change`; a concurrent draw makes the commit conflict, so draw inside RetryOnConflict.
base::Result<int64_t> DrawNumber(Context& context, access_control::Change& change, std::string_view counter);

// Events as they lie in the log: references only.
base::Json EventPayload(const base::Json& encounter);

}  // namespace care::shared
