// Papers the patient takes home, as HTML made from the record: prescription, summary, orders.
#pragma once

#include <string>

#include "base/json.h"
#include "base/result.h"
#include "care/shared/endpoint.h"

namespace care::visit {

// {title, html}; `what` = prescription | summary | orders, else kNotFound.
base::Result<base::Json> PrintPaper(const std::string& encounter_id, const std::string& what,
                                    shared::Context& context);

// Text made safe inside HTML.
std::string EscapeHtml(std::string_view text);

}  // namespace care::visit
