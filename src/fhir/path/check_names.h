// Strict mode: follows the types that a path can have and finds names that none of them knows.
#pragma once

#include "base/result.h"
#include "fhir/path/program.h"

namespace fhir::path {

base::Status CheckProgramNames(const Program& program, model::TypeId focus);

}  // namespace fhir::path
