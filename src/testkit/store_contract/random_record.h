// Seeded random resources and searches over them, small pools of values so that searches meet.
#pragma once

#include <string>
#include <vector>

#include "base/random.h"

namespace testkit {

class RandomRecord {
 public:
  explicit RandomRecord(uint64_t seed) : random_(seed) {}

  // A resource of one of a dozen types as JSON; ids repeat, so some are updates.
  std::string Resource();
  std::string Reference();  // "Patient/p3", of a resource that may exist
  std::string Query();

 private:
  std::string Pick(const std::vector<std::string>& from);
  int Below(int bound) { return static_cast<int>(random_.Below(static_cast<uint64_t>(bound))); }
  bool Chance(int percent) { return Below(100) < percent; }
  std::string Date();
  std::string Moment();
  std::string Period();
  std::string ReferenceTo(const std::string& type);
  std::string Name();
  std::string Concept();
  std::string Quantity();
  std::string Clause(const std::string& type, int depth);
  std::string Value(const std::string& kind);

  base::SeededRandom random_;
};

}  // namespace testkit
