#include "care/visit/prescribe.h"

#include <map>

#include "care/shared/events/events.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"
#include "care/visit/examination.h"

namespace care::visit {

using access_control::Change;
using access_control::Record;
using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

// TT 26/2025 annex VII is judged by the diagnoses picked so far.
bool HasChronicDisease(const Draft& draft, shared::Context& context) {
  for (const DiagnosisLine& line : draft.diagnoses) {
    const shared::Diagnosis* diagnosis =
        context.catalogue.diagnoses.Find(line.code, context.clock.Today());
    if (diagnosis != nullptr && diagnosis->chronic) return true;
  }
  return false;
}

// TT 26/2025: with the personal number, sex, birth date and address may be blank; a child under 72
// months also needs weight and the person accompanying.
base::Status CheckPatient(const Record& patient, const std::string& encounter_id,
                          shared::Context& context) {
  const auto birth = shared::DateOf(patient["birthDate"].String());
  if (!birth || base::AgeInMonths(*birth, context.clock.Today()) >= 72) return base::Ok();
  TRY_ASSIGN(const auto weights,
             context.record.SearchAll("Observation?encounter=Encounter/" + encounter_id +
                                          "&code=" + std::string(code_system::kLoinc) + "|29463-7",
                                      5));
  if (weights.empty()) {
    return base::Unprocessable("Trẻ dưới 72 tháng: phải có cân nặng trước khi kê đơn.", "weight");
  }
  return base::Ok();
}

Json MakeRequest(const PrescriptionLine& line, const shared::Drug& drug, const std::string& code,
                 const Record& encounter, shared::Context& context) {
  Json request = Json::Obj(
      {{"resourceType", "MedicationRequest"}, {"status", "active"}, {"intent", "order"}});
  shared::SetIdentifier(request, sid::kPrescription, code);
  Json medication = shared::Concept(code_system::kDrug, drug.code, DrugText(drug));
  request.Set("medicationCodeableConcept", std::move(medication));
  request.Set("subject", encounter["subject"]);
  request.Set("encounter", shared::Reference(encounter.Reference()));
  request.Set("authoredOn", context.clock.Now().ToLocal());
  const auto& who = context.record.principal();
  request.Set("requester",
              shared::Reference("Practitioner/" + who.practitioner_id, who.display_name));
  request.Set("groupIdentifier", shared::Identifier(sid::kPrescription, code));
  Json dosage = Json::Obj({{"text", DoseText(line, drug)}});
  dosage.Set("timing",
             Json::Obj({{"repeat", Json::Obj({{"boundsDuration",
                                               shared::Quantity(std::to_string(line.days), "d")},
                                              {"frequency", line.times},
                                              {"period", 1},
                                              {"periodUnit", "d"}})}}));
  dosage.Set("route", Json::Obj({{"text", drug.route_name}}));
  const std::string dose_unit = line.dose_unit.empty()
                                    ? (drug.dose_unit.empty() ? drug.unit : drug.dose_unit)
                                    : line.dose_unit;
  Json dose = Json::Obj({{"value", line.dose}, {"unit", dose_unit}});
  dosage.Set("doseAndRate", Json::Arr({Json::Obj({{"doseQuantity", std::move(dose)}})}));
  request.Set("dosageInstruction", Json::Arr({std::move(dosage)}));
  const base::Date today = context.clock.Today();
  request.Set(
      "dispenseRequest",
      Json::Obj({{"validityPeriod", Json::Obj({{"start", today.ToIso()},
                                               {"end", today.AddDays(4).ToIso()}})},
                 {"quantity", Json::Obj({{"value", line.quantity}, {"unit", drug.unit}})},
                 {"expectedSupplyDuration", shared::Quantity(std::to_string(line.days), "d")}}));
  shared::SetExtension(request, ext::kPayer, "valueCode", line.insured ? "insurance" : "self");
  // The line as the screen shows it, so that it comes back exactly as it was written.
  shared::SetExtension(request, ext::kAsWritten, "valueString", ToJson(line, drug).Dump());
  return request;
}

Json MakeDuty(const std::string& code, const std::string& focus, const Record& encounter,
              shared::Context& context) {
  Json task = Json::Obj({{"resourceType", "Task"}, {"status", "requested"}, {"intent", "order"}});
  task.Set("code", shared::Concept(code_system::kTask, "duty-send-prescription"));
  task.Set("description", "Gửi đơn thuốc lên hệ thống đơn thuốc quốc gia");
  shared::SetIdentifier(task, sid::kPrescription, code);
  task.Set("focus", shared::Reference(focus));
  task.Set("for", encounter["subject"]);
  task.Set("encounter", shared::Reference(encounter.Reference()));
  task.Set("authoredOn", context.clock.Now().ToLocal());
  // "Right after the outpatient visit" (TT 26/2025): by the end of the day.
  task.Set("restriction",
           Json::Obj({{"period", Json::Obj({{"end", base::LocalMidnight(context.clock.Today().AddDays(1))
                                                        .ToLocal()}})}}));
  return task;
}

// Takes back what was signed before; kUnprocessable once something of it has been handed out.
base::Status WithdrawSigned(const Record& encounter, Change& change, shared::Context& context) {
  TRY_ASSIGN(const auto signed_lines,
             context.record.SearchAll("MedicationRequest?encounter=" + encounter.Reference() +
                                          "&status=active,completed",
                                      100));
  for (const Record& line : signed_lines) {
    if (line["status"].String() == "completed") {
      return base::Unprocessable("Nhà thuốc đã phát thuốc theo đơn này, không sửa được nữa.", "lines");
    }
    Record withdrawn = line;
    withdrawn.body.Set("status", "cancelled");
    change.Update(std::move(withdrawn));
  }
  TRY_ASSIGN(const auto duties,
             context.record.SearchAll("Task?encounter=" + encounter.Reference() + "&code=" +
                                          std::string(code_system::kTask) +
                                          "|duty-send-prescription&status=requested",
                                      20));
  for (const Record& duty : duties) {
    Record cancelled = duty;
    cancelled.body.Set("status", "cancelled");
    change.Update(std::move(cancelled));
  }
  return base::Ok();
}

}  // namespace

