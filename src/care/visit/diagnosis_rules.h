// What TT 06/2026/TT-BYT says about a code as main diagnosis or comorbidity of this patient.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "care/shared/catalogue/catalogue.h"

namespace care::visit {

enum class DiagnosisProblem {
  kNotMain,          // column 24: refused as main diagnosis
  kDiscouragedMain,  // column 25: asked about as main diagnosis
  kFinerCode,        // column 26: a 4- or 5-character code exists
  kDeathOnly,        // column 27
  kWrongSex,         // columns 28 and 29
};
std::string_view Name(DiagnosisProblem problem);  // "not_main", … as in docs/api.md
std::string_view Text(DiagnosisProblem problem);  // Vietnamese
// Whether the doctor may close the visit all the same (columns 25, 28, 29 say "only or mainly").
bool MayOverride(DiagnosisProblem problem);

std::vector<DiagnosisProblem> ProblemsOf(const shared::Diagnosis& diagnosis, bool main,
                                         std::string_view gender, bool died);

}  // namespace care::visit
