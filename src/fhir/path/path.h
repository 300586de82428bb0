// FHIRPath: expressions compiled once and run on documents, any number of times and from any thread.
// https://hl7.org/fhirpath/N1/ and https://hl7.org/fhir/R4/fhirpath.html
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "fhir/model/document.h"
#include "fhir/path/value.h"

namespace fhir::path {

// What an expression may ask of the world around it. Everything is optional.
struct Environment {
  // %resource and %rootResource (and %context is the focus); unset = the root of the focus' document.
  model::Node resource = {};
  model::Node root_resource = {};
  // now(), today(), timeOfDay(), in Vietnamese time. Unset: these functions fail.
  std::optional<base::Instant> now = std::nullopt;
  int offset_minutes = 7 * 60;

  // Finds the target of a reference ("Patient/1", a URL) that is neither contained nor in the same
  // bundle; missing = not found. Its document must outlive the results. Without a resolver
  // `resolve() is Patient` still works, from the text of the reference alone.
  std::function<model::Node(std::string_view reference)> resolve = {};
  // Is this code, Coding or CodeableConcept in the value set? Nothing = cannot tell.
  std::function<std::optional<bool>(const Value& value, std::string_view value_set)> member_of = {};
  // Does the value conform to the profile? Nothing = profile unknown, which is an error.
  std::function<std::optional<bool>(const Value& value, std::string_view profile)> conforms_to = {};
  std::function<void(std::string_view name, const Collection& values)> trace = {};
  // %name beyond the standard ones.
  std::vector<std::pair<std::string, Collection>> variables = {};

  // Work that one evaluation may do before it is stopped (kTooLarge): values produced or compared.
  size_t max_steps = 5'000'000;
};

class Expression {
 public:
  // kInvalid with the reason (position and what was expected) in `message`; kTooLarge for hostile
  // length or nesting.
  static base::Result<Expression> Compile(std::string_view text);

  // Strict mode: kInvalid if the expression, run on a focus of this type, names an element that the
  // type cannot have (`name.given1`), another resource than the focus (`Encounter.name` on a Patient)
  // or a choice by its JSON name (`valueQuantity`). Says yes where types are only known at run time.
  base::Status CheckNames(model::TypeId focus) const;

  // Elements in the result belong to the focus' document and are valid as long as it lives.
  base::Result<Collection> Evaluate(model::Node focus, const Environment& environment = {}) const;
  base::Result<Collection> Evaluate(const Value& focus, const Environment& environment = {}) const;
  // No focus: the empty collection.
  base::Result<Collection> Evaluate(const Environment& environment) const;
  // As invariants want it: one boolean; empty counts as true, for ref-1 and others come out empty
  // where what they speak of is not there.
  base::Result<bool> Holds(const Value& focus, const Environment& environment = {}) const;

  const std::string& text() const;

 private:
  struct Compiled;
  explicit Expression(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;  // immutable; copies of an expression share it
};

// A JSON array with one item for each value.
std::string ToJsonText(const Collection& values);

}  // namespace fhir::path
