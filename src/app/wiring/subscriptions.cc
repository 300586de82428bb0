#include "app/wiring/subscriptions.h"

#include "base/json.h"
#include "base/log.h"
#include "care/billing/price_visit.h"
#include "care/insurance/build_dossier.h"
#include "care/shared/events/events.h"
#include "care/shared/resource.h"

namespace app::wiring {

namespace events = care::shared::events;
using care::shared::Context;

namespace {

constexpr std::string_view kReaderName = "rooms";
constexpr size_t kBatch = 200;

base::Status IssueBill(const std::string& encounter_id, Context& context) {
  TRY(care::billing::IssueBill(encounter_id, context));
  return base::Ok();
}

base::Status BuildDossier(const std::string& encounter_id, Context& context) {
  TRY_ASSIGN(const auto encounter, context.record.Read("Encounter", encounter_id));
  // Medicine may be handed out and paid before the doctor closes the visit.
  if (encounter["status"].String() != "finished") return base::Ok();
  TRY(care::insurance::BuildDossier(encounter_id, context));
  return base::Ok();
}

}  // namespace

std::vector<Subscription> Subscriptions() {
  return {
      {events::kVisitClosed, "billing.issue_bill", IssueBill},
      {events::kVisitClosed, "insurance.build_dossier", BuildDossier},
      {events::kMedicineDispensed, "billing.issue_bill", IssueBill},
      {events::kMedicineDispensed, "insurance.build_dossier", BuildDossier},
      {events::kResultVerified, "insurance.build_dossier", [](const std::string& id, Context& context) -> base::Status {
         // A result that arrives after the visit closed belongs in its bill and dossier.
         TRY_ASSIGN(const auto encounter, context.record.Read("Encounter", id));
         if (encounter["status"].String() != "finished") return base::Ok();
         TRY(IssueBill(id, context));
         return BuildDossier(id, context);
       }},
      {events::kInvoicePaid, "insurance.build_dossier", BuildDossier},
  };
}

std::string_view TopicsOf(std::string_view event) {
  struct Row {
    std::string_view event;
    std::string_view topics;
  };
  constexpr Row kTable[] = {
      {events::kPatientCheckedIn, "queue visits"},
      {events::kVisitCancelled, "queue visits"},
      {events::kVitalSignsRecorded, "visits queue"},
      {events::kPatientCalled, "queue visits"},
      {events::kTestsOrdered, "lab visits"},
      {events::kResultEntered, "lab"},
      {events::kResultVerified, "lab visits"},
      {events::kPrescriptionSigned, "pharmacy visits"},
      {events::kMedicineDispensed, "pharmacy cashier visits"},
      {events::kVisitClosed, "queue visits pharmacy cashier"},
      {events::kInvoiceIssued, "cashier"},
      {events::kInvoicePaid, "cashier visits"},
      {events::kDossierBuilt, "claims"},
  };
  for (const Row& row : kTable) {
    if (row.event == event) return row.topics;
  }
  return {};
}

EventReader::EventReader(fhir::store::Store& store, WithContext with_context, OnEvent on_event)
    : store_(store),
      with_context_(std::move(with_context)),
      on_event_(std::move(on_event)),
      table_(Subscriptions()) {}

base::Status EventReader::Handle(const fhir::store::Event& event) {
  on_event_(event);
  auto payload = base::Json::Parse(event.payload);
  if (!payload.ok()) return base::Ok();
  const std::string encounter = care::shared::ReferenceId((*payload)["encounter"].String());
  for (const Subscription& subscription : table_) {
    if (subscription.event != event.name) continue;
    const base::Status done = with_context_(
        [&](Context& context) { return subscription.run(encounter, context); });
    // A full disk or a busy store passes: the event waits and is handled again.
    if (!done.ok() && done.error().code == base::ErrorCode::kUnavailable) return done;
    // One poisonous event must not stop the others; what failed can be run again from the claims
    // list, and stands in the log until somebody looks.
    if (!done.ok()) {
      base::LogError("listener_failed", {{"listener", subscription.name},
                                         {"event", event.name},
                                         {"code", base::Name(done.error().code)},
                                         {"detail", done.error().detail}});
    }
  }
  return base::Ok();
}

base::Status EventReader::CatchUp(fhir::store::Sequence sequence) {
  const std::lock_guard lock(mutex_);
  if (position_ < 0) {
    TRY_ASSIGN(position_, store_.ReadPosition(kReaderName));
  }
  while (position_ < sequence) {
    std::vector<fhir::store::LogEntry> entries;
    {
      TRY_ASSIGN(const auto read, store_.BeginRead());
      TRY_ASSIGN(entries, read->ReadLog(position_, kBatch));
    }
    if (entries.empty()) break;
    bool handled = false;
    for (const auto& entry : entries) {
      for (const auto& event : entry.events) {
        TRY(Handle(event));
        handled = true;
      }
      position_ = entry.sequence;
    }
    // A lost position only repeats idempotent work, so quiet stretches need no write.
    if (handled) TRY(store_.SavePosition(kReaderName, position_));
  }
  return base::Ok();
}

}  // namespace app::wiring
