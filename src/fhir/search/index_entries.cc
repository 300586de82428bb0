#include "fhir/search/index_entries.h"

#include <algorithm>
#include <bit>

#include "base/text.h"
#include "fhir/search/values.h"

namespace fhir::search {
namespace {

using model::Node;
using model::ResourceType;

// Where each word after the first begins in a folded text (words stand one space apart).
template <class Visit>
void EachLaterWord(std::string_view folded, const Visit& visit) {
  for (size_t at = folded.find(' '); at != std::string_view::npos; at = folded.find(' ', at + 1)) {
    visit(folded.substr(at + 1));
  }
}

std::string WithoutVersion(std::string_view canonical) {
  return std::string(canonical.substr(0, canonical.find('|')));
}

class Extractor {
 public:
  Extractor(const model::Document& document, ResourceType type) : document_(document) {
    out_.type = type;
  }

  IndexEntries Run() {
    for (const TypedParameter& typed : CommonParameters()) Add(typed);
    for (const TypedParameter& typed : OwnParameters(out_.type)) Add(typed);
    AddPatients();
    Finish(out_.keys);
    Finish(out_.texts);
    Finish(out_.dates);
    Finish(out_.numbers);
    Finish(out_.patients);
    return std::move(out_);
  }

 private:
  template <class Row>
  static void Finish(std::vector<Row>& rows) {
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  }

  Slot SlotOf(const Parameter& parameter, Form form = Form::kValue) const {
    return MakeSlot(parameter.id, out_.type, form);
  }

  void Add(const TypedParameter& typed) {
    const Parameter& parameter = *FindParameter(typed.parameter);
    if (parameter.code == "_id" || parameter.code == "_lastUpdated") return;
    // The parts of a composite are indexed by their own parameters; see parse_clause.cc.
    if (parameter.type == ParameterType::kComposite) return;
    VisitValues(document_, typed, [&](Node node, Datatype datatype) {
      switch (parameter.type) {
        case ParameterType::kToken: return AddTokens(parameter, node, datatype);
        case ParameterType::kString: return AddTexts(parameter, node, datatype);
        case ParameterType::kUri: return AddUri(parameter, node);
        case ParameterType::kReference: return AddReference(parameter, node, datatype);
        case ParameterType::kDate: return AddDate(parameter, node, datatype);
        case ParameterType::kNumber:
        case ParameterType::kQuantity: return AddNumber(parameter, node, datatype);
        case ParameterType::kComposite:
        case ParameterType::kSpecial: return;
      }
    });
    if (HasSortRows(parameter)) {
      std::string text = SortKeyOf(document_, parameter, false);
      if (!text.empty()) out_.texts.push_back({SlotOf(parameter, Form::kSort), std::move(text), 0});
    }
  }

  void AddTokens(const Parameter& parameter, Node node, Datatype datatype) {
    for (const TokenAtom& atom : TokensOf(node, datatype)) AddToken(parameter, Form::kValue, atom);
    for (std::string_view text : TokenTextsOf(node, datatype)) {
      const std::string folded = base::Fold(text);
      out_.texts.push_back(
          {SlotOf(parameter, Form::kText), std::string(CutIndexedText(folded)), 0});
    }
    for (const TypedIdentifier& each : TypedIdentifiersOf(node, datatype)) {
      out_.keys.push_back({SlotOf(parameter, Form::kOfType),
                           Key(each.type_code + "|" + std::string(each.value)), 0});
    }
  }

  void AddToken(const Parameter& parameter, Form form, const TokenAtom& atom) {
    if (!atom.code.empty()) {
      out_.keys.push_back({SlotOf(parameter, form), Key(atom.code), Qualifier(atom.system)});
    }
    if (!atom.system.empty() && form == Form::kValue) {
      out_.keys.push_back({SlotOf(parameter, Form::kSystem), Key(atom.system), 0});
    }
  }

  void AddTexts(const Parameter& parameter, Node node, Datatype datatype) {
    for (const TextAtom& atom : TextsOf(node, datatype)) {
      const std::string folded = base::Fold(atom.text);
      const auto add = [&](std::string_view text, uint64_t exact) {
        out_.texts.push_back({SlotOf(parameter), std::string(CutIndexedText(text)), exact});
      };
      add(folded, atom.made ? 0 : Key(atom.text));
      if (atom.words) EachLaterWord(folded, [&](std::string_view rest) { add(rest, 0); });
    }
  }

  void AddUri(const Parameter& parameter, Node node) {
    if (node.text().empty()) return;
    out_.texts.push_back({SlotOf(parameter), std::string(CutIndexedText(node.text())), 0});
  }

  void AddReference(const Parameter& parameter, Node node, Datatype datatype) {
    const std::optional<ReferenceAtom> atom = ReferenceOf(node, datatype);
    if (!atom) return;
    const Slot slot = SlotOf(parameter);
    if (!atom->target.id.empty()) {
      out_.keys.push_back({slot, Key(atom->target.id), TypeQualifier(*atom->target.type)});
    } else if (!atom->target.url.empty()) {
      out_.keys.push_back({slot, Key(atom->target.url), kUrl});
      out_.keys.push_back({slot, Key(WithoutVersion(atom->target.url)), kUrl});
    }
    if (atom->identifier) {
      for (const TokenAtom& token : TokensOf(atom->identifier, Datatype::kIdentifier)) {
        AddToken(parameter, Form::kIdentifier, token);
      }
    }
  }

