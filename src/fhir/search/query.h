// Query: a FHIR search after parsing: typed clauses, sort, paging, includes. Stores plan it; the
// oracle in storage/memory evaluates it literally.
// https://hl7.org/fhir/R4/search.html
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "fhir/model/resource_type.h"
#include "fhir/search/parameter.h"

namespace fhir::search {

// https://hl7.org/fhir/R4/search.html#prefix, for numbers, dates and quantities.
enum class Prefix : uint8_t { kEq, kNe, kGt, kLt, kGe, kLe, kSa, kEb, kAp };
std::string_view Name(Prefix prefix);  // "eq" …

enum class Modifier : uint8_t {
  kNone,
  kMissing,
  kExact,
  kContains,
  kText,
  kNot,
  kIn,
  kNotIn,
  kAbove,
  kBelow,
  kOfType,
  kIdentifier,
  kType,  // ":Patient"; the values carry the type
};
std::string_view Name(Modifier modifier);  // "exact" …, "" for kNone

// "code" (any system), "system|code", "|code" (no system), "system|" (any code).
struct TokenValue {
  std::optional<std::string> system;  // unset = any; "" = only values without a system
  std::string code;                   // "" = any code of the system
  std::string type_code = {};         // :of-type only: system|code of Identifier.type, code = value
  std::string folded = {};            // :text only: base::Fold of what to look for
};
struct StringValue {
  std::string text;    // as typed
  std::string folded;  // base::Fold(text)
};
struct ReferenceValue {
  std::optional<model::ResourceType> type;  // unset = any type the parameter allows
  std::string id;                           // "" when `url` is an address elsewhere
  std::string url;                          // absolute or canonical address, else ""
};
// Half-open [low, high) in milliseconds: the precision typed, "2026-11" is the whole month.
// Dates without a time zone are Vietnamese local time.
struct DateValue {
  Prefix prefix = Prefix::kEq;
  int64_t low = 0;
  int64_t high = 0;
};
struct NumberValue {
  Prefix prefix = Prefix::kEq;
  double value = 0;
  // What eq, ne and ap compare with: half a unit of the last digit typed around `value` (eq, ne),
  // 10 % around it (ap). Half-open.
  double low = 0;
  double high = 0;
};
struct QuantityValue {
  NumberValue number;
  std::optional<std::string> system;  // unset: `code` may be the code or the unit as written
  std::string code;                   // "" = any unit
};
struct UriValue {
  std::string uri;
};
// Location?near=latitude|longitude|distance|units, distance in kilometres.
struct NearValue {
  double latitude = 0;
  double longitude = 0;
  double kilometres = 0;
};
struct CompositeValue;

using Value = std::variant<TokenValue, StringValue, ReferenceValue, DateValue, NumberValue,
                           QuantityValue, UriValue, NearValue, CompositeValue>;
// One value per component of the parameter, in the components' order.
struct CompositeValue {
  std::vector<Value> parts;
};

// One condition on a resource. All clauses of a query must hold.
struct Clause {
  enum class Kind : uint8_t {
    kValue,    // the resource's `parameter` matches one of `any_of`
    kMissing,  // it has no value for `parameter` (`missing`), or has one (!`missing`)
    kChain,    // `parameter` refers to a resource of one of `types` for which every `inner` holds
    kHas,      // a resource of types[0] refers to this one by `parameter`, and every `inner` holds
    kAll,      // _filter: every `inner` holds
    kAny,      // _filter: one of `inner` holds
    kNone,     // _filter: none of `inner` holds
  };
  Kind kind = Kind::kValue;
  const Parameter* parameter = nullptr;  // null for kAll, kAny, kNone
  // kNot and kNotIn hold for resources without any value, too.
  Modifier modifier = Modifier::kNone;
  std::vector<Value> any_of = {};
  bool missing = false;
  std::vector<model::ResourceType> types = {};
  std::vector<Clause> inner = {};
  std::string name = {};  // as asked, "subject:Patient.name": for messages and $explain
};

// Resources equal in every key come in the order of their first creation; those without a value for
// a key come last, whichever the direction. Of several values an ascending sort takes the least,
// a descending one the greatest.
struct Sort {
  const Parameter* parameter = nullptr;
  bool descending = false;
};

// _include=Encounter:subject:Patient, _revinclude=Observation:encounter, _include:iterate=…, *.
struct Include {
  bool reverse = false;
  bool iterate = false;
  std::optional<model::ResourceType> source;  // unset for "*": whatever has been found
  const Parameter* parameter = nullptr;       // null = all reference parameters of `source`
  std::optional<model::ResourceType> target;  // only targets of this type
};

enum class Total : uint8_t { kNone, kEstimate, kAccurate };
enum class Summary : uint8_t { kFalse, kTrue, kText, kData, kCount };
enum class Contained : uint8_t { kFalse, kTrue, kBoth };

struct Query {
  std::vector<model::ResourceType> types;  // one, or several for a system search; empty = all
  std::vector<Clause> clauses;
  std::vector<Sort> sort;
  std::vector<Include> includes;
  size_t count = 50;  // page size; 0 = only the total
  std::string page;   // opaque token of the store; "" = first page
  Total total = Total::kNone;

  // Carried through for fhir/rest; no store looks at them.
  Summary summary = Summary::kFalse;
  std::vector<std::string> elements;
  std::vector<std::string> ignored;  // names of unknown parameters under lenient handling
  std::string applied;               // the query as understood, for the self link, without the page
};

// Prefer: handling=strict refuses unknown parameters, lenient leaves them out and lists them.
enum class Handling : uint8_t { kStrict, kLenient };

// Parses "Patient?name=lan&_sort=-_lastUpdated". kInvalid names the parameter at fault.
base::Result<Query> ParseQueryText(std::string_view text, Handling handling = Handling::kStrict);
// Parameters as they came in the URL, percent-decoded.
base::Result<Query> ParseQuery(model::ResourceType type,
                               const std::vector<std::pair<std::string, std::string>>& parameters,
                               Handling handling = Handling::kStrict);
// A search over several types, or all ("GET /?_type=Patient,Encounter"): common parameters only.
base::Result<Query> ParseSystemQuery(
    const std::vector<std::pair<std::string, std::string>>& parameters,
    Handling handling = Handling::kStrict);

// A value as it has to stand in a query text to be taken literally: "," "|" "$" and "\\" escaped,
// then percent-encoded. "Patient?identifier=" + Literal(system) + "|" + Literal(number).
std::string Literal(std::string_view value);

}  // namespace fhir::search
