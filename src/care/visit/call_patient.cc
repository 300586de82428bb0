#include "care/visit/call_patient.h"

#include "care/shared/events/events.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::visit {

using access_control::Change;
using access_control::Record;
using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;

namespace {

base::Status UpdateTicket(const std::string& encounter_id, std::string_view status,
                          const std::string& desk, Change& change, shared::Context& context) {
  TRY_ASSIGN(const auto tickets,
             context.record.SearchAll("Task?encounter=Encounter/" + encounter_id + "&code=" +
                                          std::string(code_system::kTask) + "|queue-ticket",
                                      5));
  for (const Record& ticket : tickets) {
    Record called = ticket;
    called.body.Set("status", status);
    if (desk.empty()) {
      called.body.Erase("businessStatus");
    } else {
      called.body.Set("businessStatus", Json::Obj({{"text", desk}}));
    }
    change.Update(std::move(called));
  }
  return base::Ok();
}

// The doctor whose patient this is now; "" if nobody's.
std::string AttendingDoctor(const Json& encounter) {
  return shared::ReferenceOf(encounter["participant"][0]["individual"]);
}

}  // namespace

base::Result<Record> CallPatient(const std::string& encounter_id, const std::string& desk,
                                 shared::Context& context) {
  TRY_ASSIGN(Record encounter, shared::ReadOpenVisit(context.record, encounter_id));
  const auto& who = context.record.principal();
  const std::string me = "Practitioner/" + who.practitioner_id;
  const std::string doctor = AttendingDoctor(encounter.body);
  const bool taken = shared::StageOf(encounter.body) == shared::Stage::kWithDoctor;
  if (taken && doctor != me) {
    return base::Conflict("Bác sĩ " +
                          encounter.body.At("participant.0.individual.display").String() +
                          " đang khám người này.");
  }
  if (taken) return encounter;
  Change change = context.record.NewChange();
  encounter.body.Set("status", "in-progress");
  encounter.body.Set(
      "participant",
      Json::Arr({Json::Obj({{"individual", shared::Reference(me, who.display_name)}})}));
  shared::SetStage(encounter.body, shared::Stage::kWithDoctor);
  shared::SetExtension(encounter.body, ext::kDesk, "valueString", desk);
  TRY(UpdateTicket(encounter_id, "in-progress", desk, change, context));
  change.Raise(std::string(shared::events::kPatientCalled), shared::EventPayload(encounter.body));
  change.Update(std::move(encounter));
  auto receipt = context.record.Commit(std::move(change));
  if (!receipt.ok() && receipt.error().code == base::ErrorCode::kConflict) {
    // Somebody was faster: say who.
    TRY_ASSIGN(const Record now, context.record.Read("Encounter", encounter_id));
    const std::string name = now.body.At("participant.0.individual.display").String();
    return base::Conflict(name.empty() ? "Người khác vừa thay đổi lượt khám này. Hãy tải lại."
                                       : "Bác sĩ " + name + " vừa gọi người này.");
  }
  if (!receipt.ok()) return receipt.error();
  return context.record.Read("Encounter", encounter_id);
}

base::Result<Record> CallNextPatient(const std::string& desk, shared::Context& context) {
  for (int tries = 0; tries < 10; ++tries) {
    TRY_ASSIGN(const auto rows, shared::ListVisits(context, context.clock.Today(),
                                                   "&status=arrived,in-progress"));
    const shared::VisitRow* next = nullptr;
    for (const shared::VisitRow& row : rows) {
      if (row.stage == Name(shared::Stage::kWaitingDoctor)) {
        next = &row;
        break;
      }
    }
    if (next == nullptr) return Record{};
    auto called = CallPatient(next->id, desk, context);
    // A colleague took this one: the next in the queue is ours.
    if (called.ok() || called.error().code != base::ErrorCode::kConflict) return called;
  }
  return base::Unavailable("Nhiều bác sĩ đang gọi cùng lúc. Hãy bấm lại.");
}

base::Result<Record> ReturnToWaiting(const std::string& encounter_id, shared::Context& context) {
  return access_control::RetryOnConflict([&]() -> base::Result<Record> {
    TRY_ASSIGN(Record encounter, shared::ReadOpenVisit(context.record, encounter_id));
    Change change = context.record.NewChange();
    shared::SetStage(encounter.body, shared::Stage::kWaitingDoctor);
    shared::SetExtension(encounter.body, ext::kDesk, "valueString", "");
    encounter.body.Erase("participant");
    TRY(UpdateTicket(encounter_id, "ready", "", change, context));
    change.Raise(std::string(shared::events::kPatientCalled), shared::EventPayload(encounter.body));
    change.Update(std::move(encounter));
    TRY(context.record.Commit(std::move(change)));
    return context.record.Read("Encounter", encounter_id);
  });
}

}  // namespace care::visit
