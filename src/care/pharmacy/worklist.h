// What the pharmacist sees: signed prescriptions waiting, with the lots to take; and the shelf.
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "care/shared/endpoint.h"

namespace care::pharmacy {

// Shapes: docs/api.md, Pharmacy.
base::Result<base::Json> Worklist(shared::Context& context);
base::Result<base::Json> StockList(const std::string& text, bool only_warnings,
                                   shared::Context& context);
base::Json ToJson(const struct Lot& lot);

}  // namespace care::pharmacy
