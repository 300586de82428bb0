#include "care/billing/receive_payment.h"

#include <fmt/format.h>

#include "base/text.h"
#include "care/shared/events/events.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"
#include "exchange/payment_qr/purpose.h"

namespace care::billing {

using access_control::Change;
using access_control::Record;
using base::Decimal;
using base::Json;
using exchange::payment_webhook::BankTransfer;
namespace code_system = shared::code_system;
namespace ext = shared::ext;
namespace sid = shared::sid;

namespace {

struct Payment {
  Decimal amount;
  std::string method;      // cash, transfer
  std::string identifier;  // provider|id, or the receipt number for cash
  std::string at;
};

// The invoice becomes balanced, the payment is noted with its receipt, and a visit that only waited
// for the cashier is done.
base::Status Settle(Record invoice, const Payment& payment, Change& change,
                    shared::Context& context) {
  const base::Date today = context.clock.Today();
  TRY_ASSIGN(const int64_t number,
             shared::DrawNumber(context, change, fmt::format("receipt-{:04}", today.year)));
  const std::string receipt = fmt::format("BL{:02}-{:06}", today.year % 100, number);
  Json notice = Json::Obj({{"resourceType", "PaymentNotice"}, {"status", "active"}});
  shared::SetIdentifier(notice, sid::kReceipt, receipt);
  if (!payment.identifier.empty()) {
    shared::SetIdentifier(notice, sid::kPayment, payment.identifier);
  }
  notice.Set("request", shared::Reference(invoice.Reference()));
  notice.Set("created", context.clock.Now().ToLocal());
  notice.Set("payment", shared::Reference(invoice.Reference()));
  notice.Set("paymentDate", payment.at.substr(0, 10));
  notice.Set("recipient", shared::Reference("Organization/" + context.station.organization_id));
  notice.Set("amount", shared::VndMoney(payment.amount));
  notice.Set("paymentStatus",
             shared::Concept("http://terminology.hl7.org/CodeSystem/paymentstatus", "paid"));
  shared::SetExtension(notice, ext::kMethod, "valueCode", payment.method);
  change.Create(std::move(notice));

  const Json visit_reference = shared::ExtensionValue(invoice.body, ext::kEncounter);
  TRY_ASSIGN(Record encounter,
             context.record.ReadReference(shared::ReferenceOf(visit_reference)));
  change.Raise(std::string(shared::events::kInvoicePaid), shared::EventPayload(encounter.body));
  if (shared::StageOf(encounter.body) == shared::Stage::kWaitingCashier) {
    shared::SetStage(encounter.body, shared::Stage::kDone);
    change.Update(std::move(encounter));
  }
  invoice.body.Set("status", "balanced");
  shared::SetExtension(invoice.body, ext::kMethod, "valueCode", payment.method);
  change.Update(std::move(invoice));
  return base::Ok();
}

// Why a transfer cannot settle a bill by itself; "" when it can.
std::string Obstacle(const std::vector<Record>& invoices, const BankTransfer& transfer) {
  if (invoices.empty()) return "Không có phiếu thu nào mang mã này.";
  const Json& invoice = invoices.front().body;
  if (invoice["status"].String() == "balanced") return "Phiếu thu này đã thanh toán từ trước.";
  if (invoice["status"].String() != "issued") return "Phiếu thu này không còn hiệu lực.";
  const Decimal owed = shared::ExtensionDecimal(invoice, ext::kPatientOwes);
  if (owed != Decimal(transfer.amount)) {
    return "Số tiền chuyển khác số phải trả " + owed.ToString() + " ₫.";
  }
  return {};
}

// The webhook's journal: one document per transfer, whose id makes the second arrival a conflict.
std::string JournalId(const BankTransfer& transfer) {
  std::string id = "bank-" + std::string(Name(transfer.provider)) + "-";
  for (char c : transfer.id) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
    id += plain ? c : '.';
  }
  // FHIR ids have at most 64 characters; a longer or rewritten one keeps its hash.
  if (id.size() > 46 || id.find('.') != std::string::npos) {
    id = id.substr(0, 40) + "-" + fmt::format("{:016x}", base::StableHash(transfer.id));
  }
  return id;
}

Json MakeJournal(const BankTransfer& transfer, std::string_view raw_body, const std::string& outcome,
                 shared::Context& context) {
  Json journal = Json::Obj({{"resourceType", "DocumentReference"}, {"id", JournalId(transfer)}});
  journal.Set("status", "current");
  journal.Set("type", shared::Concept(code_system::kDocument, "bank-transfer"));
  journal.Set("date", context.clock.Now().ToLocal());
  journal.Set("description", outcome);
  journal.Set("content",
              Json::Arr({Json::Obj({{"attachment",
                                     Json::Obj({{"contentType", "application/json"},
                                                {"data", base::ToBase64(raw_body)}})}})}));
  return journal;
}

Json MakeReconciliation(const BankTransfer& transfer, const std::string& why,
                        const std::vector<Record>& invoices, shared::Context& context) {
  Json kept = Json::Obj({{"resourceType", "PaymentReconciliation"},
                         {"id", "kept-" + JournalId(transfer).substr(5)}});
  shared::SetIdentifier(kept, sid::kPayment,
                        std::string(Name(transfer.provider)) + "|" + transfer.id);
  kept.Set("status", "active");
  kept.Set("created", context.clock.Now().ToLocal());
  kept.Set("outcome", invoices.empty() ? "error" : "partial");
  kept.Set("disposition", why);
  kept.Set("paymentDate", transfer.at.LocalDate().ToIso());
  kept.Set("paymentAmount", shared::VndMoney(Decimal(transfer.amount)));
  if (!invoices.empty()) kept.Set("request", shared::Reference(invoices.front().Reference()));
  return kept;
}

base::Result<TransferOutcome> Attempt(const BankTransfer& transfer, std::string_view raw_body,
                                      shared::Context& context) {
  const auto seen = context.record.Read("DocumentReference", JournalId(transfer));
  if (seen.ok()) return TransferOutcome::kSeenBefore;
  if (seen.error().code != base::ErrorCode::kNotFound) return seen.error();
  std::vector<Record> invoices;
  if (const auto reference = exchange::payment_qr::FindPurpose(transfer.content)) {
    TRY_ASSIGN(invoices, context.record.SearchAll("Invoice?identifier=" +
                                                      std::string(sid::kPaymentReference) + "|" +
                                                      *reference,
                                                  5));
  }
  const std::string obstacle = Obstacle(invoices, transfer);
  Change change = context.record.NewChange();
  change.Create(MakeJournal(transfer, raw_body, obstacle.empty() ? "paid" : obstacle, context));
  if (obstacle.empty()) {
    TRY(Settle(invoices.front(),
               {Decimal(transfer.amount), "transfer",
                std::string(Name(transfer.provider)) + "|" + transfer.id, transfer.at.ToLocal()},
               change, context));
  } else {
    change.Create(MakeReconciliation(transfer, obstacle, invoices, context));
  }
  TRY(context.record.Commit(std::move(change)));
  return obstacle.empty() ? TransferOutcome::kPaid : TransferOutcome::kKeptForPerson;
}

}  // namespace

