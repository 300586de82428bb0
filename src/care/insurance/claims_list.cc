#include "care/insurance/claims_list.h"

#include <algorithm>
#include <map>

#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::insurance {

using access_control::Record;
using base::Json;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

std::string StateOf(int64_t errors, const Record& duty) {
  if (duty["status"].String() == "completed") return "sent";
  return errors > 0 ? "has_errors" : "ready";
}

Json TablesOf(const BuiltDossier& built) {
  Json tables = Json::Arr();
  if (built.file.dossiers.empty()) return tables;
  for (const auto& part : built.file.dossiers.front().parts) tables.Push(part.table->name);
  return tables;
}

// The duties to send of these visits, by id; a few searches however many visits there are.
base::Result<std::map<std::string, Record>> ReadDuties(const std::vector<shared::VisitRow>& visits,
                                                       shared::Context& context) {
  constexpr size_t kAtOnce = 200;
  std::map<std::string, Record> found;
  for (size_t from = 0; from < visits.size(); from += kAtOnce) {
    std::string query = "Task?_count=" + std::to_string(kAtOnce) + "&_id=";
    for (size_t i = from; i < std::min(visits.size(), from + kAtOnce); ++i) {
      query += std::string(i == from ? "" : ",") + "send-" + visits[i].id;
    }
    TRY_ASSIGN(auto page, context.record.Search(query));
    for (Record& record : page.matches) {
      std::string id = record.id();
      found.emplace(std::move(id), std::move(record));
    }
  }
  return found;
}

Json ContentOf(const BuiltDossier& built) {
  Json tables = Json::Arr();
  if (built.file.dossiers.empty()) return tables;
  for (const auto& part : built.file.dossiers.front().parts) {
    Json rows = Json::Arr();
    for (const auto& row : part.rows) {
      Json values = Json::Obj();
      for (const auto& field : part.table->fields) {
        if (!row.Get(field.name).empty()) values.Set(field.name, row.Get(field.name));
      }
      rows.Push(std::move(values));
    }
    tables.Push(Json::Obj({{"table", part.table->name}, {"rows", std::move(rows)}}));
  }
  return tables;
}

}  // namespace

Json FindingsJson(const std::vector<Finding>& findings) {
  Json list = Json::Arr();
  for (const Finding& finding : findings) {
    list.Push(Json::Obj({{"rule", finding.rule},
                         {"severity", Name(finding.severity)},
                         {"table", finding.table},
                         {"row", finding.row},
                         {"field", finding.field},
                         {"message", finding.message},
                         {"remedy", finding.remedy}}));
  }
  return list;
}

base::Result<Json> ClaimJson(const std::string& encounter_id, const BuiltDossier& built,
                             shared::Context& context) {
  TRY_ASSIGN(const Record encounter, context.record.Read("Encounter", encounter_id));
  TRY_ASSIGN(const Record invoice, context.record.Read("Invoice", "invoice-" + encounter_id));
  TRY_ASSIGN(const Record duty, context.record.Read("Task", "send-" + encounter_id));
  TRY_ASSIGN(const shared::VisitRow row, shared::ReadVisitRow(context, encounter.body));
  const size_t errors = CountErrors(built.findings);
  return Json::Obj(
      {{"visitId", encounter_id},
       {"claimKey", shared::IdentifierValue(encounter.body, sid::kClaimKey)},
       {"patient", shared::ToJson(row.patient)},
       {"ticket", row.ticket},
       {"closedAt", encounter.body.At("period.end")},
       {"insured", shared::ExtensionText(encounter.body, ext::kEligibility) != "9"},
       {"total", invoice.body.At("totalGross.value")},
       {"fund", shared::ExtensionDecimal(invoice.body, ext::kFund)},
       {"tables", TablesOf(built)},
       {"errors", errors},
       {"warnings", built.findings.size() - errors},
       {"state", StateOf(static_cast<int64_t>(errors), duty)},
       {"deadline", duty.body.At("restriction.period.end")},
       {"findings", FindingsJson(built.findings)},
       {"xml", ContentOf(built)}});
}

base::Result<Json> ListClaims(const std::string& state, base::Date day, shared::Context& context) {
  TRY_ASSIGN(const auto visits, shared::ListVisits(context, day, "&status=finished"));
  Json items = Json::Arr();
  TRY_ASSIGN(const auto duties, ReadDuties(visits, context));
  for (const shared::VisitRow& visit : visits) {
    const auto duty = duties.find("send-" + visit.id);
    // Not built yet: it appears with the next refresh.
    if (duty == duties.end()) continue;
    const int64_t findings = shared::ExtensionValue(duty->second.body, ext::kFindings).Int();
    const int64_t errors = shared::ExtensionValue(duty->second.body, ext::kErrors).Int();
    const std::string its_state = StateOf(errors, duty->second);
    if (!state.empty() && its_state != state) continue;
    items.Push(Json::Obj(
        {{"visitId", visit.id},
         {"claimKey", visit.claim_key},
         {"patient", shared::ToJson(visit.patient)},
         {"ticket", visit.ticket},
         {"closedAt", visit.closed_at},
         {"insured", visit.eligibility != "9"},
         {"total", shared::ExtensionDecimal(duty->second.body, ext::kAmount)},
         {"fund", shared::ExtensionDecimal(duty->second.body, ext::kFund)},
         {"findings", Json::Obj({{"errors", errors}, {"warnings", findings - errors}})},
         {"state", its_state},
         {"deadline", duty->second.body.At("restriction.period.end")}}));
  }
  return Json::Obj({{"items", std::move(items)}, {"next", ""}});
}

}  // namespace care::insurance
