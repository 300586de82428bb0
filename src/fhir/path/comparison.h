// Equality, equivalence and order of values. https://hl7.org/fhirpath/N1/#equality
#pragma once

#include <compare>
#include <optional>
#include <unordered_map>

#include "base/result.h"
#include "fhir/path/evaluator.h"
#include "fhir/path/value.h"

namespace fhir::path {

// Nothing = cannot be told (dates of different precision, incomparable quantities).
std::optional<bool> Equal(const Value& a, const Value& b);
bool Equivalent(const Value& a, const Value& b);
// Equal values have equal hashes.
size_t HashForEquality(const Value& value);

// Of whole collections, in order and in any order; work is charged to the evaluator.
base::Result<std::optional<bool>> EqualCollections(const Collection& a, const Collection& b, Evaluator& evaluator);
base::Result<bool> EquivalentCollections(const Collection& a, const Collection& b, Evaluator& evaluator);

// Nothing = cannot be told; an error for types that have no order between them.
base::Result<std::optional<std::strong_ordering>> Order(const Value& a, const Value& b);

// Both in one unit, for sums and order; nothing if they measure different things.
std::optional<std::strong_ordering> OrderQuantities(const Quantity& a, const Quantity& b);
bool Comparable(const Quantity& a, const Quantity& b);

// A set by equality; keeps the order of first arrival.
class DistinctValues {
 public:
  explicit DistinctValues(Evaluator& evaluator) : evaluator_(evaluator) {}
  // True if it was new.
  base::Result<bool> Add(const Value& value);
  base::Result<bool> Contains(const Value& value);
  Collection Take() { return std::move(values_); }

 private:
  Evaluator& evaluator_;
  Collection values_;
  std::unordered_multimap<size_t, size_t> by_hash_;
};

}  // namespace fhir::path