  void AddDate(const Parameter& parameter, Node node, Datatype datatype) {
    if (const auto range = TimesOf(node, datatype)) {
      out_.dates.push_back({SlotOf(parameter), range->low, range->high});
    }
  }

  void AddNumber(const Parameter& parameter, Node node, Datatype datatype) {
    const std::optional<NumberAtom> atom = NumberOf(node, datatype);
    if (!atom) return;
    const auto key = [](std::string_view text) { return text.empty() ? 0 : Key(text); };
    out_.numbers.push_back({SlotOf(parameter), atom->low, atom->high, Qualifier(atom->system),
                            key(atom->code), key(atom->unit)});
  }

  void AddPatients() {
    if (out_.type == ResourceType::kPatient && !document_.id().empty()) {
      out_.patients.push_back(Key(document_.id()));
    }
    for (const Parameter* parameter : PatientCompartmentParameters(out_.type)) {
      for (const Reference& reference : ReferencesOf(document_, *parameter)) {
        if (reference.type == ResourceType::kPatient && !reference.id.empty()) {
          out_.patients.push_back(Key(reference.id));
        }
      }
    }
  }

  const model::Document& document_;
  IndexEntries out_;
};

// Big-endian bytes compare as the numbers do.
std::string OrderedBytes(uint64_t value) {
  std::string out(8, '\0');
  for (int i = 7; i >= 0; --i, value >>= 8)
    out[static_cast<size_t>(i)] = static_cast<char>(value & 0xFF);
  return out;
}
std::string OrderedBytes(int64_t value) {
  return OrderedBytes(static_cast<uint64_t>(value) ^ (uint64_t{1} << 63));
}
std::string OrderedBytes(double value) {
  const auto bits = std::bit_cast<uint64_t>(value == 0 ? 0.0 : value);
  constexpr uint64_t kSign = uint64_t{1} << 63;
  return OrderedBytes((bits & kSign) != 0 ? ~bits : bits | kSign);
}

// The keys of one value; of several the caller takes the least or the greatest.
std::vector<std::string> SortKeysOf(Node node, Datatype datatype, ParameterType type,
                                    bool descending) {
  std::vector<std::string> out;
  switch (type) {
    case ParameterType::kDate:
      if (const auto range = TimesOf(node, datatype)) {
        out.push_back(OrderedBytes(descending ? range->high : range->low));
      }
      break;
    case ParameterType::kNumber:
    case ParameterType::kQuantity:
      if (const auto atom = NumberOf(node, datatype)) {
        out.push_back(OrderedBytes(descending ? atom->high : atom->low));
      }
      break;
    case ParameterType::kString:
      if (const auto texts = TextsOf(node, datatype); !texts.empty()) {
        out.push_back(std::string(CutIndexedText(base::Fold(texts.front().text))));
      }
      break;
    case ParameterType::kToken:
      for (const TokenAtom& atom : TokensOf(node, datatype)) out.emplace_back(atom.code);
      break;
    case ParameterType::kUri: out.emplace_back(node.text()); break;
    case ParameterType::kReference:
      if (const auto atom = ReferenceOf(node, datatype)) {
        out.push_back(atom->target.id.empty()
                          ? atom->target.url
                          : std::string(model::Name(*atom->target.type)) + "/" + atom->target.id);
      }
      break;
    case ParameterType::kComposite:
    case ParameterType::kSpecial: break;
  }
  return out;
}

}  // namespace

uint64_t Key(std::string_view text) { return base::StableHash(text); }

uint32_t Qualifier(std::string_view system) {
  if (system.empty()) return 0;
  const auto low = static_cast<uint32_t>(Key(system));
  // 0 and kUrl have meanings of their own.
  return low == 0 || low == kUrl ? 1 : low;
}

std::string_view CutIndexedText(std::string_view text) {
  if (text.size() <= kMaxIndexedText) return text;
  size_t end = kMaxIndexedText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

base::Result<IndexEntries> Extract(const model::Document& document) {
  const std::optional<ResourceType> type = document.resource_type();
  if (!type) return base::Invalid("Nội dung không phải là một tài nguyên FHIR.", "resourceType");
  return Extractor(document, *type).Run();
}

std::vector<Reference> ReferencesOf(const model::Document& document, const Parameter& parameter) {
  std::vector<Reference> out;
  const TypedParameter* typed = FindTyped(document.type(), parameter);
  if (typed == nullptr || parameter.type != ParameterType::kReference) return out;
  VisitValues(document, *typed, [&](Node node, Datatype datatype) {
    if (auto atom = ReferenceOf(node, datatype);
        atom && (!atom->target.id.empty() || !atom->target.url.empty())) {
      out.push_back(std::move(atom->target));
    }
  });
  return out;
}

bool HasSortRows(const Parameter& parameter) {
  return parameter.type == ParameterType::kString &&
         (parameter.code == "name" || parameter.code == "title");
}

std::string SortKeyOf(const model::Document& document, const Parameter& parameter,
                      bool descending) {
  const TypedParameter* typed = FindTyped(document.type(), parameter);
  if (typed == nullptr || parameter.type == ParameterType::kComposite) return "";
  std::string best;
  // A person has one name in a sorted list: the first.
  const bool first_only = parameter.type == ParameterType::kString;
  VisitValues(document, *typed, [&](Node node, Datatype datatype) {
    if (first_only && !best.empty()) return;
    for (std::string& key : SortKeysOf(node, datatype, parameter.type, descending)) {
      if (best.empty() || (descending ? key > best : key < best)) best = std::move(key);
    }
  });
  return best;
}

}  // namespace fhir::search
