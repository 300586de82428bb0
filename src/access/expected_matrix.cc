#include "access/expected_matrix.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/text.h"

namespace access_control {

using fhir::model::ResourceType;

std::vector<std::string> DataLines(const std::string& name) {
  const char* root = std::getenv("TRAM_SOURCE_DIR");
  std::ifstream file(std::string(root == nullptr ? "." : root) + "/tests/access/" + name);
  EXPECT_TRUE(file.is_open()) << name;
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.front() != '#') lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> Words(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::vector<ResourceType> EveryType() {
  std::vector<ResourceType> types;
  for (int value = 0; value <= static_cast<int>(ResourceType::kVisionPrescription); ++value) {
    types.push_back(static_cast<ResourceType>(value));
  }
  return types;
}

Cell MakeCell(Role role, Relation relation, Interaction interaction, ResourceType type) {
  return {std::string(Name(role)), relation == Relation::kOwnStation ? "own" : "other",
          std::string(Name(interaction)), std::string(Name(type))};
}

namespace {

std::set<std::string> TypesOf(std::string_view words) {
  std::set<std::string> types;
  for (const std::string& word : Words(words)) {
    if (word == "*") {
      for (const ResourceType type : EveryType()) types.emplace(Name(type));
    } else if (word.front() == '-') {
      EXPECT_EQ(types.erase(word.substr(1)), 1u) << word;
    } else {
      EXPECT_TRUE(fhir::model::ParseResourceType(word).has_value()) << word;
      types.insert(word);
    }
  }
  return types;
}

std::set<Cell> ReadCells() {
  std::set<Cell> cells;
  for (const std::string& line : DataLines("expected_matrix.csv")) {
    const auto columns = base::Split(line, ',');
    EXPECT_EQ(columns.size(), 4u) << line;
    if (columns.size() != 4) continue;
    for (const std::string& type : TypesOf(columns[3])) {
      for (const std::string& interaction : Words(columns[2])) {
        cells.emplace(columns[0], columns[1], interaction, type);
        if (interaction == "update") cells.emplace(columns[0], columns[1], "patch", type);
      }
    }
  }
  return cells;
}

}  // namespace

const std::set<Cell>& ExpectedCells() {
  static const std::set<Cell> cells = ReadCells();
  return cells;
}

}  // namespace access_control
