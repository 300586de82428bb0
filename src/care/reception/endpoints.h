// The routes of reception as data.
#pragma once

#include <vector>

#include "care/shared/endpoint.h"

namespace care::reception {

std::vector<shared::Endpoint> Endpoints();

}  // namespace care::reception
