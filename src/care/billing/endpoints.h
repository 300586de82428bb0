// The routes of the cashier as data. The bank's webhooks are bound apart: they need the raw body.
#pragma once

#include <vector>

#include "care/shared/endpoint.h"

namespace care::billing {

std::vector<shared::Endpoint> Endpoints();

}  // namespace care::billing
