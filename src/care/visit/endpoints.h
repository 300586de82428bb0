// The routes of the visit room as data.
#pragma once

#include <vector>

#include "care/shared/endpoint.h"

namespace care::visit {

std::vector<shared::Endpoint> Endpoints();

}  // namespace care::visit
