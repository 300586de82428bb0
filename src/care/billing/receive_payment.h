// Money comes in: cash at the desk, or a bank transfer reported by a signed webhook.
#pragma once

#include <string>
#include <string_view>

#include "access/record_scope.h"
#include "base/decimal.h"
#include "base/result.h"
#include "care/shared/endpoint.h"
#include "exchange/payment_webhook/bank_transfer.h"

namespace care::billing {

// kUnprocessable unless the amount is exactly what is owed; kConflict when it is paid already.
base::Result<access_control::Record> ReceiveCash(const std::string& invoice_id,
                                                 const base::Decimal& amount,
                                                 shared::Context& context);

enum class TransferOutcome {
  kPaid,          // matched an open bill exactly
  kKeptForPerson, // no bill, another amount, or paid already: a PaymentReconciliation says why
  kSeenBefore,    // this transfer was handled; nothing changes
  kIgnored,       // money going out
};

// Idempotent on the provider's id, whatever the order and however often (vietnam.md §8.2, Tram rule:
// never auto-confirm partial or late payments). `raw_body` is kept as it came.
base::Result<TransferOutcome> ReceiveTransfer(
    const exchange::payment_webhook::BankTransfer& transfer, std::string_view raw_body,
    shared::Context& context);

}  // namespace care::billing
