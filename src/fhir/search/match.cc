#include "fhir/search/match.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "fhir/search/values.h"

namespace fhir::search {
namespace {

using model::Node;

bool InRange(const TimeRange& target, const DateValue& search) {
  return search.low <= target.low && target.high <= search.high;
}

// https://hl7.org/fhir/R4/search.html#prefix
bool MatchesTime(const TimeRange& target, const DateValue& search) {
  switch (search.prefix) {
    case Prefix::kEq: return InRange(target, search);
    case Prefix::kNe: return !InRange(target, search);
    case Prefix::kGt: return target.high > search.high;
    case Prefix::kLt: return target.low < search.low;
    case Prefix::kGe: return target.high > search.high || target.low >= search.low;
    case Prefix::kLe: return target.low < search.low || target.high <= search.high;
    case Prefix::kSa: return target.low >= search.high;
    case Prefix::kEb: return target.high <= search.low;
    case Prefix::kAp: return target.low < search.high && target.high > search.low;
  }
  return false;
}

bool MatchesNumber(const NumberAtom& target, const NumberValue& search) {
  const bool equal = search.low <= target.low && target.high < search.high;
  switch (search.prefix) {
    case Prefix::kEq: return equal;
    case Prefix::kNe: return !equal;
    case Prefix::kGt: return target.high > search.value;
    case Prefix::kLt: return target.low < search.value;
    case Prefix::kGe: return target.high >= search.value;
    case Prefix::kLe: return target.low <= search.value;
    case Prefix::kSa: return target.low > search.value;
    case Prefix::kEb: return target.high < search.value;
    case Prefix::kAp: return target.low <= search.high && target.high >= search.low;
  }
  return false;
}

bool MatchesUnit(const NumberAtom& target, const QuantityValue& search) {
  if (search.code.empty()) return true;
  if (search.system) return target.system == *search.system && target.code == search.code;
  return target.code == search.code || target.unit == search.code;
}

bool MatchesToken(const TokenAtom& target, const TokenValue& search) {
  if (!search.system) return target.code == search.code;
  if (target.system != *search.system) return false;
  return search.code.empty() || target.code == search.code;
}

bool AnyToken(const std::vector<TokenAtom>& targets, const TokenValue& search) {
  return std::ranges::any_of(targets,
                             [&](const TokenAtom& each) { return MatchesToken(each, search); });
}

bool MatchesTokenValue(Node node, Datatype datatype, Modifier modifier, const TokenValue& search) {
  if (modifier == Modifier::kText) {
    return std::ranges::any_of(TokenTextsOf(node, datatype), [&](std::string_view text) {
      return CutIndexedText(base::Fold(text)).starts_with(CutIndexedText(search.folded));
    });
  }
  if (modifier == Modifier::kOfType) {
    return std::ranges::any_of(TypedIdentifiersOf(node, datatype), [&](const auto& each) {
      return each.type_code == search.type_code && each.value == search.code;
    });
  }
  return AnyToken(TokensOf(node, datatype), search);
}

bool MatchesText(const TextAtom& target, Modifier modifier, const StringValue& search) {
  if (modifier == Modifier::kExact) return !target.made && target.text == search.text;
  const std::string folded = base::Fold(target.text);
  const std::string_view wanted = CutIndexedText(search.folded);
  for (std::string_view rest = folded;;) {
    const std::string_view head = CutIndexedText(rest);
    const bool found = modifier == Modifier::kContains ? head.find(wanted) != std::string_view::npos
                                                       : head.starts_with(wanted);
    if (found) return true;
    const size_t space = rest.find(' ');
    if (!target.words || space == std::string_view::npos) return false;
    rest.remove_prefix(space + 1);
  }
}

bool MatchesUri(std::string_view written, Modifier modifier, const UriValue& search) {
  const std::string_view target = CutIndexedText(written), wanted = CutIndexedText(search.uri);
  if (target.empty()) return false;
  if (modifier == Modifier::kBelow) return target.starts_with(wanted);
  if (modifier == Modifier::kAbove) return wanted.starts_with(target);
  return target == wanted;
}

bool MatchesReference(Node node, Datatype datatype, const ReferenceValue& search) {
  const std::optional<ReferenceAtom> atom = ReferenceOf(node, datatype);
  if (!atom) return false;
  const Reference& target = atom->target;
  if (!search.url.empty()) {
    return target.url == search.url || target.url.substr(0, target.url.find('|')) == search.url;
  }
  return target.id == search.id && (!search.type || target.type == search.type);
}

// Great-circle distance.
bool MatchesNear(Node position, const NearValue& search) {
  const auto degrees = [&](const char* name) {
    const std::string_view text = position[name].text();
    double value = NAN;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  };
  constexpr double kRadians = 3.14159265358979323846 / 180, kEarthKilometres = 6371.0088;
  const double latitude = degrees("latitude") * kRadians,
               longitude = degrees("longitude") * kRadians;
  const double dx = (longitude - search.longitude * kRadians) / 2;
  const double dy = (latitude - search.latitude * kRadians) / 2;
  const double h = std::pow(std::sin(dy), 2) + std::cos(latitude) *
                                                   std::cos(search.latitude * kRadians) *
                                                   std::pow(std::sin(dx), 2);
  return 2 * kEarthKilometres * std::asin(std::sqrt(std::min(1.0, h))) <= search.kilometres;
}

// One value in the document against one value searched for.
struct ValueMatcher {
  Node node;
  Datatype datatype;
  Modifier modifier;

