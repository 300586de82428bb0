#include "fhir/validation/bindings.h"

#include <algorithm>

namespace fhir::validation {

using model::Node;
using model::TypeId;
using model::ValueSetCode;

namespace {

bool Holds(std::span<const ValueSetCode> codes, std::string_view code, std::string_view system) {
  auto found = std::ranges::lower_bound(codes, code, {}, &ValueSetCode::code);
  for (; found != codes.end() && found->code == code; ++found) {
    if (system.empty() || model::CodeSystemUrl(*found) == system) return true;
  }
  return false;
}

bool CodingFits(std::span<const ValueSetCode> codes, const Node& coding) {
  return Holds(codes, coding["code"].text(), coding["system"].text());
}

}  // namespace

std::string BindingProblem(const model::ElementInfo& element, TypeId type, const Node& value) {
  const auto codes = model::BoundCodes(element);
  if (codes.empty()) return {};
  bool fits = true;
  if (type == TypeId::kCodeableConcept) {
    const Node codings = value["coding"];
    // At least one coding must be of the set.
    fits = std::any_of(codings.begin(), codings.end(), [&](const Node& coding) { return CodingFits(codes, coding); });
  } else if (type == TypeId::kCoding) {
    fits = CodingFits(codes, value);
  } else if (type == TypeId::kCode || type == TypeId::kString || type == TypeId::kUri) {
    fits = Holds(codes, value.text(), "");
  }
  if (fits) return {};
  return "Mã không thuộc bộ giá trị bắt buộc " + std::string(model::BoundValueSet(element)) + ".";
}

}  // namespace fhir::validation
