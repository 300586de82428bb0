#include "care/insurance/build_dossier.h"

#include <algorithm>

#include "base/text.h"
#include "care/insurance/catalogue_lookup.h"
#include "care/insurance/checker.h"
#include "care/insurance/dossier_tables.h"
#include "care/shared/events/events.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"
#include "exchange/insurance/claim_xml.h"

namespace care::insurance {

using access_control::Change;
using access_control::Record;
using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

std::string DossierId(const std::string& encounter_id) { return "dossier-" + encounter_id; }

// Reads what is there under this id, or nothing.
base::Result<Record> ReadIfThere(std::string_view type, const std::string& id,
                                 shared::Context& context) {
  auto found = context.record.Read(type, id);
  if (!found.ok() && found.error().code == base::ErrorCode::kNotFound) return Record{};
  return found;
}

void Put(Json body, const Record& before, Change& change) {
  if (before.version == 0) {
    change.Create(std::move(body));
  } else {
    change.Update(Record{std::move(body), before.version});
  }
}

Json MakeDocument(const VisitFacts& facts, const BuiltDossier& built, shared::Context& context) {
  Json document = Json::Obj({{"resourceType", "DocumentReference"},
                             {"id", DossierId(facts.encounter.id())}});
  shared::SetIdentifier(document, sid::kClaimKey, ClaimKeyOf(facts));
  document.Set("status", "current");
  document.Set("type", shared::Concept(code_system::kDocument, "claim-dossier"));
  document.Set("subject", facts.encounter["subject"]);
  document.Set("date", context.clock.Now().ToLocal());
  document.Set("content",
               Json::Arr({Json::Obj({{"attachment", Json::Obj({{"contentType", "application/xml"},
                                                               {"data", base::ToBase64(built.xml)}})}})}));
  document.Set("context", Json::Obj({{"encounter", Json::Arr({shared::Reference(
                                                       facts.encounter.Reference())})}}));
  shared::SetExtension(document, ext::kFindings, "valueInteger", Json(built.findings.size()));
  shared::SetExtension(document, ext::kErrors, "valueInteger", Json(CountErrors(built.findings)));
  return document;
}

Json MakeClaim(const VisitFacts& facts, shared::Context& context) {
  Json claim = Json::Obj({{"resourceType", "Claim"}, {"id", "claim-" + facts.encounter.id()}});
  shared::SetIdentifier(claim, sid::kClaimKey, ClaimKeyOf(facts));
  claim.Set("status", "active");
  claim.Set("type", shared::Concept("http://terminology.hl7.org/CodeSystem/claim-type", "institutional"));
  claim.Set("use", "claim");
  claim.Set("patient", facts.encounter["subject"]);
  claim.Set("created", context.clock.Now().ToLocal());
  claim.Set("provider", shared::Reference("Organization/" + context.station.organization_id));
  claim.Set("priority", shared::Concept("http://terminology.hl7.org/CodeSystem/processpriority", "normal"));
  Json insurance = Json::Obj({{"sequence", 1}, {"focal", true}});
  if (facts.coverage.version > 0) {
    insurance.Set("coverage", shared::Reference(facts.coverage.Reference()));
  } else {
    insurance.Set("coverage", Json::Obj({{"display", "Không tham gia bảo hiểm y tế"}}));
  }
  claim.Set("insurance", Json::Arr({std::move(insurance)}));
  Json items = Json::Arr();
  int sequence = 0;
  for (const Record& charge : facts.charges) {
    Json item = Json::Obj({{"sequence", ++sequence}});
    item.Set("productOrService", charge["code"]);
    item.Set("quantity", charge["quantity"]);
    item.Set("unitPrice", charge["priceOverride"]);
    item.Set("net", shared::VndMoney(shared::ExtensionDecimal(charge.body, ext::kAmount)));
    item.Set("encounter", Json::Arr({shared::Reference(facts.encounter.Reference())}));
    items.Push(std::move(item));
  }
  if (items.size() > 0) claim.Set("item", std::move(items));
  claim.Set("total", facts.invoice["totalGross"]);
  return claim;
}

Json MakeDuty(const VisitFacts& facts, const BuiltDossier& built, shared::Context& context) {
  Json task = Json::Obj({{"resourceType", "Task"}, {"id", "send-" + facts.encounter.id()}});
  task.Set("status", "requested");
  task.Set("intent", "order");
  task.Set("code", shared::Concept(code_system::kTask, "duty-send-claim"));
  task.Set("description", facts.insured ? "Gửi hồ sơ thanh toán BHYT"
                                        : "Gửi dữ liệu lượt khám không BHYT");
  task.Set("focus", shared::Reference("DocumentReference/" + DossierId(facts.encounter.id())));
  task.Set("for", facts.encounter["subject"]);
  task.Set("encounter", shared::Reference(facts.encounter.Reference()));
  task.Set("authoredOn", context.clock.Now().ToLocal());
  // The list of a day shows counts and sums without opening every file and bill.
  shared::SetExtension(task, ext::kAmount, "valueDecimal", facts.invoice.body.At("totalGross.value"));
  shared::SetExtension(task, ext::kFund, "valueDecimal",
                       Json(shared::ExtensionDecimal(facts.invoice.body, ext::kFund)));
  shared::SetExtension(task, ext::kFindings, "valueInteger", Json(built.findings.size()));
  shared::SetExtension(task, ext::kErrors, "valueInteger", Json(CountErrors(built.findings)));
  task.Set("restriction",
           Json::Obj({{"period", Json::Obj({{"end", SendingDeadline(facts.ended).ToLocal()}})}}));
  return task;
}

base::Result<BuiltDossier> FromXml(std::string xml, shared::Context& context) {
  BuiltDossier built;
  TRY_ASSIGN(built.file, exchange::insurance::ReadClaimFile(xml));
  built.xml = std::move(xml);
  const CatalogueLookup lookup(context.catalogue);
  built.findings = CheckClaimFile(built.file, &lookup);
  return built;
}

base::Result<BuiltDossier> Attempt(const std::string& encounter_id, shared::Context& context) {
  TRY_ASSIGN(const VisitFacts facts, ReadVisitFacts(encounter_id, context));
  TRY_ASSIGN(BuiltDossier built, MakeDossier(facts, context));
  TRY_ASSIGN(const Record before,
             ReadIfThere("DocumentReference", DossierId(encounter_id), context));
  if (before.body.At("content.0.attachment.data").String() == base::ToBase64(built.xml)) return built;
  TRY_ASSIGN(const Record claim, ReadIfThere("Claim", "claim-" + encounter_id, context));
  TRY_ASSIGN(const Record duty, ReadIfThere("Task", "send-" + encounter_id, context));
  Change change = context.record.NewChange();
  Put(MakeDocument(facts, built, context), before, change);
  Put(MakeClaim(facts, context), claim, change);
  // A new content must be sent again, whatever became of the one before.
  Put(MakeDuty(facts, built, context), duty, change);
  change.Raise(std::string(shared::events::kDossierBuilt), shared::EventPayload(facts.encounter.body));
  TRY(context.record.Commit(std::move(change)));
  return built;
}

}  // namespace

