// The routes by which screens pick from the catalogue.
#pragma once

#include <vector>

#include "care/shared/endpoint.h"

namespace care::visit {

std::vector<shared::Endpoint> CatalogueEndpoints();

}  // namespace care::visit