std::string MakePrescriptionCode(const std::string& facility_code, shared::PrescriptionKind kind,
                                 base::Random& random) {
  constexpr std::string_view kAlphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::string code = facility_code.substr(0, 5);
  while (code.size() < 5) code += '0';
  for (int i = 0; i < 7; ++i) code += kAlphabet[random.Below(kAlphabet.size())];
  return code + '-' + shared::Letter(kind);
}

base::Status SignPrescription(const std::string& encounter_id,
                              const std::vector<PrescriptionLine>& lines,
                              shared::Context& context) {
  TRY_ASSIGN(const Record encounter, shared::ReadOpenVisit(context.record, encounter_id));
  TRY_ASSIGN(const Record patient,
             context.record.Read("Patient", shared::PatientIdOf(encounter.body)));
  TRY_ASSIGN(const SavedDraft saved, ReadDraft(context, encounter_id));
  if (!lines.empty()) TRY(CheckPatient(patient, encounter_id, context));
  const bool chronic = HasChronicDisease(saved.draft, context);
  Change change = context.record.NewChange();
  change.Require(encounter);
  TRY(WithdrawSigned(encounter, change, context));
  std::map<shared::PrescriptionKind, std::string> codes;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string where = "lines[" + std::to_string(i) + "]";
    const shared::Drug* drug = context.catalogue.drugs.Find(lines[i].drug, context.clock.Today());
    if (drug == nullptr) return base::Invalid("Không có thuốc này trong danh mục.", where + ".drug");
    for (size_t j = 0; j < i; ++j) {
      if (lines[j].drug == lines[i].drug) {
        return base::Unprocessable(DrugText(*drug) + " đã có trong đơn.", where + ".drug");
      }
    }
    TRY(CheckLine(lines[i], *drug, chronic, where));
    std::string& code = codes[drug->prescription_kind];
    const bool first_of_kind = code.empty();
    if (first_of_kind) {
      code = MakePrescriptionCode(context.station.facility_code, drug->prescription_kind,
                                  context.random);
      change.RequireNoMatch("MedicationRequest?identifier=" + std::string(sid::kPrescription) + "|" +
                            code);
    }
    const std::string reference =
        change.Create(MakeRequest(lines[i], *drug, code, encounter, context));
    if (first_of_kind) change.Create(MakeDuty(code, reference, encounter, context));
  }
  if (change.empty()) return base::Ok();
  change.Raise(std::string(shared::events::kPrescriptionSigned),
               shared::EventPayload(encounter.body));
  TRY(context.record.Commit(std::move(change)));
  return base::Ok();
}

base::Result<Json> ReadPrescription(const std::string& encounter_id, shared::Context& context) {
  TRY_ASSIGN(const auto lines,
             context.record.SearchAll("MedicationRequest?encounter=Encounter/" + encounter_id +
                                          "&status=active,completed&_sort=_lastUpdated",
                                      100));
  if (lines.empty()) return Json();
  TRY_ASSIGN(const auto unsent,
             context.record.SearchAll("Task?encounter=Encounter/" + encounter_id + "&code=" +
                                          std::string(code_system::kTask) +
                                          "|duty-send-prescription&status=requested,in-progress,failed",
                                      20));
  Json line_list = Json::Arr();
  std::string code;
  for (const Record& line : lines) {
    const std::string& its_code = line["groupIdentifier"]["value"].String();
    if (code.find(its_code) == std::string::npos) code += (code.empty() ? "" : ", ") + its_code;
    auto written = Json::Parse(shared::ExtensionText(line.body, ext::kAsWritten));
    Json row = written.ok() ? *written : Json::Obj();
    row.Set("requestId", line.id());
    row.Set("doseText", line.body.At("dosageInstruction.0.text"));
    row.Set("dispensed", line["status"].String() == "completed");
    line_list.Push(std::move(row));
  }
  return Json::Obj({{"code", code},
                    {"lines", std::move(line_list)},
                    {"signedAt", lines.front()["authoredOn"]},
                    {"doctor", lines.front()["requester"]["display"]},
                    {"sent", unsent.empty()}});
}

}  // namespace care::visit
