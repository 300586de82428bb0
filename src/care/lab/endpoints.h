// The routes of the laboratory as data.
#pragma once

#include <vector>

#include "care/shared/endpoint.h"

namespace care::lab {

std::vector<shared::Endpoint> Endpoints();

}  // namespace care::lab
