// The claims checker: table rules, links between tables, times, code lists and money, on a dossier
// built here or read from any file.
#pragma once

#include <vector>

#include "care/insurance/claim_catalogue.h"
#include "care/insurance/finding.h"
#include "exchange/insurance/dossier.h"

namespace care::insurance {

// `catalogue` may be null: its rules are then left out. Findings come in the order of tables.
std::vector<Finding> CheckDossier(const exchange::insurance::Dossier& dossier,
                                  const ClaimCatalogue* catalogue);
// The envelope and every dossier in it.
std::vector<Finding> CheckClaimFile(const exchange::insurance::ClaimFile& file,
                                    const ClaimCatalogue* catalogue);

}  // namespace care::insurance
