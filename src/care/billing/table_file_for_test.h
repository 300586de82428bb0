// Reads a behaviour table of tests/tables: comma separated, '#' lines are comments.
#pragma once

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "base/text.h"

namespace care::billing {

inline std::vector<std::vector<std::string>> ReadTableFile(const std::string& name) {
  const char* source = std::getenv("TRAM_SOURCE_DIR");
  std::ifstream file(std::string(source == nullptr ? "." : source) + "/tests/tables/" + name);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> cells;
    for (const auto cell : base::Split(line, ',')) cells.emplace_back(cell);
    rows.push_back(std::move(cells));
  }
  return rows;
}

}  // namespace care::billing
