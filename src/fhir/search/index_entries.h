// IndexEntries: what a store keeps beside a resource so that searches find it: narrow rows, one
// shape per kind of value, made from the document alone, the same on every store.
//
// On disk each shape is one clustered table (SQLite: WITHOUT ROWID, all columns are the key;
// PostgreSQL: the same columns plus the partition key):
//   index_key    (slot, key, qualifier, rid)               tokens, references, identifiers
//   index_text   (slot, text, exact, rid)                  strings, uris, display texts
//   index_date   (slot, low, high, rid)                    dates, half-open
//   index_number (slot, low, high, system, code, unit, rid)  numbers and quantities
//   compartment  (patient, type, rid)
// `rid` is the store's own integer for a resource, given in the order of first creation, and is not
// known here. Rows are unique within one resource and sorted in the tables' order, so a store may
// write them as they come, and removes those of an old version by extracting them from its document
// again. _id and _lastUpdated have no rows: they are columns of the store's resource table.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fhir/model/document.h"
#include "fhir/model/resource_type.h"
#include "fhir/search/parameter.h"

namespace fhir::search {

// Which face of a parameter's value a row shows; part of the slot.
enum class Form : uint8_t {
  kValue = 0,
  kSystem = 1,      // tokens, "system|": key = Key(system), qualifier 0
  kIdentifier = 2,  // references, :identifier: as a token of Reference.identifier
  kText = 3,       // tokens, :text: row of index_text with CodeableConcept.text, Coding.display …
  kOfType = 4,     // identifiers, :of-type: key = Key(type system|type code|value), qualifier 0
  kCanonical = 5,  // quantities in UCUM base units: unit = Key(canonical unit) (from issue 3 on)
  kSort = 6,       // strings that HasSortRows: the one text to sort by
};

// parameter << 16 | form << 8 | resource type: 30 bits, fits a signed 32-bit column.
using Slot = uint32_t;
constexpr Slot MakeSlot(ParameterId parameter, model::ResourceType type, Form form = Form::kValue) {
  return static_cast<Slot>(parameter) << 16 | static_cast<Slot>(form) << 8 |
         static_cast<Slot>(type);
}

// base::StableHash of the text. Stores keep it as a signed 64-bit integer with the same bits.
uint64_t Key(std::string_view text);
// The low 32 bits of Key, never 0; 0 stands for "no system".
uint32_t Qualifier(std::string_view system);

// Tokens: key = Key(code), qualifier = Qualifier(system) or 0 without a system. So "code" is the
// range (slot, key), "system|code" and "|code" are (slot, key, qualifier); "system|" is
// (slot with kSystem, Key(system)).
// References to a resource here: key = Key(id), qualifier = 1 + resource type: "id" is the range
// (slot, key), "Type/id" is (slot, key, qualifier); chains join on Key(id) of the target.
// References elsewhere (absolute, canonical without |version): key = Key(url), qualifier = kUrl.
struct KeyRow {
  Slot slot = 0;
  uint64_t key = 0;
  uint32_t qualifier = 0;
  auto operator<=>(const KeyRow&) const = default;
};
inline constexpr uint32_t kUrl = 0xFFFFFFFF;
constexpr uint32_t TypeQualifier(model::ResourceType type) {
  return 1 + static_cast<uint32_t>(type);
}

// Strings: text = base::Fold(value), cut to kMaxIndexedText bytes at a character; exact =
// Key(value) as written. Search is "text starts with the folded value" (range from it to its
// successor), :exact compares `exact` within that range, :contains looks for it anywhere in `text`.
// A person's name gives its text (or family and given in Vietnamese order when it has none) and the
// same from each later word on, with exact = 0: "duc" finds "Nguyễn Văn Đức".
// Uris: text = the uri itself, exact = 0; :below is the range, :above the prefixes of the value.
struct TextRow {
  Slot slot = 0;
  std::string text;
  uint64_t exact = 0;
  auto operator<=>(const TextRow&) const = default;
};
inline constexpr size_t kMaxIndexedText = 256;
// The leading bytes of an already folded text that an index row or a search compares.
std::string_view CutIndexedText(std::string_view text);

// [low, high) in milliseconds since 1970; an open end of a Period is kMinMillis or kMaxMillis.
struct DateRow {
  Slot slot = 0;
  int64_t low = 0;
  int64_t high = 0;
  auto operator<=>(const DateRow&) const = default;
};
inline constexpr int64_t kMinMillis = std::numeric_limits<int64_t>::min();
inline constexpr int64_t kMaxMillis = std::numeric_limits<int64_t>::max();

// Numbers: low = high = the value; a Range has its ends, ±infinity when open. Quantities add
// system = Qualifier(system) or 0, code = Key(code) or 0, unit = Key(unit as written) or 0.
struct NumberRow {
  Slot slot = 0;
  double low = 0;
  double high = 0;
  uint32_t system = 0;
  uint64_t code = 0;
  uint64_t unit = 0;
  auto operator<=>(const NumberRow&) const = default;
};

struct IndexEntries {
  model::ResourceType type{};
  std::vector<KeyRow> keys;
  std::vector<TextRow> texts;
  std::vector<DateRow> dates;
  std::vector<NumberRow> numbers;
  // Key(id) of every patient in whose compartment the resource lies (a Patient: its own).
  std::vector<uint64_t> patients;
};

// Never fails for a parsed resource with odd contents: what cannot be indexed is left out (a wrong
// date, a number too large). kInvalid only when the document is no resource.
base::Result<IndexEntries> Extract(const model::Document& document);

// ---- Reading values straight from a document, for includes and sorting
// ---------------------------

struct Reference {
  std::optional<model::ResourceType> type;  // with id: a resource here
  std::string id;
  std::string url;  // else: an address elsewhere
};
std::vector<Reference> ReferencesOf(const model::Document& document, const Parameter& parameter);

// The value to sort by, as bytes that compare in its order; "" when there is none. Stores may sort
// by index rows instead where these say the same: for dates and numbers the least `low` (ascending)
// or the greatest `high` (descending) of the slot, for strings the kSort row where HasSortRows.
// Strings sort by the folded text of their first value, tokens by code, references by "Type/id".
// True for the string parameters people sort lists by (name, title).
bool HasSortRows(const Parameter& parameter);
std::string SortKeyOf(const model::Document& document, const Parameter& parameter, bool descending);

}  // namespace fhir::search
