// The doctor's note of one visit: a draft that saves itself, in a ClinicalImpression that is
// `in-progress` until the visit closes.
#pragma once

#include <string>
#include <vector>

#include "access/record_scope.h"
#include "base/json.h"
#include "base/result.h"
#include "care/shared/endpoint.h"

namespace care::visit {

struct Examination {
  std::string symptoms;
  std::string history;
  std::string examination;
  std::string treatment;
  std::string note;
};

struct DiagnosisLine {
  std::string code;  // ICD-10
  std::string name;  // of the catalogue, at the time
  std::string text;  // the doctor's own words, may be empty
  bool main = false;
};

struct Revisit {
  std::string date;  // ISO date, "" = none
  std::string note;
};

// What the doctor has typed so far. Prescription lines may be half written, so they are kept as they
// came; only a signed prescription becomes MedicationRequests.
struct Draft {
  Examination examination;
  std::vector<DiagnosisLine> diagnoses;
  base::Json prescription_lines = base::Json::Arr();
  Revisit revisit;
};

base::Result<Draft> ParseDraft(const base::Json& json);
base::Json ToJson(const Examination& examination);
base::Json ToJson(const DiagnosisLine& line);
base::Json ToJson(const Draft& draft);

struct SavedDraft {
  access_control::Record impression;  // version 0 = nothing saved yet
  Draft draft;
};
base::Result<SavedDraft> ReadDraft(shared::Context& context, const std::string& encounter_id);

// `seen_version` is the version the screen started from (0 = none); kConflict when another screen
// saved since. Returns the new version.
base::Result<int64_t> SaveDraft(const std::string& encounter_id, const Draft& draft,
                                int64_t seen_version, shared::Context& context);

// Writes the draft into the impression's own fields; `completed` when the visit closes.
void WriteImpression(const Draft& draft, bool completed, base::Json& impression);

}  // namespace care::visit
