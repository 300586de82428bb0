// The routes of the pharmacy as data.
#pragma once

#include <vector>

#include "care/shared/endpoint.h"

namespace care::pharmacy {

std::vector<shared::Endpoint> Endpoints();

}  // namespace care::pharmacy
