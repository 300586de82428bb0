#include "care/visit/close_visit.h"

#include <algorithm>

#include "care/shared/events/events.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"
#include "care/visit/diagnosis_rules.h"

namespace care::visit {

using access_control::Change;
using access_control::Record;
using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

// What stands between the doctor and a closed visit.
class Obstacles {
 public:
  explicit Obstacles(const std::vector<std::string>& overridden) : overridden_(overridden) {}

  void Missing(std::string text) { missing_.Push(std::move(text)); }
  void Flag(const std::string& id, const std::string& text) {
    if (std::find(overridden_.begin(), overridden_.end(), id) != overridden_.end()) return;
    flags_.Push(Json::Obj({{"id", id}, {"text", text}}));
  }

  base::Status status() const {
    if (missing_.size() == 0 && flags_.size() == 0) return base::Ok();
    base::Error error = base::Unprocessable(
        missing_.size() > 0 ? "Chưa đủ để kết thúc lượt khám: " + missing_[0].String()
                            : "Cần xác nhận trước khi kết thúc: " + flags_[0]["text"].String());
    error.extra = Json::Obj({{"missing", missing_}, {"flags", flags_}}).Dump();
    return error;
  }

 private:
  const std::vector<std::string>& overridden_;
  Json missing_ = Json::Arr();
  Json flags_ = Json::Arr();
};

void CheckDiagnoses(const std::vector<DiagnosisLine>& lines, const Record& patient, bool died,
                    shared::Context& context, Obstacles& obstacles) {
  const auto mains = std::count_if(lines.begin(), lines.end(), [](const auto& line) { return line.main; });
  if (mains == 0) obstacles.Missing("chưa chọn bệnh chính.");
  if (mains > 1) obstacles.Missing("chỉ được một bệnh chính.");
  for (const DiagnosisLine& line : lines) {
    // The list edition is chosen by the end of the visit, which is now (TT 06/2026).
    const shared::Diagnosis* diagnosis =
        context.catalogue.diagnoses.Find(line.code, context.clock.Today());
    if (diagnosis == nullptr) {
      obstacles.Missing("mã bệnh " + line.code + " không có trong danh mục hiện hành.");
      continue;
    }
    for (DiagnosisProblem problem :
         ProblemsOf(*diagnosis, line.main, patient["gender"].String(), died)) {
      const std::string text = line.code + ": " + std::string(Text(problem)) + ".";
      if (MayOverride(problem)) {
        obstacles.Flag(std::string(Name(problem)) + ":" + line.code, text);
      } else {
        obstacles.Missing(text);
      }
    }
  }
}

base::Status CheckOpenWork(const std::string& encounter_id, const Draft& draft,
                           shared::Context& context, Obstacles& obstacles) {
  TRY_ASSIGN(const auto orders,
             context.record.SearchAll("ServiceRequest?encounter=Encounter/" + encounter_id +
                                          "&status=active&category=" +
                                          std::string(code_system::kOrderCategory) + "|lab",
                                      100));
  if (!orders.empty()) {
    obstacles.Flag("pending_results", "Còn " + std::to_string(orders.size()) +
                                          " xét nghiệm chưa có kết quả được duyệt.");
  }
  TRY_ASSIGN(const auto signed_lines,
             context.record.SearchAll("MedicationRequest?encounter=Encounter/" + encounter_id +
                                          "&status=active,completed",
                                      100));
  if (draft.prescription_lines.size() > 0 && signed_lines.empty()) {
    obstacles.Flag("unsigned_prescription", "Đơn thuốc đã soạn nhưng chưa ký.");
  }
  return base::Ok();
}

base::Status CheckRevisit(const Revisit& revisit, shared::Context& context, Obstacles& obstacles) {
  if (revisit.date.empty()) return base::Ok();
  const auto date = shared::DateOf(revisit.date);
  // NGAY_HEN_KL > NGAY_RA (vietnam.md §3.5).
  if (!date || *date <= context.clock.Today()) {
    obstacles.Missing("ngày hẹn khám lại phải sau hôm nay.");
  } else if (date->ToDays() - context.clock.Today().ToDays() > 366) {
    obstacles.Missing("ngày hẹn khám lại xa quá một năm.");
  }
  return base::Ok();
}

// Main diagnosis first: rank 1, then comorbidities in the order the doctor gave them.
Json CreateConditions(std::vector<DiagnosisLine> lines, const Record& encounter, Change& change,
                      shared::Context& context) {
  std::stable_sort(lines.begin(), lines.end(),
                   [](const auto& a, const auto& b) { return a.main && !b.main; });
  Json entries = Json::Arr();
  int rank = 0;
  for (const DiagnosisLine& line : lines) {
    const shared::Diagnosis* diagnosis =
        context.catalogue.diagnoses.Find(line.code, context.clock.Today());
    const std::string name = diagnosis == nullptr ? line.name : diagnosis->name;
    Json condition = Json::Obj({{"resourceType", "Condition"}});
    condition.Set("clinicalStatus", shared::Concept(code_system::kConditionClinical, "active"));
    condition.Set("category", Json::Arr({shared::Concept(code_system::kConditionCategory,
                                                         "encounter-diagnosis")}));
    Json code = shared::Concept(code_system::kIcd10, line.code, name);
    if (!line.text.empty()) code.Set("text", line.text);
    condition.Set("code", std::move(code));
    condition.Set("subject", encounter["subject"]);
    condition.Set("encounter", shared::Reference(encounter.Reference()));
    condition.Set("recordedDate", context.clock.Now().ToLocal());
    const std::string reference = change.Create(std::move(condition));
    Json entry = Json::Obj({{"condition", shared::Reference(reference, line.code + " " + name)}});
    entry.Set("use", Json::Obj({{"coding", Json::Arr({shared::Coding(
                                               "http://terminology.hl7.org/CodeSystem/diagnosis-role",
                                               "DD", "Discharge diagnosis")})}}));
    entry.Set("rank", ++rank);
    entries.Push(std::move(entry));
  }
  return entries;
}

void CreateAppointment(const Revisit& revisit, const Record& encounter, Change& change,
                       shared::Context& context) {
  if (revisit.date.empty()) return;
  constexpr std::string_view kAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  std::string code = "DH-";
  for (int i = 0; i < 6; ++i) code += kAlphabet[context.random.Below(kAlphabet.size())];
  const base::Instant start =
      base::LocalMidnight(*shared::DateOf(revisit.date)).AddMillis(8 * 3'600'000LL);
  Json appointment = Json::Obj({{"resourceType", "Appointment"}, {"status", "booked"}});
  shared::SetIdentifier(appointment, sid::kBooking, code);
  appointment.Set("appointmentType",
                  shared::Concept("http://terminology.hl7.org/CodeSystem/v2-0276", "FOLLOWUP"));
  appointment.Set("description", revisit.note.empty() ? "Khám lại" : revisit.note);
  appointment.Set("start", start.ToLocal());
  appointment.Set("end", start.AddMillis(30 * 60'000).ToLocal());
  appointment.Set("created", context.clock.Now().ToLocal());
  Json participant = Json::Obj({{"actor", encounter["subject"]}, {"status", "accepted"}});
  appointment.Set("participant", Json::Arr({std::move(participant)}));
  // The slip belongs to the visit that gave it (XML14).
  shared::SetExtension(appointment, ext::kEncounter, "valueReference",
                       shared::Reference(encounter.Reference()));
  change.Create(std::move(appointment));
}

base::Status CompleteTicket(const std::string& encounter_id, Change& change,
                            shared::Context& context) {
  TRY_ASSIGN(const auto tickets,
             context.record.SearchAll("Task?encounter=Encounter/" + encounter_id + "&code=" +
                                          std::string(code_system::kTask) + "|queue-ticket",
                                      5));
  for (const Record& ticket : tickets) {
    Record done = ticket;
    done.body.Set("status", "completed");
    change.Update(std::move(done));
  }
  return base::Ok();
}

base::Status WriteNote(const CloseVisitInput& input, SavedDraft saved, const Record& encounter,
                       Change& change, shared::Context& context) {
  const bool first = saved.impression.version == 0;
  Json impression = saved.impression.body;
  if (first) {
    impression = Json::Obj({{"resourceType", "ClinicalImpression"},
                            {"id", "note-" + input.encounter_id}});
    impression.Set("subject", encounter["subject"]);
    impression.Set("encounter", shared::Reference(encounter.Reference()));
    impression.Set("date", context.clock.Now().ToLocal());
  }
  WriteImpression(saved.draft, true, impression);
  if (!input.advice.empty()) impression.Set("summary", input.advice);
  if (first) {
    change.Create(std::move(impression));
  } else {
    change.Update(Record{std::move(impression), saved.impression.version});
  }
  return base::Ok();
}

base::Result<Record> Attempt(const CloseVisitInput& input, shared::Context& context) {
  TRY_ASSIGN(Record encounter, shared::ReadOpenVisit(context.record, input.encounter_id));
  TRY_ASSIGN(const Record patient,
             context.record.Read("Patient", shared::PatientIdOf(encounter.body)));
  TRY_ASSIGN(SavedDraft saved, ReadDraft(context, input.encounter_id));
  if (input.has_revisit) saved.draft.revisit = input.revisit;
  const Draft& draft = saved.draft;

  Obstacles obstacles(input.override_flags);
  if (shared::StageOf(encounter.body) == shared::Stage::kWaitingNurse ||
      encounter["participant"].size() == 0) {
    obstacles.Missing("chưa có bác sĩ gọi người bệnh vào khám.");
  }
  const bool died = input.outcome == "5" || input.outcome == "8";
  CheckDiagnoses(draft.diagnoses, patient, died, context, obstacles);
  TRY(CheckOpenWork(input.encounter_id, draft, context, obstacles));
  TRY(CheckRevisit(draft.revisit, context, obstacles));
  TRY(obstacles.status());

  Change change = context.record.NewChange();
  encounter.body.Set("diagnosis", CreateConditions(draft.diagnoses, encounter, change, context));
  CreateAppointment(draft.revisit, encounter, change, context);
  TRY(CompleteTicket(input.encounter_id, change, context));
  TRY(WriteNote(input, saved, encounter, change, context));
  TRY_ASSIGN(const auto to_dispense,
             context.record.SearchAll("MedicationRequest?encounter=" + encounter.Reference() +
                                          "&status=active",
                                      100));
  encounter.body.Set("status", "finished");
  encounter.body.Slot("period").Set("end", context.clock.Now().ToLocal());
  encounter.body.Slot("hospitalization")
      .Set("dischargeDisposition", shared::Concept(code_system::kDischarge, input.disposition));
  shared::SetExtension(encounter.body, ext::kTreatmentOutcome, "valueCode", input.outcome);
  // QĐ 3276/2025, decided at the end of the visit: a commune station is 1.2 for insured patients,
  // emergencies come first in their own row, 9 = not insured.
  TRY_ASSIGN(const Record coverage,
             shared::FindCoverage(context.record, patient.id(), context.clock.Today()));
  const bool insured =
      coverage.version > 0 && shared::InsuranceOf(coverage.body, context.clock.Today()).state ==
                                  shared::InsuranceCard::State::kValid;
  shared::SetExtension(encounter.body, ext::kEligibility, "valueCode", insured ? "1.2" : "9");
  shared::SetStage(encounter.body, to_dispense.empty() ? shared::Stage::kWaitingCashier
                                                       : shared::Stage::kWaitingPharmacy);
  change.Raise(std::string(shared::events::kVisitClosed), shared::EventPayload(encounter.body));
  change.Update(std::move(encounter));
  TRY(context.record.Commit(std::move(change)));
  return context.record.Read("Encounter", input.encounter_id);
}

}  // namespace

base::Result<Record> CloseVisit(const CloseVisitInput& input, shared::Context& context) {
  return access_control::RetryOnConflict([&] { return Attempt(input, context); });
}

}  // namespace care::visit