size_t CountErrors(const std::vector<Finding>& findings) {
  return static_cast<size_t>(std::count_if(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.severity == Severity::kError;
  }));
}

base::Instant SendingDeadline(base::Instant visit_end) {
  const int64_t days = visit_end.LocalDate().ToDays();
  const int64_t weekday = ((days + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday; 0 = Sunday
  const int64_t later = weekday == 6 ? 2 : 1;
  return base::LocalMidnight(base::Date::FromDays(days + later)).AddDays(1);
}

base::Result<BuiltDossier> MakeDossier(const VisitFacts& facts, const shared::Context& context) {
  BuiltDossier built;
  built.file.facility = context.station.facility_code;
  // The day of the visit, so that building again gives the same bytes.
  built.file.created_on = exchange::insurance::ClaimDate(facts.day());
  exchange::insurance::Dossier& dossier = built.file.dossiers.emplace_back();
  AddCheckIn(facts, context, dossier);
  AddSummary(facts, context, dossier);
  AddLines(facts, context, dossier);
  AddResults(facts, context, dossier);
  AddCourse(facts, context, dossier);
  AddHealthSummary(facts, context, dossier);
  AddRevisitSlip(facts, context, dossier);
  TRY_ASSIGN(built.xml, exchange::insurance::WriteClaimFile(built.file));
  // Checked as the portal will read it, not as we hold it.
  TRY_ASSIGN(const auto read_back, exchange::insurance::ReadClaimFile(built.xml));
  const CatalogueLookup lookup(context.catalogue);
  built.findings = CheckClaimFile(read_back, &lookup);
  return built;
}

base::Result<BuiltDossier> BuildDossier(const std::string& encounter_id, shared::Context& context) {
  return access_control::RetryOnConflict([&] { return Attempt(encounter_id, context); });
}

base::Result<BuiltDossier> ReadDossier(const std::string& encounter_id, shared::Context& context) {
  auto document = context.record.Read("DocumentReference", DossierId(encounter_id));
  if (!document.ok()) {
    if (document.error().code != base::ErrorCode::kNotFound) return document.error();
    return base::NotFound("Lượt khám này chưa có hồ sơ thanh toán.");
  }
  auto xml = base::FromBase64(document->body.At("content.0.attachment.data").String());
  if (!xml) return base::Internal("dossier attachment is not base64");
  return FromXml(std::move(*xml), context);
}

}  // namespace care::insurance
