// The bill as cashier and patient see it: every line with its why, and the QR code for what is owed.
#pragma once

#include <string>

#include "base/json.h"
#include "base/result.h"
#include "care/shared/endpoint.h"

namespace care::billing {

// Shapes: docs/api.md, Cashier.
base::Result<base::Json> ReadBill(const std::string& encounter_id, shared::Context& context);
base::Result<base::Json> ListInvoices(const std::string& status, shared::Context& context);
base::Result<base::Json> ListKeptTransfers(shared::Context& context);
// {number, html}; kNotFound until something was paid.
base::Result<base::Json> ReadReceipt(const std::string& invoice_id, shared::Context& context);

}  // namespace care::billing
