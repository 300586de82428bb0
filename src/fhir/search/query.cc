#include "fhir/search/query.h"

namespace fhir::search {

std::string_view Name(Prefix prefix) {
  switch (prefix) {
    case Prefix::kEq: return "eq";
    case Prefix::kNe: return "ne";
    case Prefix::kGt: return "gt";
    case Prefix::kLt: return "lt";
    case Prefix::kGe: return "ge";
    case Prefix::kLe: return "le";
    case Prefix::kSa: return "sa";
    case Prefix::kEb: return "eb";
    case Prefix::kAp: return "ap";
  }
  return "";
}

std::string_view Name(Modifier modifier) {
  switch (modifier) {
    case Modifier::kNone:
    case Modifier::kType: return "";
    case Modifier::kMissing: return "missing";
    case Modifier::kExact: return "exact";
    case Modifier::kContains: return "contains";
    case Modifier::kText: return "text";
    case Modifier::kNot: return "not";
    case Modifier::kIn: return "in";
    case Modifier::kNotIn: return "not-in";
    case Modifier::kAbove: return "above";
    case Modifier::kBelow: return "below";
    case Modifier::kOfType: return "of-type";
    case Modifier::kIdentifier: return "identifier";
  }
  return "";
}

}  // namespace fhir::search
