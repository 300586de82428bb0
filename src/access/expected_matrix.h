// For tests: what tests/access/ expects of the permission table and of the guard.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "access/permissions.h"

namespace access_control {

inline constexpr Interaction kInteractions[] = {
    Interaction::kRead,   Interaction::kVersionRead, Interaction::kHistory, Interaction::kSearch,
    Interaction::kCreate, Interaction::kUpdate,      Interaction::kPatch,   Interaction::kDelete};

// Lines of a file in tests/access/ without comments.
std::vector<std::string> DataLines(const std::string& name);
std::vector<std::string> Words(std::string_view text);
std::vector<fhir::model::ResourceType> EveryType();

// Role, "own" or "other", interaction, type.
using Cell = std::tuple<std::string, std::string, std::string, std::string>;
Cell MakeCell(Role role, Relation relation, Interaction interaction,
              fhir::model::ResourceType type);
// What expected_matrix.csv grants; every other cell is refused.
const std::set<Cell>& ExpectedCells();

}  // namespace access_control