base::Result<Record> ReceiveCash(const std::string& invoice_id, const Decimal& amount,
                                 shared::Context& context) {
  return access_control::RetryOnConflict([&]() -> base::Result<Record> {
    TRY_ASSIGN(Record invoice, context.record.Read("Invoice", invoice_id));
    if (invoice["status"].String() != "issued") {
      return base::Unprocessable("Phiếu thu này đã thanh toán hoặc không còn hiệu lực.");
    }
    const Decimal owed = shared::ExtensionDecimal(invoice.body, ext::kPatientOwes);
    if (amount != owed) {
      return base::Unprocessable("Phải thu đúng " + owed.ToString() + " ₫.", "amount");
    }
    Change change = context.record.NewChange();
    TRY(Settle(std::move(invoice), {amount, "cash", "", context.clock.Now().ToLocal()}, change,
               context));
    TRY(context.record.Commit(std::move(change)));
    return context.record.Read("Invoice", invoice_id);
  });
}

base::Result<TransferOutcome> ReceiveTransfer(const BankTransfer& transfer,
                                              std::string_view raw_body,
                                              shared::Context& context) {
  if (transfer.direction == exchange::payment_webhook::Direction::kOut) {
    return TransferOutcome::kIgnored;
  }
  return access_control::RetryOnConflict([&] { return Attempt(transfer, raw_body, context); }, 10);
}

}  // namespace care::billing
