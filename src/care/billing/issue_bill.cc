#include <map>

#include "care/billing/price_visit.h"
#include "care/shared/events/events.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::billing {

using access_control::Change;
using access_control::Record;
using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

Json MakeChargeItem(const BillLine& line, const Record& encounter) {
  Json item = Json::Obj({{"resourceType", "ChargeItem"}, {"id", line.charge_id}});
  item.Set("status", "billed");
  const bool drug = line.priced.kind == LineKind::kDrug;
  item.Set("code", shared::Concept(drug ? code_system::kDrug : code_system::kService, line.code,
                                   line.name));
  item.Set("subject", encounter["subject"]);
  item.Set("context", shared::Reference(encounter.Reference()));
  item.Set("occurrenceDateTime", line.occurred_at);
  item.Set("quantity", Json::Obj({{"value", line.priced.quantity}, {"unit", line.unit}}));
  item.Set("priceOverride", shared::VndMoney(line.priced.price));
  if (!line.source.empty()) {
    item.Set("supportingInformation", Json::Arr({shared::Reference(line.source)}));
  }
  const auto money = [&](std::string_view url, const base::Decimal& value) {
    shared::SetExtension(item, url, "valueDecimal", Json(value));
  };
  money(ext::kAmount, line.split.amount);
  money(ext::kInsuredAmount, line.split.insured_amount);
  money(ext::kFund, line.split.fund);
  money(ext::kCopay, line.split.copay);
  money(ext::kSelfPay, line.split.self_pay);
  money(ext::kOtherSource, line.split.aid.Total());
  money(ext::kBenefitRate, line.split.benefit_percent);
  money(ext::kUnitCost, line.priced.insured_price);
  shared::SetExtension(item, ext::kRatio, "valueInteger", Json(line.priced.insurance_ratio));
  shared::SetExtension(item, ext::kServiceRatio, "valueInteger", Json(line.priced.service_ratio));
  shared::SetExtension(item, ext::kGroup, "valueInteger", Json(line.priced.group));
  return item;
}

// The lines as they are stored already, by id.
base::Result<std::map<std::string, Record>> StoredLines(const Record& encounter,
                                                        shared::Context& context) {
  TRY_ASSIGN(const auto items,
             context.record.SearchAll("ChargeItem?context=" + encounter.Reference(), 300));
  std::map<std::string, Record> by_id;
  for (const Record& item : items) by_id[item.id()] = item;
  return by_id;
}

base::Status WriteLines(const PricedVisit& visit, const Record& encounter, Change& change,
                        shared::Context& context) {
  TRY_ASSIGN(auto stored, StoredLines(encounter, context));
  for (const BillLine& line : visit.lines) {
    Json item = MakeChargeItem(line, encounter);
    const auto known = stored.find(line.charge_id);
    if (known == stored.end()) {
      change.Create(std::move(item));
    } else {
      change.Update(Record{std::move(item), known->second.version});
      stored.erase(known);
    }
  }
  // What is no longer part of the visit is not charged.
  for (auto& [id, item] : stored) {
    if (item["status"].String() == "aborted") continue;
    item.body.Set("status", "aborted");
    change.Update(std::move(item));
  }
  return base::Ok();
}

// The claim keeps its hundredths; people pay whole đồng (Tram rule).
base::Decimal OwedInDong(const PricedVisit& visit) { return visit.totals.patient_owes.Round(0); }

std::string MakePaymentReference(base::Random& random) {
  constexpr std::string_view kAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  std::string reference = "TYT";
  for (int i = 0; i < 8; ++i) reference += kAlphabet[random.Below(kAlphabet.size())];
  return reference;
}

Json MakeInvoice(const PricedVisit& visit, const Record& encounter, const Json& before,
                 shared::Context& context) {
  Json invoice = Json::Obj({{"resourceType", "Invoice"}, {"id", InvoiceId(encounter.id())}});
  std::string reference = shared::IdentifierValue(before, sid::kPaymentReference);
  if (reference.empty()) reference = MakePaymentReference(context.random);
  shared::SetIdentifier(invoice, sid::kPaymentReference, reference);
  // Nothing owed needs no payment (station insured at 100 %).
  invoice.Set("status", OwedInDong(visit).IsZero() ? "balanced" : "issued");
  invoice.Set("subject", encounter["subject"]);
  invoice.Set("date", context.clock.Now().ToLocal());
  invoice.Set("issuer", shared::Reference("Organization/" + context.station.organization_id));
  Json lines = Json::Arr();
  int64_t sequence = 0;
  for (const BillLine& line : visit.lines) {
    lines.Push(Json::Obj({{"sequence", ++sequence},
                          {"chargeItemReference", shared::Reference("ChargeItem/" + line.charge_id)}}));
  }
  if (lines.size() > 0) invoice.Set("lineItem", std::move(lines));
  invoice.Set("totalGross", shared::VndMoney(visit.totals.amount));
  shared::SetExtension(invoice, ext::kEncounter, "valueReference",
                       shared::Reference(encounter.Reference()));
  shared::SetExtension(invoice, ext::kPatientOwes, "valueMoney",
                       shared::VndMoney(OwedInDong(visit)));
  shared::SetExtension(invoice, ext::kFund, "valueMoney", shared::VndMoney(visit.totals.fund));
  shared::SetExtension(invoice, ext::kInsuredAmount, "valueMoney",
                       shared::VndMoney(visit.totals.insured_amount));
  shared::SetExtension(invoice, ext::kBenefitRate, "valueDecimal", Json(visit.benefit.percent));
  shared::SetExtension(invoice, ext::kBenefitReason, "valueString", Json(visit.benefit.why));
  return invoice;
}

// Whether somebody has paid something on this invoice.
bool IsPaid(const Json& invoice) {
  return invoice["status"].String() == "balanced" &&
         !shared::ExtensionDecimal(invoice, ext::kPatientOwes).IsZero();
}

base::Result<Record> Attempt(const std::string& encounter_id, shared::Context& context) {
  TRY_ASSIGN(Record encounter, context.record.Read("Encounter", encounter_id));
  if (encounter["status"].String() == "cancelled") {
    return base::Conflict("Lượt khám này đã bị huỷ.");
  }
  auto before = context.record.Read("Invoice", InvoiceId(encounter_id));
  if (!before.ok() && before.error().code != base::ErrorCode::kNotFound) return before.error();
  if (before.ok() && IsPaid(before->body)) return *before;

  TRY_ASSIGN(const PricedVisit visit, PriceVisit(encounter, context));
  Change change = context.record.NewChange();
  TRY(WriteLines(visit, encounter, change, context));
  Json invoice = MakeInvoice(visit, encounter, before.ok() ? before->body : Json(), context);
  if (before.ok()) {
    change.Update(Record{std::move(invoice), before->version});
  } else {
    change.Create(std::move(invoice));
  }
  change.Raise(std::string(shared::events::kInvoiceIssued), shared::EventPayload(encounter.body));
  if (OwedInDong(visit).IsZero() &&
      shared::StageOf(encounter.body) == shared::Stage::kWaitingCashier) {
    shared::SetStage(encounter.body, shared::Stage::kDone);
    change.Update(std::move(encounter));
  }
  TRY(context.record.Commit(std::move(change)));
  return context.record.Read("Invoice", InvoiceId(encounter_id));
}

}  // namespace

base::Result<Record> IssueBill(const std::string& encounter_id, shared::Context& context) {
  return access_control::RetryOnConflict([&] { return Attempt(encounter_id, context); });
}

}  // namespace care::billing
