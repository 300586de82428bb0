#include "care/visit/examination.h"

#include "care/shared/input.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::visit {

using access_control::Change;
using access_control::Record;
using base::Json;
namespace ext = shared::ext;

namespace {

constexpr size_t kNoteCharacters = 4000;

struct NoteField {
  std::string_view name;
  std::string_view url;
  std::string Examination::*member;
};

constexpr NoteField kNoteFields[] = {
    {"symptoms", ext::kSymptoms, &Examination::symptoms},
    {"history", ext::kHistory, &Examination::history},
    {"examination", ext::kExamination, &Examination::examination},
    {"treatment", ext::kTreatment, &Examination::treatment},
    {"note", ext::kNote, &Examination::note},
};

// The parts of a draft that have no place of their own in a ClinicalImpression until it is complete.
Json Unfinished(const Draft& draft) {
  Json lines = Json::Arr();
  for (const DiagnosisLine& line : draft.diagnoses) lines.Push(ToJson(line));
  return Json::Obj({{"diagnoses", std::move(lines)},
                    {"prescriptionLines", draft.prescription_lines},
                    {"revisit", Json::Obj({{"date", draft.revisit.date},
                                           {"note", draft.revisit.note}})}});
}

base::Result<std::vector<DiagnosisLine>> ParseDiagnoses(const Json& list) {
  std::vector<DiagnosisLine> lines;
  for (size_t i = 0; i < list.size(); ++i) {
    shared::Input line(list[i], "diagnoses[" + std::to_string(i) + "]");
    lines.push_back({line.RequiredText("code", "mã bệnh", 10), line.Text("name", 300),
                     line.Text("text", 300), line.Flag("main")});
    TRY(line.status());
  }
  return lines;
}

}  // namespace

base::Result<Draft> ParseDraft(const Json& json) {
  shared::Input input(json);
  Draft draft;
  shared::Input note(json["examination"], "examination");
  for (const NoteField& field : kNoteFields) {
    draft.examination.*field.member = note.Text(field.name, kNoteCharacters);
  }
  TRY(note.status());
  input.Items("diagnoses", 13);  // one main and at most 12 others (vietnam.md §3.5)
  const auto& lines = input.Items("prescriptionLines", 40);
  TRY(input.status());
  TRY_ASSIGN(draft.diagnoses, ParseDiagnoses(json["diagnoses"]));
  draft.prescription_lines = Json(lines);
  if (draft.prescription_lines.Dump().size() > 40'000) {
    return base::Invalid("Đơn thuốc quá dài.", "prescriptionLines");
  }
  shared::Input revisit(json["revisit"], "revisit");
  if (const auto date = revisit.Date("date", "ngày hẹn khám lại")) draft.revisit.date = date->ToIso();
  draft.revisit.note = revisit.Text("note", 300);
  TRY(revisit.status());
  return draft;
}

Json ToJson(const Examination& examination) {
  Json json = Json::Obj();
  for (const NoteField& field : kNoteFields) json.Set(field.name, examination.*field.member);
  return json;
}

Json ToJson(const DiagnosisLine& line) {
  return Json::Obj(
      {{"code", line.code}, {"name", line.name}, {"text", line.text}, {"main", line.main}});
}

Json ToJson(const Draft& draft) {
  Json json = Unfinished(draft);
  json.Set("examination", ToJson(draft.examination));
  return json;
}

base::Result<SavedDraft> ReadDraft(shared::Context& context, const std::string& encounter_id) {
  TRY_ASSIGN(const auto impressions,
             context.record.SearchAll(
                 "ClinicalImpression?encounter=Encounter/" + encounter_id, 10));
  if (impressions.empty()) return SavedDraft{};
  SavedDraft saved;
  saved.impression = impressions.front();
  for (const NoteField& field : kNoteFields) {
    saved.draft.examination.*field.member =
        shared::ExtensionText(saved.impression.body, field.url);
  }
  const std::string unfinished = shared::ExtensionText(saved.impression.body, ext::kDraft);
  if (!unfinished.empty()) {
    TRY_ASSIGN(const Json rest, Json::Parse(unfinished));
    TRY_ASSIGN(saved.draft.diagnoses, ParseDiagnoses(rest["diagnoses"]));
    saved.draft.prescription_lines = rest["prescriptionLines"];
    saved.draft.revisit = {rest.At("revisit.date").String(), rest.At("revisit.note").String()};
  }
  return saved;
}

void WriteImpression(const Draft& draft, bool completed, Json& impression) {
  impression.Set("status", completed ? "completed" : "in-progress");
  for (const NoteField& field : kNoteFields) {
    shared::SetExtension(impression, field.url, "valueString",
                         Json(draft.examination.*field.member));
  }
  shared::SetExtension(impression, ext::kDraft, "valueString",
                       completed ? Json() : Json(Unfinished(draft).Dump()));
}

base::Result<int64_t> SaveDraft(const std::string& encounter_id, const Draft& draft,
                                int64_t seen_version, shared::Context& context) {
  TRY_ASSIGN(const Record encounter, shared::ReadOpenVisit(context.record, encounter_id));
  TRY_ASSIGN(SavedDraft saved, ReadDraft(context, encounter_id));
  if (saved.impression.version != seen_version) {
    return base::Conflict("Bản ghi này vừa được lưu ở màn hình khác. Hãy tải lại trước khi sửa tiếp.",
                          "version");
  }
  Change change = context.record.NewChange();
  change.Require(encounter);
  const bool first = saved.impression.version == 0;
  Json impression = std::move(saved.impression.body);
  if (first) {
    impression = Json::Obj({{"resourceType", "ClinicalImpression"}});
    // One note per visit, whoever is faster: the id comes from the visit.
    impression.Set("id", "note-" + encounter_id);
    impression.Set("subject", encounter["subject"]);
    impression.Set("encounter", shared::Reference("Encounter/" + encounter_id));
  }
  const auto& who = context.record.principal();
  impression.Set("assessor",
                 shared::Reference("Practitioner/" + who.practitioner_id, who.display_name));
  impression.Set("date", context.clock.Now().ToLocal());
  WriteImpression(draft, false, impression);
  if (first) {
    change.Create(std::move(impression));
  } else {
    change.Update(Record{std::move(impression), saved.impression.version});
  }
  TRY_ASSIGN(const auto receipt, context.record.Commit(std::move(change)));
  return receipt.versions.back();
}

}  // namespace care::visit
