#include "fhir/path/comparison.h"

#include <cmath>

#include "base/text.h"
#include "fhir/path/ucum.h"

namespace fhir::path {

using base::Result;
using model::Node;
using model::NodeKind;

namespace {

bool IsMoment(Kind kind) { return kind == Kind::kDate || kind == Kind::kDateTime || kind == Kind::kTime; }

// Structures are equal when their JSON is, whatever the order of keys and the zeros of numbers.
bool SameJson(const Node& a, const Node& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case NodeKind::kNull: return true;
    case NodeKind::kBool: return a.bool_value() == b.bool_value();
    case NodeKind::kString: return a.text() == b.text();
    case NodeKind::kNumber: {
      if (a.text() == b.text()) return true;
      const auto x = Number::Parse(a.text());
      const auto y = Number::Parse(b.text());
      return x && y && *x == *y;
    }
    case NodeKind::kArray:
    case NodeKind::kObject: break;
  }
  if (a.size() != b.size()) return false;
  if (a.IsObject()) {
    return std::all_of(a.begin(), a.end(), [&](const Node& member) { return SameJson(member, b[member.name()]); });
  }
  for (Node x = a.FirstChild(), y = b.FirstChild(); x; x = x.NextSibling(), y = y.NextSibling()) {
    if (!SameJson(x, y)) return false;
  }
  return true;
}

// Case and runs of white space do not count.
std::string EquivalenceText(std::string_view text) {
  std::string out;
  for (const std::string_view word : base::Split(text, ' ')) {
    for (const std::string_view part : base::Split(word, '\n')) {
      const std::string_view trimmed = base::Trim(part);
      if (trimmed.empty()) continue;
      if (!out.empty()) out += ' ';
      out += trimmed;
    }
  }
  return base::ToUpper(out);
}

bool EquivalentNumbers(const Number& a, const Number& b) {
  const int digits = std::min(a.WithoutTrailingZeros().scale(), b.WithoutTrailingZeros().scale());
  return a.Round(digits) == b.Round(digits);
}

bool EquivalentJson(const Node& a, const Node& b) {
  if (a.kind() != b.kind() || a.size() != b.size()) return false;
  switch (a.kind()) {
    case NodeKind::kNull:
    case NodeKind::kBool: return SameJson(a, b);
    case NodeKind::kString: return a.text() == b.text() || EquivalenceText(a.text()) == EquivalenceText(b.text());
    case NodeKind::kNumber: {
      const auto x = Number::Parse(a.text());
      const auto y = Number::Parse(b.text());
      return x && y ? EquivalentNumbers(*x, *y) : a.text() == b.text();
    }
    case NodeKind::kObject:
      return std::all_of(a.begin(), a.end(),
                         [&](const Node& member) { return EquivalentJson(member, b[member.name()]); });
    case NodeKind::kArray: break;
  }
  if (a.size() > 1000) return SameJson(a, b);  // any order costs the square of the size
  std::vector<Node> rest(b.begin(), b.end());
  for (const Node item : a) {
    const auto found = std::find_if(rest.begin(), rest.end(), [&](const Node& other) { return EquivalentJson(item, other); });
    if (found == rest.end()) return false;
    rest.erase(found);
  }
  return true;
}

// Calendar months and years: whole months. https://hl7.org/fhirpath/N1/#time-valued-quantities
std::optional<Number> CalendarMonths(const Quantity& quantity) {
  if (!quantity.calendar) return std::nullopt;
  if (quantity.unit == "year") return Number::Multiply(quantity.value, Number(12));
  if (quantity.unit == "month") return quantity.value;
  return std::nullopt;
}

std::string UcumCode(const Quantity& quantity) {
  return quantity.calendar ? std::string(CalendarToUcum(quantity.unit)) : quantity.unit;
}

std::optional<std::strong_ordering> OrderDoubles(double a, double b) {
  const double tolerance = 1e-9 * std::max(std::abs(a), std::abs(b));
  if (std::abs(a - b) <= tolerance) return std::strong_ordering::equal;
  return a < b ? std::strong_ordering::less : std::strong_ordering::greater;
}

std::optional<std::strong_ordering> OrderInUcum(const Quantity& a, const Quantity& b) {
  const auto left = ParseUcum(UcumCode(a));
  const auto right = ParseUcum(UcumCode(b));
  if (!left || !right || !left->SameDimensions(*right)) return std::nullopt;
  return OrderDoubles(a.value.ToDouble() * left->factor + left->offset,
                      b.value.ToDouble() * right->factor + right->offset);
}

// In the larger of both units, so that the least precise value decides: 4 'g' ~ 4040 'mg'.
bool EquivalentQuantities(const Quantity& a, const Quantity& b) {
  const std::string left = UcumCode(a);
  const std::string right = UcumCode(b);
  if (left == right) return EquivalentNumbers(a.value, b.value);
  const auto from = ParseUcum(left);
  const auto to = ParseUcum(right);
  if (!from || !to) return false;
  if (from->factor > to->factor) return EquivalentQuantities(b, a);
  const auto converted = ConvertUcum(a.value.ToDouble(), *from, *to);
  const auto number = converted ? Number::FromDouble(*converted) : std::nullopt;
  return number && EquivalentNumbers(*number, b.value);
}

// Numbers are quantities of one where a quantity stands on the other side.
std::optional<Quantity> Widen(const Value& value) {
  if (const auto number = value.AsNumber()) return Quantity{*number, "1"};
  return value.AsQuantity();
}

}  // namespace

