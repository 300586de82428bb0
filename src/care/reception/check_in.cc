#include "care/reception/check_in.h"

#include <fmt/format.h>

#include "care/shared/catalogue/catalogue.h"
#include "care/shared/events/events.h"
#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::reception {

using access_control::Change;
using access_control::Record;
using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

struct Numbers {
  std::string ticket;
  std::string claim_key;
};

base::Result<Numbers> DrawNumbers(bool urgent, shared::Context& context, Change& change) {
  const std::string day = context.clock.Today().ToIso();
  TRY_ASSIGN(const int64_t number, shared::DrawNumber(context, change, "queue-" + day));
  // MA_LK: unique in the facility, never changed (QĐ 4750): facility, day, number of the day.
  const base::Date date = context.clock.Today();
  return Numbers{fmt::format("{}{:03}", urgent ? 'U' : 'A', number),
                 fmt::format("{}-{:02}{:02}{:02}-{:04}", context.station.facility_code,
                             date.year % 100, date.month, date.day, number)};
}

Json MakeEncounter(const CheckInInput& input, const Record& patient, const Numbers& numbers,
                   const std::string& priority, shared::Context& context) {
  Json encounter = Json::Obj({{"resourceType", "Encounter"}, {"status", "arrived"}});
  shared::SetIdentifier(encounter, sid::kClaimKey, numbers.claim_key);
  encounter.Set("class", shared::Coding(code_system::kActClass, input.emergency ? "EMER" : "AMB"));
  encounter.Set("type", Json::Arr({shared::Concept(code_system::kVisitType, input.visit_type)}));
  encounter.Set("subject", shared::Reference(patient.Reference()));
  encounter.Set("period", Json::Obj({{"start", context.clock.Now().ToLocal()}}));
  if (!input.reason.empty()) {
    encounter.Set("reasonCode", Json::Arr({Json::Obj({{"text", input.reason}})}));
  }
  encounter.Set("serviceProvider",
                shared::Reference("Organization/" + context.station.organization_id));
  shared::SetStage(encounter, shared::Stage::kWaitingNurse);
  shared::SetExtension(encounter, ext::kTicket, "valueString", numbers.ticket);
  shared::SetExtension(encounter, ext::kDepartment, "valueCode", input.department);
  shared::SetExtension(encounter, ext::kPriorityReason, "valueCode", priority);
  if (input.pregnant) shared::SetExtension(encounter, ext::kPregnant, "valueBoolean", Json(true));
  return encounter;
}

Json MakeTicket(const Record& patient, const std::string& encounter, const std::string& ticket,
                bool urgent, shared::Context& context) {
  Json task = Json::Obj({{"resourceType", "Task"}, {"status", "ready"}, {"intent", "order"}});
  shared::SetIdentifier(task, sid::kQueueNumber, context.clock.Today().ToIso() + "/" + ticket);
  task.Set("priority", urgent ? "urgent" : "routine");
  task.Set("code", shared::Concept(code_system::kTask, "queue-ticket"));
  task.Set("for", shared::Reference(patient.Reference()));
  task.Set("encounter", shared::Reference(encounter));
  task.Set("authoredOn", context.clock.Now().ToLocal());
  return task;
}

base::Status MarkBookingArrived(const std::string& booking_id, const Record& patient, Change& change,
                                shared::Context& context) {
  if (booking_id.empty()) return base::Ok();
  TRY_ASSIGN(Record booking, context.record.Read("Appointment", booking_id));
  if (booking["status"].String() != "booked") {
    return base::Conflict("Lịch hẹn này đã được dùng hoặc đã huỷ.", "bookingId");
  }
  bool of_patient = false;
  for (const Json& participant : booking["participant"].Items()) {
    of_patient = of_patient || shared::ReferenceOf(participant["actor"]) == patient.Reference();
  }
  if (!of_patient) return base::Unprocessable("Lịch hẹn này là của người khác.", "bookingId");
  booking.body.Set("status", "arrived");
  change.Update(std::move(booking));
  return base::Ok();
}

