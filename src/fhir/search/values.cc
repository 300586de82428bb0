#include "fhir/search/values.h"

#include <charconv>
#include <limits>

#include "base/text.h"
#include "base/time.h"

namespace fhir::search {
namespace {

using model::Node;

struct Names {
  model::NameId system = model::FindName("system"), code = model::FindName("code"),
                coding = model::FindName("coding"), text = model::FindName("text"),
                display = model::FindName("display"), value = model::FindName("value"),
                type = model::FindName("type"), family = model::FindName("family"),
                given = model::FindName("given"), prefix = model::FindName("prefix"),
                suffix = model::FindName("suffix"), line = model::FindName("line"),
                start = model::FindName("start"), end = model::FindName("end"),
                unit = model::FindName("unit"), currency = model::FindName("currency"),
                low = model::FindName("low"), high = model::FindName("high"),
                reference = model::FindName("reference"),
                identifier = model::FindName("identifier"), event = model::FindName("event"),
                repeat = model::FindName("repeat"), bounds_period = model::FindName("boundsPeriod");
};
const Names& N() {
  static const Names kNames;
  return kNames;
}

bool PassesFilter(Node node, const PathStep& step) {
  if (step.filter != Filter::kWhere) return true;
  return node.IsObject() && node.Member(step.key).IsString() &&
         node.Member(step.key).text() == FilterValue(step.value);
}

bool PassesTarget(Node node, const ValuePath& path) {
  if (path.target < 0) return true;
  const auto wanted = static_cast<model::ResourceType>(path.target);
  const std::optional<ReferenceAtom> reference = ReferenceOf(node, path.datatype);
  return reference.has_value() && reference->target.type == wanted;
}

template <class Visit>
void Walk(Node node, std::span<const PathStep> steps, const Visit& visit) {
  if (!node) return;
  if (node.IsArray()) {
    for (Node item : node) Walk(item, steps, visit);
    return;
  }
  if (steps.empty()) {
    if (node.kind() != model::NodeKind::kNull) visit(node);
    return;
  }
  if (!node.IsObject()) return;
  const PathStep& step = steps.front();
  Node member = node.Member(step.name);
  if (!member) return;
  const auto rest = steps.subspan(1);
  const auto enter = [&](Node item) {
    if (PassesFilter(item, step)) Walk(item, rest, visit);
  };
  if (!member.IsArray()) return enter(member);
  if (step.filter == Filter::kFirst) return member.size() > 0 ? enter(member.FirstChild()) : void();
  for (Node item : member) enter(item);
}

void AddToken(std::vector<TokenAtom>& out, Node object, model::NameId code) {
  TokenAtom atom{object.Member(N().system).text(), object.Member(code).text()};
  if (!atom.code.empty() || !atom.system.empty()) out.push_back(atom);
}

// A member that is a string or an array of strings.
void AddTexts(std::vector<TextAtom>& out, Node member) {
  if (!member) return;
  if (member.IsString()) {
    if (!member.text().empty()) out.push_back({std::string(member.text())});
  } else if (member.IsArray()) {
    for (Node item : member) AddTexts(out, item);
  }
}

// https://hl7.org/fhir/R4/search.html#string: any part of the name. Vietnamese names are read
// family name first, and people look for the last word of them.
std::vector<TextAtom> TextsOfName(Node name) {
  std::vector<TextAtom> out;
  std::vector<TextAtom> family, given;
  AddTexts(family, name.Member(N().family));
  AddTexts(given, name.Member(N().given));
  AddTexts(out, name.Member(N().text));
  if (out.empty()) {
    TextAtom whole{"", true, true};
    for (const auto* parts : {&family, &given}) {
      for (const TextAtom& part : *parts) whole.text += (whole.text.empty() ? "" : " ") + part.text;
    }
    if (!whole.text.empty()) out.push_back(std::move(whole));
  } else {
    out.front().words = true;
  }
  out.insert(out.end(), family.begin(), family.end());
  out.insert(out.end(), given.begin(), given.end());
  AddTexts(out, name.Member(N().prefix));
  AddTexts(out, name.Member(N().suffix));
  return out;
}

std::vector<TextAtom> TextsOfAddress(Node address) {
  static const model::NameId kParts[] = {model::FindName("text"),   model::FindName("line"),
                                         model::FindName("city"),   model::FindName("district"),
                                         model::FindName("state"),  model::FindName("postalCode"),
                                         model::FindName("country")};
  std::vector<TextAtom> out;
  for (model::NameId part : kParts) AddTexts(out, address.Member(part));
  return out;
}

std::optional<double> ParseDouble(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<TimeRange> TimesOfPeriod(Node period) {
  TimeRange out;
  const Node start = period.Member(N().start), end = period.Member(N().end);
  if (!start && !end) return std::nullopt;
  if (start) {
    const auto range = ParseTimeRange(start.text());
    if (!range) return std::nullopt;
    out.low = range->low;
  }
  if (end) {
    const auto range = ParseTimeRange(end.text());
    if (!range) return std::nullopt;
    out.high = range->high;
  }
  if (out.high <= out.low) return std::nullopt;  // ends before it starts
  return out;
}

// Only the outer limits of a Timing are searched. https://hl7.org/fhir/R4/search.html#date
std::optional<TimeRange> TimesOfTiming(Node timing) {
  std::optional<TimeRange> out;
  const auto widen = [&](const std::optional<TimeRange>& range) {
    if (!range) return;
    if (!out) out = range;
    out->low = std::min(out->low, range->low);
    out->high = std::max(out->high, range->high);
  };
  if (const Node events = timing.Member(N().event); events.IsArray()) {
    for (Node event : events) widen(ParseTimeRange(event.text()));
  }
  const Node repeat = timing.Member(N().repeat);
  if (repeat.IsObject() && repeat.Member(N().bounds_period).IsObject()) {
    widen(TimesOfPeriod(repeat.Member(N().bounds_period)));
  }
  return out;
}

std::optional<NumberAtom> NumberOfQuantity(Node quantity) {
  const Node value = quantity.Member(N().value);
  const std::optional<double> number = value ? ParseDouble(value.text()) : std::nullopt;
  if (!number) return std::nullopt;
  return NumberAtom{*number, *number, quantity.Member(N().system).text(),
                    quantity.Member(N().code).text(), quantity.Member(N().unit).text()};
}

std::optional<NumberAtom> NumberOfRange(Node range) {
  std::optional<NumberAtom> low, high;
  if (Node node = range.Member(N().low); node.IsObject()) low = NumberOfQuantity(node);
  if (Node node = range.Member(N().high); node.IsObject()) high = NumberOfQuantity(node);
  if (!low && !high) return std::nullopt;
  NumberAtom out = low ? *low : *high;
  out.low = low ? low->low : -std::numeric_limits<double>::infinity();
  out.high = high ? high->high : std::numeric_limits<double>::infinity();
  return out;
}

}  // namespace

void VisitValues(Node start, std::span<const ValuePath> paths, const ValueVisitor& visit) {
  for (const ValuePath& path : paths) {
    Walk(start, Steps(path), [&](Node node) {
      if (PassesTarget(node, path)) visit(node, path.datatype);
    });
  }
}

void VisitValues(const model::Document& document, const TypedParameter& parameter,
                 const ValueVisitor& visit) {
  VisitValues(document.root(), ValuePaths(parameter), visit);
}

void VisitElements(const model::Document& document, const CompositeElement& element,
                   const std::function<void(Node)>& visit) {
  Walk(document.root(), Steps(element), visit);
}

std::vector<TokenAtom> TokensOf(Node value, Datatype datatype) {
  std::vector<TokenAtom> out;
  switch (datatype) {
    case Datatype::kCode:
    case Datatype::kString:
    case Datatype::kUri:
      if (value.IsString() && !value.text().empty()) out.push_back({"", value.text()});
      break;
    case Datatype::kBoolean:
      if (value.kind() == model::NodeKind::kBool) {
        out.push_back({"", value.bool_value() ? "true" : "false"});
      }
      break;
    case Datatype::kCodeableConcept:
      if (const Node codings = value.IsObject() ? value.Member(N().coding) : Node();
          codings.IsArray()) {
        for (Node coding : codings) {
          if (coding.IsObject()) AddToken(out, coding, N().code);
        }
      }
      break;
    case Datatype::kCoding:
      if (value.IsObject()) AddToken(out, value, N().code);
      break;
    case Datatype::kIdentifier:
      if (value.IsObject()) AddToken(out, value, N().value);
      break;
    case Datatype::kContactPoint:
      // ContactPoint.system says phone or e-mail and is no code system.
      if (value.IsObject() && !value.Member(N().value).text().empty()) {
        out.push_back({"", value.Member(N().value).text()});
      }
      break;
    case Datatype::kDeceased: {
      const Node flag = value["deceasedBoolean"];
      const bool dead = value["deceasedDateTime"] || (flag && flag.bool_value());
      out.push_back({"", dead ? "true" : "false"});
      break;
    }
    case Datatype::kDate:
    case Datatype::kPeriod:
    case Datatype::kTiming:
    case Datatype::kNumber:
    case Datatype::kQuantity:
    case Datatype::kMoney:
    case Datatype::kRange:
    case Datatype::kHumanName:
    case Datatype::kAddress:
    case Datatype::kReference:
    case Datatype::kResource:
    case Datatype::kPosition: break;
  }
  return out;
}

std::vector<std::string_view> TokenTextsOf(Node value, Datatype datatype) {
  std::vector<std::string_view> out;
  const auto add = [&](Node text) {
    if (text.IsString() && !text.text().empty()) out.push_back(text.text());
  };
  if (!value.IsObject()) return out;
  if (datatype == Datatype::kCodeableConcept) {
    add(value.Member(N().text));
    if (const Node codings = value.Member(N().coding); codings.IsArray()) {
      for (Node coding : codings) {
        if (coding.IsObject()) add(coding.Member(N().display));
      }
    }
  } else if (datatype == Datatype::kCoding) {
    add(value.Member(N().display));
  } else if (datatype == Datatype::kIdentifier) {
    if (const Node type = value.Member(N().type); type.IsObject()) add(type.Member(N().text));
  }
  return out;
}

std::vector<TypedIdentifier> TypedIdentifiersOf(Node value, Datatype datatype) {
  std::vector<TypedIdentifier> out;
  if (datatype != Datatype::kIdentifier || !value.IsObject()) return out;
  const Node number = value.Member(N().value), type = value.Member(N().type);
  if (!number.IsString() || !type.IsObject()) return out;
  for (const TokenAtom& atom : TokensOf(type, Datatype::kCodeableConcept)) {
    out.push_back({std::string(atom.system) + "|" + std::string(atom.code), number.text()});
  }
  return out;
}

std::vector<TextAtom> TextsOf(Node value, Datatype datatype) {
  if (datatype == Datatype::kHumanName && value.IsObject()) return TextsOfName(value);
  if (datatype == Datatype::kAddress && value.IsObject()) return TextsOfAddress(value);
  std::vector<TextAtom> out;
  if (datatype == Datatype::kString || datatype == Datatype::kCode) AddTexts(out, value);
  return out;
}

std::optional<TimeRange> TimesOf(Node value, Datatype datatype) {
  if (datatype == Datatype::kDate && value.IsString()) return ParseTimeRange(value.text());
  if (!value.IsObject()) return std::nullopt;
  if (datatype == Datatype::kPeriod) return TimesOfPeriod(value);
  if (datatype == Datatype::kTiming) return TimesOfTiming(value);
  return std::nullopt;
}

std::optional<NumberAtom> NumberOf(Node value, Datatype datatype) {
  if (datatype == Datatype::kNumber) {
    const auto number = ParseDouble(value.text());
    if (!number) return std::nullopt;
    return NumberAtom{*number, *number, "", "", ""};
  }
  if (!value.IsObject()) return std::nullopt;
  if (datatype == Datatype::kQuantity) return NumberOfQuantity(value);
  if (datatype == Datatype::kRange) return NumberOfRange(value);
  if (datatype == Datatype::kMoney) {
    const Node amount = value.Member(N().value);
    const auto number = amount ? ParseDouble(amount.text()) : std::nullopt;
    if (!number) return std::nullopt;
    // https://hl7.org/fhir/R4/datatypes.html#Money: the currency is an ISO 4217 code.
    return NumberAtom{*number, *number, "urn:iso:std:iso:4217", value.Member(N().currency).text(),
                      ""};
  }
  return std::nullopt;
}

Reference ParseReference(std::string_view text) {
  Reference out;
  const std::vector<std::string_view> parts = base::Split(text, '/');
  const bool versioned = parts.size() == 4 && parts[2] == "_history";
  if ((parts.size() == 2 || versioned) && !parts[1].empty()) {
    if (const auto type = model::ParseResourceType(parts[0])) {
      out.type = type;
      out.id = std::string(parts[1]);
      return out;
    }
  }
  out.url = std::string(text);
  return out;
}

std::optional<ReferenceAtom> ReferenceOf(Node value, Datatype datatype) {
  ReferenceAtom out;
  if (datatype == Datatype::kUri && value.IsString() && !value.text().empty()) {
    out.target = ParseReference(value.text());
    return out;
  }
  if (!value.IsObject()) return std::nullopt;
  if (datatype == Datatype::kResource) {
    const auto type = model::ParseResourceType(value["resourceType"].text());
    if (!type || value["id"].text().empty()) return std::nullopt;
    out.target.type = type;
    out.target.id = std::string(value["id"].text());
    return out;
  }
  if (datatype != Datatype::kReference) return std::nullopt;
  const Node reference = value.Member(N().reference);
  // "#…" names a contained resource: nothing anybody could search for.
  if (reference.IsString() && !reference.text().empty() && reference.text()[0] != '#') {
    out.target = ParseReference(reference.text());
  }
  if (!out.target.type && value.Member(N().type).IsString()) {
    out.target.type = model::ParseResourceType(value.Member(N().type).text());
  }
  if (value.Member(N().identifier).IsObject()) out.identifier = value.Member(N().identifier);
  if (out.target.id.empty() && out.target.url.empty() && !out.identifier) return std::nullopt;
  return out;
}

}  // namespace fhir::search