  bool operator()(const TokenValue& search) const {
    if (modifier == Modifier::kIdentifier) {
      const std::optional<ReferenceAtom> atom = ReferenceOf(node, datatype);
      return atom && atom->identifier &&
             AnyToken(TokensOf(atom->identifier, Datatype::kIdentifier), search);
    }
    return MatchesTokenValue(node, datatype, modifier, search);
  }
  bool operator()(const StringValue& search) const {
    return std::ranges::any_of(TextsOf(node, datatype), [&](const TextAtom& each) {
      return MatchesText(each, modifier, search);
    });
  }
  bool operator()(const ReferenceValue& search) const {
    return MatchesReference(node, datatype, search);
  }
  bool operator()(const DateValue& search) const {
    const auto range = TimesOf(node, datatype);
    return range && MatchesTime(*range, search);
  }
  bool operator()(const NumberValue& search) const {
    const auto atom = NumberOf(node, datatype);
    return atom && MatchesNumber(*atom, search);
  }
  bool operator()(const QuantityValue& search) const {
    const auto atom = NumberOf(node, datatype);
    return atom && MatchesUnit(*atom, search) && MatchesNumber(*atom, search.number);
  }
  bool operator()(const UriValue& search) const {
    return MatchesUri(node.text(), modifier, search);
  }
  bool operator()(const NearValue& search) const { return MatchesNear(node, search); }
  bool operator()(const CompositeValue&) const { return false; }  // handled by MatchesComposite
};

bool MatchesComposite(const model::Document& document, const TypedParameter& typed,
                      const CompositeValue& search) {
  bool found = false;
  for (const CompositeElement& element : CompositeElements(typed)) {
    const auto components = Components(element, search.parts.size());
    VisitElements(document, element, [&](Node place) {
      if (found) return;
      for (size_t i = 0; i < components.size(); ++i) {
        bool part = false;
        VisitValues(components[i].from_root ? document.root() : place, ValuePaths(components[i]),
                    [&](Node node, Datatype datatype) {
                      part = part || std::visit(ValueMatcher{node, datatype, Modifier::kNone},
                                                search.parts[i]);
                    });
        if (!part) return;
      }
      found = true;
    });
  }
  return found;
}

bool MatchesAnyValue(const model::Document& document, const Clause& clause) {
  const TypedParameter* typed = FindTyped(document.type(), *clause.parameter);
  if (typed == nullptr) return false;
  if (clause.parameter->type == ParameterType::kComposite) {
    return std::ranges::any_of(clause.any_of, [&](const Value& value) {
      const auto* parts = std::get_if<CompositeValue>(&value);
      return parts != nullptr && MatchesComposite(document, *typed, *parts);
    });
  }
  bool found = false;
  VisitValues(document, *typed, [&](Node node, Datatype datatype) {
    const ValueMatcher matcher{node, datatype, clause.modifier};
    found = found || std::ranges::any_of(clause.any_of, [&](const Value& value) {
              return std::visit(matcher, value);
            });
  });
  return found;
}

bool HasReference(Node node, Datatype datatype) {
  const std::optional<ReferenceAtom> atom = ReferenceOf(node, datatype);
  if (!atom) return false;
  if (!atom->target.id.empty() || !atom->target.url.empty()) return true;
  return atom->identifier &&
         std::ranges::any_of(TokensOf(atom->identifier, Datatype::kIdentifier),
                             [](const TokenAtom& each) { return !each.code.empty(); });
}

// Whether the index would hold any row: a value that cannot be read is as good as missing.
bool HasValue(Node node, Datatype datatype, ParameterType type) {
  switch (type) {
    case ParameterType::kToken:
      return !TokensOf(node, datatype).empty() || !TokenTextsOf(node, datatype).empty();
    case ParameterType::kString: return !TextsOf(node, datatype).empty();
    case ParameterType::kDate: return TimesOf(node, datatype).has_value();
    case ParameterType::kNumber:
    case ParameterType::kQuantity: return NumberOf(node, datatype).has_value();
    case ParameterType::kUri: return !node.text().empty();
    case ParameterType::kReference: return HasReference(node, datatype);
    case ParameterType::kSpecial: return true;
    case ParameterType::kComposite: return false;
  }
  return false;
}

bool IsMissing(const model::Document& document, const Clause& clause) {
  const TypedParameter* typed = FindTyped(document.type(), *clause.parameter);
  if (typed == nullptr) return true;
  bool present = false;
  if (clause.parameter->type == ParameterType::kComposite) {
    for (const CompositeElement& element : CompositeElements(*typed)) {
      VisitElements(document, element, [&](Node) { present = true; });
    }
    return !present;
  }
  VisitValues(document, *typed, [&](Node node, Datatype datatype) {
    present = present || HasValue(node, datatype, clause.parameter->type);
  });
  return !present;
}

bool MatchesAll(const model::Document& document, const std::vector<Clause>& clauses,
                const Corpus& corpus) {
  return std::ranges::all_of(clauses,
                             [&](const Clause& each) { return Matches(document, each, corpus); });
}

bool MatchesChain(const model::Document& document, const Clause& clause, const Corpus& corpus) {
  return std::ranges::any_of(
      ReferencesOf(document, *clause.parameter), [&](const Reference& reference) {
        if (!reference.type || reference.id.empty() ||
            std::ranges::find(clause.types, *reference.type) == clause.types.end()) {
          return false;
        }
        const model::DocumentPtr target = corpus.Find(*reference.type, reference.id);
        return target != nullptr && MatchesAll(*target, clause.inner, corpus);
      });
}

bool MatchesHas(const model::Document& document, const Clause& clause, const Corpus& corpus) {
  bool found = false;
  for (model::ResourceType source : clause.types) {
    corpus.Each(source, [&](const model::Document& other) {
      const std::vector<Reference> references = ReferencesOf(other, *clause.parameter);
      found = std::ranges::any_of(references,
                                  [&](const Reference& each) {
                                    return each.type == document.type() && each.id == document.id();
                                  }) &&
              MatchesAll(other, clause.inner, corpus);
      return !found;
    });
    if (found) return true;
  }
  return false;
}

class NoCorpus final : public Corpus {
 public:
  model::DocumentPtr Find(model::ResourceType, std::string_view) const override { return nullptr; }
  void Each(model::ResourceType,
            const std::function<bool(const model::Document&)>&) const override {}
};

}  // namespace

bool Matches(const model::Document& document, const Clause& clause, const Corpus& corpus) {
  const auto holds = [&](const Clause& each) { return Matches(document, each, corpus); };
  switch (clause.kind) {
    case Clause::Kind::kValue:
      return MatchesAnyValue(document, clause) !=
             (clause.modifier == Modifier::kNot || clause.modifier == Modifier::kNotIn);
    case Clause::Kind::kMissing: return IsMissing(document, clause) == clause.missing;
    case Clause::Kind::kChain: return MatchesChain(document, clause, corpus);
    case Clause::Kind::kHas: return MatchesHas(document, clause, corpus);
    case Clause::Kind::kAll: return std::ranges::all_of(clause.inner, holds);
    case Clause::Kind::kAny: return std::ranges::any_of(clause.inner, holds);
    case Clause::Kind::kNone: return std::ranges::none_of(clause.inner, holds);
  }
  return false;
}

bool IsLocal(const Clause& clause) {
  if (clause.kind == Clause::Kind::kChain || clause.kind == Clause::Kind::kHas) return false;
  return std::ranges::all_of(clause.inner, IsLocal);
}

bool MatchesLocally(const model::Document& document, const Clause& clause) {
  return Matches(document, clause, NoCorpus());
}

}  // namespace fhir::search
