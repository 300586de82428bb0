#include "care/billing/bill_view.h"

#include <map>

#include "base/text.h"
#include "care/billing/price_visit.h"
#include "care/shared/person.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"
#include "exchange/payment_qr/payment_qr.h"
#include "exchange/payment_qr/qr_svg.h"

namespace care::billing {

using access_control::Record;
using base::Decimal;
using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

std::string WhyOf(const Record& item) {
  const int64_t ratio = shared::ExtensionValue(item.body, ext::kRatio).Int();
  const Decimal rate = shared::ExtensionDecimal(item.body, ext::kBenefitRate);
  if (ratio == 0) return "Ngoài phạm vi bảo hiểm, người bệnh tự trả.";
  std::string why = "Bảo hiểm trả " + rate.ToString() + "%";
  if (ratio < 100) why += " của " + std::to_string(ratio) + "% giá";
  return why + ".";
}

Json LineJson(const Record& item) {
  const auto amount = [&](std::string_view url) { return Json(shared::ExtensionDecimal(item.body, url)); };
  std::string code = shared::CodeIn(item["code"], code_system::kDrug);
  if (code.empty()) code = shared::CodeIn(item["code"], code_system::kService);
  return Json::Obj({{"code", code},
                    {"name", item["code"]["text"]},
                    {"group", shared::ExtensionValue(item.body, ext::kGroup).Int()},
                    {"quantity", item.body.At("quantity.value")},
                    {"unit", item.body.At("quantity.unit")},
                    {"unitPrice", item.body.At("priceOverride.value")},
                    {"amount", amount(ext::kAmount)},
                    {"insuredAmount", amount(ext::kInsuredAmount)},
                    {"ratio", shared::ExtensionValue(item.body, ext::kRatio).Int()},
                    {"benefitRate", amount(ext::kBenefitRate)},
                    {"fund", amount(ext::kFund)},
                    {"copay", amount(ext::kCopay)},
                    {"selfPay", amount(ext::kSelfPay)},
                    {"otherSource", amount(ext::kOtherSource)},
                    {"why", WhyOf(item)}});
}

base::Result<Json> QrFor(const Decimal& owed, const std::string& reference,
                         shared::Context& context) {
  const shared::BankAccount& bank = context.station.bank;
  if (owed.IsZero() || bank.account.empty()) return Json();
  TRY_ASSIGN(const int64_t amount, owed.ToInteger());
  exchange::payment_qr::PaymentQr qr;
  qr.bin = bank.bin;
  qr.account = bank.account;
  qr.dynamic = true;
  qr.amount = amount;
  qr.purpose = reference;
  TRY_ASSIGN(const std::string payload, exchange::payment_qr::Encode(qr));
  TRY_ASSIGN(const std::string svg, exchange::payment_qr::QrSvg(payload));
  return Json::Obj({{"payload", payload}, {"svg", svg}});
}

base::Result<Json> PaidJson(const Record& invoice, shared::Context& context) {
  if (invoice["status"].String() != "balanced") return Json();
  TRY_ASSIGN(const auto notices,
             context.record.SearchAll("PaymentNotice?request=" + invoice.Reference(), 5));
  if (notices.empty()) return Json();
  return Json::Obj({{"at", notices.front()["created"]},
                    {"method", shared::ExtensionText(notices.front().body, ext::kMethod)},
                    {"receipt", shared::IdentifierValue(notices.front().body, sid::kReceipt)}});
}

}  // namespace