std::optional<std::strong_ordering> OrderQuantities(const Quantity& a, const Quantity& b) {
  if (a.unit == b.unit && a.calendar == b.calendar) return a.value <=> b.value;
  const auto left = CalendarMonths(a);
  const auto right = CalendarMonths(b);
  if (left && right) return *left <=> *right;
  if (left || right) return std::nullopt;  // a calendar year is no fixed number of seconds
  return OrderInUcum(a, b);
}

bool Comparable(const Quantity& a, const Quantity& b) {
  if (a.unit == b.unit) return true;
  const auto left = ParseUcum(UcumCode(a));
  const auto right = ParseUcum(UcumCode(b));
  return left && right && left->SameDimensions(*right);
}

std::optional<bool> Equal(const Value& a, const Value& b) {
  const auto a_text = a.AsString();
  const auto b_text = b.AsString();
  if (a_text && b_text) return *a_text == *b_text;
  if (a.IsElement() && b.IsElement() && a.node().IsObject() && b.node().IsObject()) {
    if (a.node() == b.node()) return true;
    const auto x = a.AsQuantity();
    const auto y = b.AsQuantity();
    if (!x || !y) return SameJson(a.node(), b.node());
  }
  if (const auto x = a.AsNumber()) {
    if (const auto y = b.AsNumber()) return *x == *y;
  }
  const auto x = a.AsBoolean();
  const auto y = b.AsBoolean();
  if (x || y) return x && y ? *x == *y : false;
  const auto left = a.AsMoment();
  const auto right = b.AsMoment();
  if (left && right) {
    if ((left->kind == MomentKind::kTime) != (right->kind == MomentKind::kTime)) return false;
    const auto order = Moment::Compare(*left, *right);
    return order ? std::optional(*order == 0) : std::nullopt;
  }
  if (left || right) return false;
  if (a.kind() == Kind::kTypeName || b.kind() == Kind::kTypeName) {
    return a.kind() == b.kind() && a.Text() == b.Text();
  }
  const auto a_quantity = Widen(a);
  const auto b_quantity = Widen(b);
  if (a_quantity && b_quantity) {
    const auto order = OrderQuantities(*a_quantity, *b_quantity);
    return order ? std::optional(*order == 0) : std::nullopt;
  }
  if (a.IsElement() && b.IsElement()) {
    // Primitives with only an id or extensions.
    if (!a.node() && !b.node()) return SameJson(a.shadow(), b.shadow());
    return a.node() && b.node() && SameJson(a.node(), b.node());
  }
  return false;
}

