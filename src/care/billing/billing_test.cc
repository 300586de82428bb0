#include <gtest/gtest.h>

#include "care/billing/bill_view.h"
#include "care/billing/price_visit.h"
#include "care/billing/receive_payment.h"
#include "care/shared/catalogue/catalogue.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"
#include "testkit/test_station.h"

namespace care::billing {
namespace {

using access_control::Record;
using access_control::Role;
using base::Decimal;
using base::Json;
using exchange::payment_webhook::BankTransfer;

class Till : public testing::Test {
 protected:
  shared::Context context(Role role = Role::kCashier) { return station_.ContextOf(role, *catalogue_); }

  Record AddClosedVisit(bool insured, const char* at = "2026-11-21T08:30:00+07:00") {
    const Record patient = station_.AddPatient("Nguyễn Thị Hà");
    if (insured) {
      Json coverage = Json::Obj({{"resourceType", "Coverage"}, {"status", "active"}});
      shared::SetIdentifier(coverage, shared::sid::kInsuranceCard, "GD4010123456789");
      coverage.Set("beneficiary", shared::Reference(patient.Reference()));
      coverage.Set("payor", Json::Arr({Json::Obj({{"display", "BHXH"}})}));
      coverage.Set("period", Json::Obj({{"start", "2025-01-01"}}));
      shared::SetExtension(coverage, shared::ext::kBenefitLevel, "valueCode", "4");
      station_.Add(std::move(coverage));
    }
    Json encounter = Json::Obj({{"resourceType", "Encounter"}, {"status", "finished"}});
    encounter.Set("class", shared::Coding(shared::code_system::kActClass, "AMB"));
    encounter.Set("subject", shared::Reference(patient.Reference()));
    encounter.Set("participant", Json::Arr({Json::Obj({{"individual", shared::Reference("Practitioner/d", "Bác sĩ")}})}));
    encounter.Set("period", Json::Obj({{"start", at}, {"end", at}}));
    shared::SetExtension(encounter, shared::ext::kEligibility, "valueCode", insured ? "1.2" : "9");
    shared::SetStage(encounter, shared::Stage::kWaitingCashier);
    return station_.Add(std::move(encounter));
  }

  Record Bill(const Record& visit) {
    auto cashier = context(Role::kSystem);
    auto invoice = IssueBill(visit.id(), cashier);
    EXPECT_TRUE(invoice.ok()) << invoice.error().message << invoice.error().detail;
    return *invoice;
  }

  BankTransfer Transfer(const Record& invoice, int64_t amount, const char* id = "92704") {
    BankTransfer transfer;
    transfer.id = id;
    transfer.amount = amount;
    transfer.content = "MBVCB 123 " + shared::IdentifierValue(invoice.body, shared::sid::kPaymentReference) + " chuyen tien";
    transfer.at = station_.clock.Now();
    return transfer;
  }

  base::Result<TransferOutcome> Report(const BankTransfer& transfer) {
    auto bank = context(Role::kSystem);
    return ReceiveTransfer(transfer, R"({"raw":true})", bank);
  }

  int64_t Owed(const Record& invoice) {
    return *shared::ExtensionDecimal(invoice.body, shared::ext::kPatientOwes).ToInteger();
  }