base::Result<Json> ReadBill(const std::string& encounter_id, shared::Context& context) {
  TRY_ASSIGN(const Record invoice, context.record.Read("Invoice", InvoiceId(encounter_id)));
  TRY_ASSIGN(const auto items,
             context.record.SearchAll("ChargeItem?context=Encounter/" + encounter_id, 300));
  std::map<std::string, const Record*> by_reference;
  for (const Record& item : items) by_reference[item.Reference()] = &item;
  Json lines = Json::Arr();
  Decimal copay = 0;
  Decimal self_pay = 0;
  Decimal other = 0;
  for (const Json& entry : invoice["lineItem"].Items()) {
    const auto item = by_reference.find(shared::ReferenceOf(entry["chargeItemReference"]));
    if (item == by_reference.end()) continue;
    copay += shared::ExtensionDecimal(item->second->body, ext::kCopay);
    self_pay += shared::ExtensionDecimal(item->second->body, ext::kSelfPay);
    other += shared::ExtensionDecimal(item->second->body, ext::kOtherSource);
    lines.Push(LineJson(*item->second));
  }
  const Decimal owed = shared::ExtensionDecimal(invoice.body, ext::kPatientOwes);
  const std::string reference = shared::IdentifierValue(invoice.body, sid::kPaymentReference);
  TRY_ASSIGN(Json paid, PaidJson(invoice, context));
  Json qr;
  if (invoice["status"].String() == "issued") {
    TRY_ASSIGN(qr, QrFor(owed, reference, context));
  }
  return Json::Obj(
      {{"invoiceId", invoice.id()},
       {"visitId", encounter_id},
       {"lines", std::move(lines)},
       {"totals", Json::Obj({{"amount", invoice.body.At("totalGross.value")},
                             {"insuredAmount", shared::ExtensionDecimal(invoice.body, ext::kInsuredAmount)},
                             {"fund", shared::ExtensionDecimal(invoice.body, ext::kFund)},
                             {"copay", copay},
                             {"selfPay", self_pay},
                             {"otherSource", other},
                             {"owes", owed}})},
       {"benefit", Json::Obj({{"rate", shared::ExtensionDecimal(invoice.body, ext::kBenefitRate)},
                              {"why", shared::ExtensionText(invoice.body, ext::kBenefitReason)}})},
       {"reference", reference},
       {"status", invoice["status"]},
       {"qr", std::move(qr)},
       {"paid", std::move(paid)}});
}

base::Result<Json> ListInvoices(const std::string& status, shared::Context& context) {
  std::string query = "Invoice?_include=Invoice:patient" + std::string(shared::kPersonIncludes) +
                      "&_sort=-date&_count=300&date=ge" +
                      base::LocalMidnight(context.clock.Today().AddDays(status == "open" ? -7 : 0)).ToUtc();
  if (status == "open") query += "&status=issued";
  if (status == "paid") query += "&status=balanced";
  TRY_ASSIGN(const auto page, context.record.Search(query));
  const auto people = shared::PeopleAmong(page.included, context.clock.Today());
  Json items = Json::Arr();
  for (const Record& invoice : page.matches) {
    const auto patient = people.find(shared::PatientIdOf(invoice.body));
    if (patient == people.end()) continue;
    const Json visit = shared::ExtensionValue(invoice.body, ext::kEncounter);
    const std::string encounter_id = shared::ReferenceId(shared::ReferenceOf(visit));
    TRY_ASSIGN(const Record encounter, context.record.Read("Encounter", encounter_id));
    items.Push(Json::Obj(
        {{"invoiceId", invoice.id()},
         {"visitId", encounter_id},
         {"patient", shared::ToJson(patient->second)},
         {"ticket", shared::ExtensionText(encounter.body, ext::kTicket)},
         {"stage", shared::ExtensionText(encounter.body, ext::kStage)},
         {"total", invoice.body.At("totalGross.value")},
         {"fund", shared::ExtensionDecimal(invoice.body, ext::kFund)},
         {"owes", shared::ExtensionDecimal(invoice.body, ext::kPatientOwes)},
         {"status", invoice["status"]},
         {"reference", shared::IdentifierValue(invoice.body, sid::kPaymentReference)}}));
  }
  return Json::Obj({{"items", std::move(items)}, {"next", ""}});
}

base::Result<Json> ListKeptTransfers(shared::Context& context) {
  TRY_ASSIGN(const auto page,
             context.record.Search("PaymentReconciliation?status=active&_sort=-created&_count=200"));
  Json items = Json::Arr();
  for (const Record& kept : page.matches) {
    items.Push(Json::Obj({{"id", kept.id()},
                          {"at", kept["created"]},
                          {"amount", kept.body.At("paymentAmount.value")},
                          {"transfer", shared::IdentifierValue(kept.body, sid::kPayment)},
                          {"why", kept["disposition"]},
                          {"invoice", shared::ReferenceOf(kept["request"])}}));
  }
  return Json::Obj({{"items", std::move(items)}, {"next", ""}});
}

}  // namespace care::billing
