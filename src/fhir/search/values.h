// The values of a search parameter in a document, read apart by what searching compares: tokens,
// texts, ranges of time and number, references. Index rows and the literal matcher share this.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/model/document.h"
#include "fhir/search/index_entries.h"
#include "fhir/search/parameter_tables.h"

namespace fhir::search {

using ValueVisitor = std::function<void(model::Node, Datatype)>;

// Calls `visit` for each value of a parameter that is not a composite, in document order.
void VisitValues(const model::Document& document, const TypedParameter& parameter,
                 const ValueVisitor& visit);
// The values at `paths`, from `start` on.
void VisitValues(model::Node start, std::span<const ValuePath> paths, const ValueVisitor& visit);
// Each place where the parts of a composite stand together.
void VisitElements(const model::Document& document, const CompositeElement& element,
                   const std::function<void(model::Node)>& visit);

// Views live as long as the document.
struct TokenAtom {
  std::string_view system;  // "" = none
  std::string_view code;
};
std::vector<TokenAtom> TokensOf(model::Node value, Datatype datatype);
// What :text looks at: CodeableConcept.text, Coding.display, Identifier.type.text.
std::vector<std::string_view> TokenTextsOf(model::Node value, Datatype datatype);
// For :of-type: "type system|type code" of an Identifier, each with its value.
struct TypedIdentifier {
  std::string type_code;
  std::string_view value;
};
std::vector<TypedIdentifier> TypedIdentifiersOf(model::Node value, Datatype datatype);

// Texts as written. `words`: a search may start at any word of it, not only at the first.
struct TextAtom {
  std::string text;
  bool words = false;
  bool made = false;  // put together from parts: not what anybody wrote, so not for :exact
};
std::vector<TextAtom> TextsOf(model::Node value, Datatype datatype);

struct TimeRange {
  int64_t low = kMinMillis;
  int64_t high = kMaxMillis;
};
std::optional<TimeRange> TimesOf(model::Node value, Datatype datatype);
// date, dateTime, instant and what people type into a search: "2026", "2026-11",
// "2026-11-21T07:05", with or without a time zone (without: Vietnamese local time).
std::optional<TimeRange> ParseTimeRange(std::string_view text);

struct NumberAtom {
  double low = 0;
  double high = 0;
  std::string_view system;
  std::string_view code;
  std::string_view unit;
};
std::optional<NumberAtom> NumberOf(model::Node value, Datatype datatype);

// The resource or address a Reference, canonical or uri means. `identifier` is
// Reference.identifier, if there is one.
struct ReferenceAtom {
  Reference target;
  model::Node identifier;
};
std::optional<ReferenceAtom> ReferenceOf(model::Node value, Datatype datatype);
// "Patient/1", "Patient/1/_history/2", "https://…", "urn:uuid:…".
Reference ParseReference(std::string_view text);

}  // namespace fhir::search
