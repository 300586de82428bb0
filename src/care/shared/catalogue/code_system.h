// The storage form of an edition: FHIR CodeSystem resources, one concept for each row with its
// cells as properties, split where a resource would outgrow the limits contract.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "care/shared/catalogue/list_schema.h"
#include "care/shared/catalogue/table.h"

namespace care::shared {

// One import of one list. From `valid_from` on it takes the place of every edition before it.
struct Edition {
  ListKind kind = ListKind::kIcd10;
  base::Date valid_from;
  std::string source;  // where it came from: a decision, a file name, "starter"
  Table table;
};

// Concept code = the row's key ("A09.0"; several key columns joined by '|'); where several rows
// share a key, all but the last valid get "@<valid_from>" behind it, since codes are unique in a
// CodeSystem. Each resource names its part in `version` ("2026-07-01.1") and holds its share of the
// edition.
std::vector<base::Json> ToCodeSystems(const Edition& edition);

// All CodeSystems of a store in any order, foreign ones ignored, back to editions in order of time.
base::Result<std::vector<Edition>> FromCodeSystems(const std::vector<base::Json>& resources);

}  // namespace care::shared