  testkit::TestStation station_;
  std::shared_ptr<const shared::Catalogue> catalogue_ = shared::StarterCatalogue();
};

TEST_F(Till, AStationPaysTheInsuredInFull) {
  const Record visit = AddClosedVisit(true);
  const Record invoice = Bill(visit);
  EXPECT_EQ(Owed(invoice), 0);
  EXPECT_EQ(invoice["status"].String(), "balanced");
  EXPECT_EQ(shared::StageOf(station_.Get(visit.Reference()).body), shared::Stage::kDone);
  EXPECT_EQ(station_.All("ChargeItem").size(), 1U);
}

TEST_F(Till, ThePriceIsTheOneOfTheDayTheVisitEnded) {
  EXPECT_EQ(Owed(Bill(AddClosedVisit(false, "2026-06-30T09:00:00+07:00"))), 36500);
  EXPECT_EQ(Owed(Bill(AddClosedVisit(false, "2026-07-01T09:00:00+07:00"))), 39500);
}

TEST_F(Till, PricingAgainChangesNothing) {
  const Record visit = AddClosedVisit(false);
  const Record first = Bill(visit);
  const Record second = Bill(visit);
  EXPECT_EQ(Owed(first), Owed(second));
  EXPECT_EQ(shared::IdentifierValue(first.body, shared::sid::kPaymentReference),
            shared::IdentifierValue(second.body, shared::sid::kPaymentReference));
  EXPECT_EQ(station_.All("ChargeItem").size(), 1U);
}

TEST_F(Till, CashMustBeExactAndIsTakenOnce) {
  const Record invoice = Bill(AddClosedVisit(false));
  auto cashier = context();
  EXPECT_EQ(ReceiveCash(invoice.id(), Owed(invoice) - 1, cashier).error().field, "amount");
  ASSERT_TRUE(ReceiveCash(invoice.id(), Owed(invoice), cashier).ok());
  EXPECT_FALSE(ReceiveCash(invoice.id(), Owed(invoice), cashier).ok());
  EXPECT_EQ(station_.All("PaymentNotice").size(), 1U);
  const auto receipt = ReadReceipt(invoice.id(), cashier);
  ASSERT_TRUE(receipt.ok()) << receipt.error().message;
  EXPECT_EQ((*receipt)["number"].String(), "BL26-000001");
}

TEST_F(Till, ATransferReportedTwentyTimesPaysOnce) {
  const Record invoice = Bill(AddClosedVisit(false));
  const BankTransfer transfer = Transfer(invoice, Owed(invoice));
  ASSERT_EQ(*Report(transfer), TransferOutcome::kPaid);
  for (int i = 0; i < 19; ++i) EXPECT_EQ(*Report(transfer), TransferOutcome::kSeenBefore);
  EXPECT_EQ(station_.All("PaymentNotice").size(), 1U);
  EXPECT_EQ(station_.Get(invoice.Reference())["status"].String(), "balanced");
}

TEST_F(Till, WrongAmountsLateAndUnknownTransfersAreKeptForAPerson) {
  const Record invoice = Bill(AddClosedVisit(false));
  EXPECT_EQ(*Report(Transfer(invoice, Owed(invoice) - 1000, "1")), TransferOutcome::kKeptForPerson);
  EXPECT_EQ(station_.Get(invoice.Reference())["status"].String(), "issued");
  EXPECT_EQ(*Report(Transfer(invoice, Owed(invoice), "2")), TransferOutcome::kPaid);
  EXPECT_EQ(*Report(Transfer(invoice, Owed(invoice), "3")), TransferOutcome::kKeptForPerson);
  BankTransfer unknown = Transfer(invoice, 5000, "4");
  unknown.content = "tien an trua";
  EXPECT_EQ(*Report(unknown), TransferOutcome::kKeptForPerson);
  BankTransfer outgoing = Transfer(invoice, 5000, "5");
  outgoing.direction = exchange::payment_webhook::Direction::kOut;
  EXPECT_EQ(*Report(outgoing), TransferOutcome::kIgnored);
  auto cashier = context();
  EXPECT_EQ((*ListKeptTransfers(cashier))["items"].size(), 3U);
}

TEST_F(Till, TheBillShowsAQrCodeForWhatIsOwed) {
  const Record visit = AddClosedVisit(false);
  Bill(visit);
  auto cashier = context();
  const auto bill = ReadBill(visit.id(), cashier);
  ASSERT_TRUE(bill.ok()) << bill.error().message;
  EXPECT_TRUE(bill->At("qr.payload").String().starts_with("000201010212"));
  EXPECT_TRUE(bill->At("qr.svg").String().starts_with("<svg"));
  EXPECT_EQ(bill->At("lines.0.why").String(), "Ngoài phạm vi bảo hiểm, người bệnh tự trả.");
  const auto list = ListInvoices("open", cashier);
  ASSERT_TRUE(list.ok()) << list.error().message;
  EXPECT_EQ((*list)["items"].size(), 1U);
}

}  // namespace
}  // namespace care::billing
