// What the station head sees: every closed visit's dossier, its findings and its duty to be sent.
#pragma once

#include <string>

#include "base/json.h"
#include "base/result.h"
#include "care/insurance/build_dossier.h"
#include "care/shared/endpoint.h"

namespace care::insurance {

// `state` = ready | has_errors | sent | "" ; shapes: docs/api.md, Insurance.
base::Result<base::Json> ListClaims(const std::string& state, base::Date day,
                                    shared::Context& context);
base::Result<base::Json> ClaimJson(const std::string& encounter_id, const BuiltDossier& built,
                                   shared::Context& context);
base::Json FindingsJson(const std::vector<Finding>& findings);

}  // namespace care::insurance
