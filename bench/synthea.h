// The Synthea bundles of the shared data folder, parsed.
#pragma once

#include <string>
#include <vector>

#include "fhir/model/document.h"

namespace bench {

// One vector per file, references "urn:uuid:…" made literal. Empty without the folder
// (TRAM_SHARED/data/synthea). At most `files` of them.
std::vector<std::vector<fhir::model::DocumentPtr>> LoadSynthea(const std::string& shared,
                                                               size_t files);
// The same with every id and reference to one given another suffix: for stores of any size.
std::vector<fhir::model::DocumentPtr> Replicate(
    const std::vector<fhir::model::DocumentPtr>& documents, int copy);

}  // namespace bench