bool Equivalent(const Value& a, const Value& b) {
  const auto a_text = a.AsString();
  const auto b_text = b.AsString();
  if (a_text && b_text) return *a_text == *b_text || EquivalenceText(*a_text) == EquivalenceText(*b_text);
  if (const auto x = a.AsNumber()) {
    if (const auto y = b.AsNumber()) return EquivalentNumbers(*x, *y);
  }
  if (a.IsElement() && b.IsElement() && a.node().IsObject() && b.node().IsObject()) {
    const auto x = a.AsQuantity();
    const auto y = b.AsQuantity();
    if (!x || !y) return EquivalentJson(a.node(), b.node());
  }
  const auto left = a.AsMoment();
  const auto right = b.AsMoment();
  if (left && right) return Moment::Equivalent(*left, *right);
  const auto a_quantity = Widen(a);
  const auto b_quantity = Widen(b);
  if (a_quantity && b_quantity) return EquivalentQuantities(*a_quantity, *b_quantity);
  return Equal(a, b) == true;
}

size_t HashForEquality(const Value& value) {
  if (const auto text = value.AsString()) return std::hash<std::string_view>{}(*text);
  if (const auto integer = value.AsInteger()) return std::hash<int64_t>{}(*integer);
  if (const auto boolean = value.AsBoolean()) return *boolean ? 11 : 12;
  if (const auto number = value.AsNumber()) {
    // 1 = 1.0: whole decimals hash as integers. Other numbers may equal quantities of one.
    const auto whole = number->ToInteger();
    return whole ? std::hash<int64_t>{}(*whole) : 13;
  }
  if (IsMoment(value.kind()) || value.AsMoment()) return 14;
  if (value.AsQuantity()) return 13;
  return value.node().IsObject() ? value.node().size() + 100 : 13;
}

Result<std::optional<bool>> EqualCollections(const Collection& a, const Collection& b, Evaluator& evaluator) {
  if (a.size() != b.size()) return std::optional<bool>(false);
  TRY(evaluator.Spend(a.size()));
  std::optional<bool> all = true;
  for (size_t i = 0; i < a.size(); ++i) {
    const auto equal = Equal(a[i], b[i]);
    if (equal == false) return std::optional<bool>(false);
    if (!equal) all = std::nullopt;
  }
  return all;
}

Result<bool> EquivalentCollections(const Collection& a, const Collection& b, Evaluator& evaluator) {
  if (a.size() != b.size()) return false;
  std::vector<bool> taken(b.size());
  for (const Value& value : a) {
    bool found = false;
    for (size_t i = 0; i < b.size() && !found; ++i) {
      TRY(evaluator.Spend(1));
      if (taken[i] || !Equivalent(value, b[i])) continue;
      taken[i] = true;
      found = true;
    }
    if (!found) return false;
  }
  return true;
}

Result<std::optional<std::strong_ordering>> Order(const Value& a, const Value& b) {
  using Ordering = std::optional<std::strong_ordering>;
  const auto a_text = a.AsString();
  const auto b_text = b.AsString();
  if (a_text && b_text) return Ordering(*a_text <=> *b_text);
  if (const auto x = a.AsNumber()) {
    if (const auto y = b.AsNumber()) return Ordering(*x <=> *y);
  }
  const auto left = a.AsMoment();
  const auto right = b.AsMoment();
  if (left && right && (left->kind == MomentKind::kTime) == (right->kind == MomentKind::kTime)) {
    return Moment::Compare(*left, *right);
  }
  const auto a_quantity = Widen(a);
  const auto b_quantity = Widen(b);
  if (a_quantity && b_quantity) return OrderQuantities(*a_quantity, *b_quantity);
  // A primitive element without a value, only extensions.
  if (!a.HasValue() && a.shadow()) return Ordering();
  if (!b.HasValue() && b.shadow()) return Ordering();
  return EvaluationError("không so sánh được " + std::string(a.type_name()) + " với " + std::string(b.type_name()));
}

Result<bool> DistinctValues::Contains(const Value& value) {
  const auto [begin, end] = by_hash_.equal_range(HashForEquality(value));
  for (auto candidate = begin; candidate != end; ++candidate) {
    TRY(evaluator_.Spend(1));
    if (Equal(values_[candidate->second], value) == true) return true;
  }
  return false;
}

Result<bool> DistinctValues::Add(const Value& value) {
  TRY_ASSIGN(const bool known, Contains(value));
  if (known) return false;
  by_hash_.emplace(HashForEquality(value), values_.size());
  values_.push_back(value);
  return true;
}

}  // namespace fhir::path