// Codes that the claims file repeats (QĐ 1804/2026).
base::Status CheckCodes(const CheckInInput& input, shared::Context& context) {
  const base::Date today = context.clock.Today();
  if (context.catalogue.visit_types.Find(input.visit_type, today) == nullptr) {
    return base::Invalid("Không có loại hình khám này trong danh mục.", "visitType");
  }
  if (context.catalogue.departments.Find(input.department, today) == nullptr) {
    return base::Invalid("Không có khoa này trong danh mục.", "department");
  }
  return base::Ok();
}

base::Result<CheckInOutput> Attempt(const CheckInInput& input, shared::Context& context) {
  TRY_ASSIGN(const Record patient, context.record.Read("Patient", input.patient_id));
  const base::Date today = context.clock.Today();
  TRY_ASSIGN(const auto visits,
             shared::ListVisits(context, today, "&status=arrived,in-progress"));
  for (const shared::VisitRow& visit : visits) {
    if (visit.patient.id == patient.id()) {
      return base::Unprocessable("Người này đã đăng ký khám hôm nay, số " + visit.ticket + ".",
                                 "patientId");
    }
  }
  const std::string priority = PriorityReason(input, patient["birthDate"].String(), today);
  Change change = context.record.NewChange();
  // The patient must not be merged or corrected away between reading and writing.
  change.Require(patient);
  TRY_ASSIGN(const Numbers numbers, DrawNumbers(!priority.empty(), context, change));
  TRY(MarkBookingArrived(input.booking_id, patient, change, context));
  Json encounter = MakeEncounter(input, patient, numbers, priority, context);
  const std::string reference = change.Create(std::move(encounter));
  change.Create(MakeTicket(patient, reference, numbers.ticket, !priority.empty(), context));
  change.Raise(std::string(shared::events::kPatientCheckedIn),
               Json::Obj({{"encounter", reference}, {"patient", patient.Reference()}}));
  TRY(context.record.Commit(std::move(change)));

  CheckInOutput output;
  TRY_ASSIGN(output.encounter, context.record.ReadReference(reference));
  output.ticket = numbers.ticket;
  for (const shared::VisitRow& visit : visits) {
    const bool waits = visit.stage == Name(shared::Stage::kWaitingNurse) ||
                       visit.stage == Name(shared::Stage::kWaitingDoctor);
    if (waits && (priority.empty() || visit.urgent)) ++output.ahead;
  }
  return output;
}

}  // namespace

std::string PriorityReason(const CheckInInput& input, std::string_view birth_date,
                           base::Date today) {
  if (input.emergency) return "emergency";
  const auto birth = shared::DateOf(birth_date);
  if (birth && base::AgeInYears(*birth, today) < 6) return "child";
  if (input.pregnant) return "pregnant";
  if (input.disabled) return "disabled";
  if (birth && base::AgeInYears(*birth, today) >= 75) return "elderly";
  return {};
}

base::Result<CheckInOutput> CheckIn(const CheckInInput& input, shared::Context& context) {
  TRY(CheckCodes(input, context));
  return access_control::RetryOnConflict([&] { return Attempt(input, context); }, 20);
}

base::Status CancelVisit(const std::string& encounter_id, const std::string& reason,
                         shared::Context& context) {
  return access_control::RetryOnConflict([&]() -> base::Status {
    TRY_ASSIGN(Record encounter, shared::ReadOpenVisit(context.record, encounter_id));
    Change change = context.record.NewChange();
    const Json payload = shared::EventPayload(encounter.body);
    encounter.body.Set("status", "cancelled");
    encounter.body.Slot("period").Set("end", context.clock.Now().ToLocal());
    shared::SetStage(encounter.body, shared::Stage::kDone);
    shared::SetExtension(encounter.body, ext::kNote, "valueString", reason);
    TRY_ASSIGN(const auto tickets,
               context.record.SearchAll("Task?encounter=Encounter/" + encounter_id +
                                            "&code=" + std::string(code_system::kTask) +
                                            "|queue-ticket",
                                        10));
    for (const Record& ticket : tickets) {
      Record done = ticket;
      done.body.Set("status", "cancelled");
      change.Update(std::move(done));
    }
    change.Update(std::move(encounter));
    change.Raise(std::string(shared::events::kVisitCancelled), payload);
    TRY(context.record.Commit(std::move(change)));
    return base::Ok();
  });
}

}  // namespace care::reception
