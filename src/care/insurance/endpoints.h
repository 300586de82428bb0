// The routes of the insurance room as data. The file download is bound apart: it is not JSON.
#pragma once

#include <vector>

#include "care/shared/endpoint.h"

namespace care::insurance {

std::vector<shared::Endpoint> Endpoints();

}  // namespace care::insurance
