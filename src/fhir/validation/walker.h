// Walks a resource along its definitions; the other checks hang on it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fhir/model/definitions.h"
#include "fhir/model/document.h"
#include "fhir/validation/place.h"
#include "fhir/validation/validator.h"

namespace fhir::validation {

// One element with what is known about it. `element` is null for the root.
struct Visit {
  model::Node value;
  model::Node shadow;
  model::TypeId type;
  const model::ElementInfo* element;
  const Place* place;
};

class Walker {
 public:
  explicit Walker(const Options& options) : options_(options) {}

  std::vector<Issue> Walk(const model::Document& document);

 private:
  // The resource around an element and the one that contains it: %resource and %rootResource.
  struct Scope {
    model::Node resource;
    model::Node root;
  };

  void VisitResource(const model::Node& node, const Place& place, const model::Node& root,
                     const model::ElementInfo* element);
  void VisitObject(const model::Node& node, model::TypeId type, const Place& place, const Scope& scope);
  void VisitMembers(const model::Node& node, model::TypeId type, const Place& place, const Scope& scope);
  void CheckCardinality(const model::Node& node, model::TypeId type, const Place& place);
  void VisitElement(const model::Node& value, const model::Node& shadow, const model::Member& member,
                    const Place& place, const Scope& scope);
  void VisitItem(const Visit& visit, const Scope& scope);
  void VisitPrimitive(const Visit& visit, const Scope& scope);
  void CheckReference(const Visit& visit);
  void CheckInvariants(const Visit& visit, const Scope& scope);

  void Report(IssueCode code, const Place& place, std::string text, Severity severity = Severity::kError);
  bool Full() const { return issues_.size() >= options_.max_issues; }

  const Options& options_;
  std::vector<Issue> issues_;
};

}  // namespace fhir::validation
