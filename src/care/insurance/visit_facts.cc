#include "care/insurance/visit_facts.h"

#include <algorithm>

#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::insurance {

using access_control::Record;
using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

base::Status ReadBilledLines(VisitFacts& facts, shared::Context& context) {
  const std::string visit = facts.encounter.Reference();
  TRY_ASSIGN(const auto charges, context.record.SearchAll("ChargeItem?context=" + visit, 300));
  for (const Json& line : facts.invoice["lineItem"].Items()) {
    for (const Record& charge : charges) {
      if (charge.Reference() == shared::ReferenceOf(line["chargeItemReference"])) {
        facts.charges.push_back(charge);
      }
    }
  }
  for (const char* query : {"ServiceRequest?encounter=", "MedicationRequest?encounter="}) {
    TRY_ASSIGN(const auto sources, context.record.SearchAll(query + visit, 300));
    for (const Record& source : sources) facts.sources[source.Reference()] = source;
  }
  TRY_ASSIGN(const auto reports,
             context.record.SearchAll("DiagnosticReport?encounter=" + visit + "&status=final", 200));
  for (const Record& report : reports) {
    facts.reports[shared::ReferenceOf(report["basedOn"][0])] = report;
  }
  return base::Ok();
}

base::Status ReadClinical(VisitFacts& facts, shared::Context& context) {
  const std::string visit = facts.encounter.Reference();
  TRY_ASSIGN(const auto conditions, context.record.SearchAll("Condition?encounter=" + visit, 50));
  for (const Json& entry : facts.encounter["diagnosis"].Items()) {
    for (const Record& condition : conditions) {
      if (condition.Reference() == shared::ReferenceOf(entry["condition"])) {
        facts.conditions.push_back(condition);
      }
    }
  }
  TRY_ASSIGN(const auto notes, context.record.SearchAll("ClinicalImpression?encounter=" + visit, 5));
  if (!notes.empty()) facts.impression = notes.front();
  TRY_ASSIGN(facts.results,
             context.record.SearchAll("Observation?encounter=" + visit +
                                          "&category=laboratory&status=final,amended&_sort=date",
                                      500));
  TRY_ASSIGN(facts.vital_signs,
             context.record.SearchAll(
                 "Observation?encounter=" + visit + "&category=vital-signs&_sort=-date", 200));
  TRY_ASSIGN(const auto appointments,
             context.record.SearchAll("Appointment?patient=" + facts.patient.Reference() +
                                          "&date=gt" + facts.ended.ToUtc(),
                                      100));
  for (const Record& appointment : appointments) {
    const Json& given_at = shared::ExtensionValue(appointment.body, ext::kEncounter);
    if (shared::ReferenceOf(given_at) == visit) facts.appointment = appointment;
  }
  TRY_ASSIGN(facts.guardians, context.record.SearchAll(
                                  "RelatedPerson?patient=" + facts.patient.Reference(), 10));
  return base::Ok();
}

// A practitioner is named by licence; without one by the staff code in parentheses (vietnam.md §4.4).
base::Status ReadLicences(VisitFacts& facts, shared::Context& context) {
  std::vector<std::string> references;
  const auto note = [&](const std::string& reference) {
    if (!reference.starts_with("Practitioner/")) return;
    if (std::find(references.begin(), references.end(), reference) == references.end()) {
      references.push_back(reference);
    }
  };
  note(shared::ReferenceOf(facts.encounter["participant"][0]["individual"]));
  for (const auto& [reference, source] : facts.sources) note(shared::ReferenceOf(source["requester"]));
  for (const auto& [order, report] : facts.reports) {
    note(shared::ReferenceOf(report["performer"][0]));
    note(shared::ReferenceOf(report["resultsInterpreter"][0]));
  }
  for (const Record& sign : facts.vital_signs) note(shared::ReferenceOf(sign["performer"][0]));
  for (const std::string& reference : references) {
    auto practitioner = context.record.ReadReference(reference);
    if (!practitioner.ok()) continue;  // an unknown author becomes a finding of the checker
    const std::string licence = shared::IdentifierValue(practitioner->body, sid::kLicence);
    facts.licences[reference] =
        licence.empty() ? "(" + practitioner->id().substr(0, 20) + ")" : licence;
  }
  return base::Ok();
}

}  // namespace

base::Result<VisitFacts> ReadVisitFacts(const std::string& encounter_id, shared::Context& context) {
  VisitFacts facts;
  TRY_ASSIGN(facts.encounter, context.record.Read("Encounter", encounter_id));
  if (facts.encounter["status"].String() != "finished") {
    return base::Unprocessable("Lượt khám chưa kết thúc nên chưa có hồ sơ thanh toán.");
  }
  const auto started = shared::MomentOf(facts.encounter.body.At("period.start"));
  const auto ended = shared::MomentOf(facts.encounter.body.At("period.end"));
  if (!started || !ended) return base::Unprocessable("Lượt khám thiếu giờ vào hoặc giờ ra.");
  facts.started = *started;
  facts.ended = *ended;
  TRY_ASSIGN(facts.patient,
             context.record.Read("Patient", shared::PatientIdOf(facts.encounter.body)));
  auto invoice = context.record.Read("Invoice", "invoice-" + encounter_id);
  if (!invoice.ok()) {
    return base::Unprocessable("Lượt khám chưa được tính tiền nên chưa có hồ sơ thanh toán.");
  }
  facts.invoice = std::move(*invoice);
  facts.insured = shared::ExtensionText(facts.encounter.body, ext::kEligibility) != "9";
  if (facts.insured) {
    TRY_ASSIGN(facts.coverage,
               shared::FindCoverage(context.record, facts.patient.id(), facts.day()));
    facts.insured = facts.coverage.version > 0;
  }
  TRY(ReadBilledLines(facts, context));
  TRY(ReadClinical(facts, context));
  TRY(ReadLicences(facts, context));
  return facts;
}

}  // namespace care::insurance
