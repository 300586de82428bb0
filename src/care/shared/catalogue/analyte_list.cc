#include "care/shared/catalogue/analyte_list.h"

#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "base/text.h"
#include "care/shared/catalogue/row_reader.h"

namespace care::shared {
namespace {

ResultKind KindOf(std::string_view name) {
  if (name == "coded") return ResultKind::kCoded;
  if (name == "text") return ResultKind::kText;
  return ResultKind::kQuantity;
}

// "neg=Âm tính;pos=Dương tính!": a text ending in "!" is abnormal.
std::vector<ResultOption> ParseOptions(std::string_view text) {
  std::vector<ResultOption> options;
  for (std::string_view part : base::Split(text, ';')) {
    const size_t equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    std::string_view shown = base::Trim(part.substr(equals + 1));
    const bool abnormal = shown.ends_with('!');
    if (abnormal) shown.remove_suffix(1);
    options.push_back(
        {std::string(base::Trim(part.substr(0, equals))), std::string(shown), abnormal});
  }
  return options;
}

ReferenceRange RangeOf(const RowReader& cells) {
  return {.sex = cells.Text("sex"),
          .from = ParseAgeLimit(cells.Text("age_from")).value_or(AgeLimit()),
          .to = ParseAgeLimit(cells.Text("age_to")),
          .low = cells.Decimal("low"),
          .high = cells.Decimal("high"),
          .critical_low = cells.Decimal("critical_low"),
          .critical_high = cells.Decimal("critical_high"),
          .validity = cells.ValidityOfRow()};
}

Analyte AnalyteOf(const RowReader& cells) {
  return {.service_code = cells.Text("service_code"),
          .code = cells.Text("code"),
          .loinc = cells.Text("loinc"),
          .name = cells.Text("name_vi"),
          .name_en = cells.Text("name_en"),
          .unit = cells.Text("unit"),
          .kind = KindOf(cells.Text("kind")),
          .decimals = std::clamp(cells.Integer("decimals").value_or(0), 0, 6),
          .plausible_low = cells.Decimal("plausible_low"),
          .plausible_high = cells.Decimal("plausible_high"),
          .options = ParseOptions(cells.Text("options")),
          .ranges = {},
          .validity = cells.ValidityOfRow()};
}

void Widen(Validity& span, const Validity& row) {
  span.from = std::min(span.from, row.from);
  if (!span.to || !row.to) {
    span.to.reset();
  } else {
    span.to = std::max(*span.to, *row.to);
  }
}

}  // namespace

std::string_view Name(ResultKind kind) {
  switch (kind) {
    case ResultKind::kQuantity: return "quantity";
    case ResultKind::kCoded: return "coded";
    case ResultKind::kText: return "text";
  }
  CHECK(false);
  return {};
}

std::optional<AgeLimit> ParseAgeLimit(std::string_view text) {
  AgeLimit age;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), age.count);
  if (error != std::errc() || age.count < 0 || age.count > 100'000) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<size_t>(end - text.data()));
  if (unit != "d" && unit != "m" && unit != "y") return std::nullopt;
  age.unit = unit[0];
  return age;
}

bool AgeLimit::IsReached(base::Date birth, base::Date on) const {
  if (count == 0) return true;
  if (unit == 'd') return on.ToDays() - birth.ToDays() >= count;
  return (unit == 'm' ? base::AgeInMonths(birth, on) : base::AgeInYears(birth, on)) >= count;
}

const ReferenceRange* Analyte::RangeFor(std::string_view sex, std::optional<base::Date> birth,
                                        base::Date on) const {
  for (const ReferenceRange& range : ranges) {
    if (!range.validity.Covers(on) || (!range.sex.empty() && range.sex != sex)) continue;
    const bool any_age = range.from.count == 0 && !range.to;
    if (any_age) return &range;
    if (!birth) continue;
    if (range.from.IsReached(*birth, on) && !(range.to && range.to->IsReached(*birth, on)))
      return &range;
  }
  return nullptr;
}

const ResultOption* Analyte::Option(std::string_view code_or_text) const {
  for (const ResultOption& option : options) {
    if (option.code == code_or_text || option.text == code_or_text) return &option;
  }
  return nullptr;
}

// Rows of one service and analyte are its ranges; what they share is taken from the row valid last.
AnalyteList::AnalyteList(const Table& table) {
  std::unordered_map<std::string, size_t> position;
  for (const GridRow& row : table.rows) {
    const RowReader cells(table, row);
    const std::string key = cells.Text("service_code") + "\x1f" + cells.Text("code");
    const auto [found, is_new] = position.emplace(key, analytes_.size());
    if (is_new) {
      analytes_.push_back(AnalyteOf(cells));
      by_service_[analytes_.back().service_code].push_back(found->second);
    } else {
      Analyte& known = analytes_[found->second];
      Analyte read = AnalyteOf(cells);
      read.ranges = std::move(known.ranges);
      const Validity previous = known.validity;
      const bool newer = read.validity.from > previous.from;
      if (newer) {
        known = std::move(read);
      } else {
        known.ranges = std::move(read.ranges);
      }
      Widen(known.validity, previous);
      Widen(known.validity, cells.ValidityOfRow());
    }
    analytes_[found->second].ranges.push_back(RangeOf(cells));
  }
}

std::vector<const Analyte*> AnalyteList::OfService(std::string_view service_code,
                                                   base::Date at) const {
  std::vector<const Analyte*> out;
  const auto found = by_service_.find(std::string(service_code));
  if (found == by_service_.end()) return out;
  for (size_t i : found->second) {
    if (analytes_[i].validity.Covers(at)) out.push_back(&analytes_[i]);
  }
  return out;
}

const Analyte* AnalyteList::Find(std::string_view service_code, std::string_view code,
                                 base::Date at) const {
  for (const Analyte* analyte : OfService(service_code, at)) {
    if (analyte->code == code) return analyte;
  }
  return nullptr;
}

}  // namespace care::shared
