#include "care/shared/visit.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "care/shared/resource.h"
#include "care/shared/systems.h"

namespace care::shared {

using base::Json;

namespace {
constexpr std::array<std::string_view, 7> kStageNames = {
    "waiting-nurse",   "waiting-doctor",  "with-doctor", "waiting-results",
    "waiting-pharmacy", "waiting-cashier", "done"};
}

std::string_view Name(Stage stage) { return kStageNames[static_cast<size_t>(stage)]; }

base::Result<Stage> ParseStage(std::string_view name) {
  for (size_t i = 0; i < kStageNames.size(); ++i) {
    if (kStageNames[i] == name) return static_cast<Stage>(i);
  }
  return base::Invalid("Không có bước khám này.", "stage");
}

Stage StageOf(const Json& encounter) {
  auto stage = ParseStage(ExtensionText(encounter, ext::kStage));
  return stage.ok() ? *stage : Stage::kDone;
}

void SetStage(Json& encounter, Stage stage) {
  SetExtension(encounter, ext::kStage, "valueCode", Json(Name(stage)));
}

std::string_view PriorityText(std::string_view reason_code) {
  if (reason_code == "emergency") return "Cấp cứu";
  if (reason_code == "child") return "Trẻ dưới 6 tuổi";
  if (reason_code == "elderly") return "Từ 75 tuổi";
  if (reason_code == "pregnant") return "Phụ nữ có thai";
  if (reason_code == "disabled") return "Khuyết tật nặng";
  return {};
}

std::string PatientIdOf(const Json& resource) {
  const std::string reference = ReferenceOf(resource["subject"]);
  return ReferenceId(reference.empty() ? ReferenceOf(resource["patient"]) : reference);
}

VisitRow VisitRowOf(const Json& encounter, const Person& patient, base::Instant now) {
  VisitRow row;
  row.id = encounter["id"].String();
  row.patient = patient;
  row.ticket = ExtensionText(encounter, ext::kTicket);
  row.priority_reason = ExtensionText(encounter, ext::kPriorityReason);
  row.urgent = !row.priority_reason.empty();
  row.stage = ExtensionText(encounter, ext::kStage);
  row.status = encounter["status"].String();
  row.checked_in_at = encounter["period"]["start"].String();
  row.closed_at = encounter["period"]["end"].String();
  row.claim_key = IdentifierValue(encounter, sid::kClaimKey);
  row.eligibility = ExtensionText(encounter, ext::kEligibility);
  if (const auto start = MomentOf(encounter["period"]["start"])) {
    const auto end = MomentOf(encounter["period"]["end"]);
    row.waiting_minutes = std::max<int64_t>(0, ((end ? *end : now).millis - start->millis) / 60'000);
  }
  row.reason = encounter["reasonCode"][0]["text"].String();
  row.desk = ExtensionText(encounter, ext::kDesk);
  row.doctor = encounter["participant"][0]["individual"]["display"].String();
  return row;
}

Json ToJson(const VisitRow& row) {
  return Json::Obj({{"id", row.id},
                    {"patient", ToJson(row.patient)},
                    {"ticket", row.ticket},
                    {"priority", Json::Obj({{"urgent", row.urgent},
                                            {"reason", row.priority_reason},
                                            {"text", PriorityText(row.priority_reason)}})},
                    {"stage", row.stage},
                    {"status", row.status},
                    {"checkedInAt", row.checked_in_at},
                    {"waitingMinutes", row.waiting_minutes},
                    {"reason", row.reason},
                    {"desk", row.desk},
                    {"doctor", row.doctor}});
}

base::Result<std::vector<VisitRow>> ListVisits(Context& context, base::Date day,
                                               std::string_view extra) {
  // "sa": begun on the day; an open visit of an earlier day reaches into this one but is not of it.
  std::string query = "Encounter?date=sa" + day.AddDays(-1).ToIso() + "&date=lt" +
                      base::LocalMidnight(day.AddDays(1)).ToUtc();
  query += extra;
  query += "&_sort=date&_count=500&_include=Encounter:patient";
  query += kPersonIncludes;
  TRY_ASSIGN(access_control::RecordPage page, context.record.Search(query));
  while (!page.next_page.empty()) {
    TRY_ASSIGN(access_control::RecordPage more, context.record.Search(query, page.next_page));
    std::move(more.matches.begin(), more.matches.end(), std::back_inserter(page.matches));
    std::move(more.included.begin(), more.included.end(), std::back_inserter(page.included));
    page.next_page = std::move(more.next_page);
  }
  const auto people = PeopleAmong(page.included, context.clock.Today());
  std::vector<VisitRow> rows;
  const base::Instant now = context.clock.Now();
  for (const access_control::Record& encounter : page.matches) {
    const auto person = people.find(PatientIdOf(encounter.body));
    rows.push_back(
        VisitRowOf(encounter.body, person == people.end() ? Person{} : person->second, now));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const VisitRow& a, const VisitRow& b) {
    const auto rank = [](const VisitRow& row) {
      return row.priority_reason == "emergency" ? 0 : row.urgent ? 1 : 2;
    };
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    return a.checked_in_at < b.checked_in_at;
  });
  return rows;
}

base::Result<VisitRow> ReadVisitRow(Context& context, const Json& encounter) {
  TRY_ASSIGN(const access_control::Record patient,
             context.record.Read("Patient", PatientIdOf(encounter)));
  TRY_ASSIGN(const Person person,
             ReadPerson(context.record, patient.body, context.clock.Today()));
  return VisitRowOf(encounter, person, context.clock.Now());
}

base::Result<access_control::Record> ReadOpenVisit(access_control::RecordScope& record, std::string_view id) {
  TRY_ASSIGN(access_control::Record encounter, record.Read("Encounter", id));
  const std::string& status = encounter["status"].String();
  if (status == "finished" || status == "cancelled") {
    return base::Conflict("Lượt khám này đã kết thúc. Hãy tải lại danh sách.");
  }
  return encounter;
}

base::Result<int64_t> DrawNumber(Context& context, access_control::Change& change,
                                 std::string_view counter) {
  const std::string id = "counter-" + std::string(counter);
  auto current = context.record.Read("Basic", id);
  if (!current.ok()) {
    if (current.error().code != base::ErrorCode::kNotFound) return current.error();
    Json basic = Json::Obj({{"resourceType", "Basic"}, {"id", id}});
    basic.Set("code", Json::Obj({{"text", "counter"}}));
    SetExtension(basic, ext::kCounter, "valueInteger", Json(1));
    change.Create(std::move(basic));
    return 1;
  }
  const int64_t next = ExtensionValue(current->body, ext::kCounter).Int() + 1;
  SetExtension(current->body, ext::kCounter, "valueInteger", Json(next));
  change.Update(std::move(*current));
  return next;
}

Json EventPayload(const Json& encounter) {
  return Json::Obj({{"encounter", "Encounter/" + encounter["id"].String()},
                    {"patient", ReferenceOf(encounter["subject"])}});
}

}  // namespace care::shared
