#include "care/shared/catalogue/cell.h"

#include <array>
#include <charconv>

#include "base/decimal.h"
#include "base/text.h"
#include "base/time.h"

namespace care::shared {
namespace {

std::string Quoted(std::string_view text) {
  constexpr size_t kShown = 60;
  std::string shown(text.substr(0, kShown));
  while (!base::IsValidUtf8(shown)) shown.pop_back();
  return "\"" + shown + (text.size() > kShown ? "…\"" : "\"");
}

bool AllDigits(std::string_view text) { return base::IsDigits(text); }

// Digits in groups of three after the first: "1.234.567" with '.'.
bool IsGrouped(std::string_view whole, char separator) {
  const auto groups = base::Split(whole, separator);
  if (groups.size() < 2 || groups[0].empty() || groups[0].size() > 3 || !AllDigits(groups[0]))
    return false;
  for (size_t i = 1; i < groups.size(); ++i) {
    if (groups[i].size() != 3 || !AllDigits(groups[i])) return false;
  }
  return true;
}

std::string Without(std::string_view text, char dropped) {
  std::string out;
  for (char c : text) {
    if (c != dropped) out += c;
  }
  return out;
}

// Vietnamese and English habits: "1.234.567,5", "1,234,567.5", "36500", "0,5", "36500 đ".
// One separator before exactly three digits could be either, a factor of 1000 in a price: refused
// there, a decimal point elsewhere ("1.005", a specific gravity).
base::Result<std::string> NormalizeNumber(ColumnType type, std::string_view original) {
  std::string compact = Without(original, ' ');
  for (std::string_view currency : {"đ", "₫", "VND", "VNĐ", "%"}) {
    if (compact.ends_with(currency)) compact.resize(compact.size() - currency.size());
  }
  std::string_view text = base::Trim(compact);
  std::string sign;
  if (text.starts_with('-')) {
    sign = "-";
    text.remove_prefix(1);
  }
  const size_t dot = text.rfind('.');
  const size_t comma = text.rfind(',');
  std::string plain(text);
  if (dot != std::string_view::npos && comma != std::string_view::npos) {
    const char thousands = dot < comma ? '.' : ',';
    const size_t point = std::max(dot, comma);
    if (!IsGrouped(text.substr(0, point), thousands))
      return base::Invalid("không đọc được số " + Quoted(original));
    plain = Without(text.substr(0, point), thousands) + "." + std::string(text.substr(point + 1));
  } else if (dot != std::string_view::npos || comma != std::string_view::npos) {
    const char separator = dot != std::string_view::npos ? '.' : ',';
    const size_t point = separator == '.' ? dot : comma;
    if (text.find(separator) != point && IsGrouped(text, separator)) {
      plain = Without(text, separator);
    } else if (type == ColumnType::kMoney && text.size() - point == 4 && point <= 3 &&
               text.substr(0, point) != "0") {
      return base::Invalid(
          "số " + Quoted(original) +
          " có thể là hàng nghìn hoặc phần thập phân; hãy viết không có dấu ngăn cách");
    } else {
      plain[point] = '.';
    }
  }
  auto number = base::Decimal::Parse(sign + plain);
  if (!number.ok()) return base::Invalid("không đọc được số " + Quoted(original));
  return number->ToString();
}

base::Result<std::string> NormalizeInteger(std::string_view original) {
  TRY_ASSIGN(const std::string text, NormalizeNumber(ColumnType::kInteger, original));
  auto number = base::Decimal::Parse(text);
  auto whole = number.ok() ? number->ToInteger() : base::Result<int64_t>(number.error());
  if (!whole.ok() || *whole < -1'000'000'000 || *whole > 1'000'000'000) {
    return base::Invalid("không phải số nguyên: " + Quoted(original));
  }
  return std::to_string(*whole);
}

base::Result<std::string> NormalizeFlag(std::string_view original) {
  const std::string folded = base::Fold(original);
  for (std::string_view yes : {"1", "x", "co", "dung", "true", "yes", "y"}) {
    if (folded == yes) return std::string("1");
  }
  for (std::string_view no : {"0", "khong", "sai", "false", "no", "n"}) {
    if (folded == no) return std::string();
  }
  // "x", "✓", "*" and the like: punctuation folds to nothing.
  if (folded.empty() && original != "-") return std::string("1");
  if (original == "-") return std::string();
  return base::Invalid("không rõ có hay không: " + Quoted(original));
}

int Number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// "2026-07-01", "01/07/2026", "1.7.2026", "20260701", and Excel's day numbers (1900 system).
base::Result<std::string> NormalizeDate(std::string_view original) {
  const std::string_view text = original.substr(0, original.find(' '));  // a time may follow
  auto bad = [&] { return base::Invalid("không đọc được ngày " + Quoted(original)); };
  if (auto iso = base::Date::ParseIso(text); iso.ok()) return iso->ToIso();
  if (AllDigits(text) && text.size() == 8) {
    auto date = base::Date::FromParts(Number(text.substr(0, 4)), Number(text.substr(4, 2)),
                                      Number(text.substr(6, 2)));
    if (!date.ok()) return bad();
    return date->ToIso();
  }
  if (AllDigits(text) && text.size() == 5) {
    const base::Date origin{.year = 1899, .month = 12, .day = 30};
    return origin.AddDays(Number(text)).ToIso();
  }
  for (char separator : {'/', '.', '-'}) {
    const auto parts = base::Split(text, separator);
    if (parts.size() != 3 || parts[2].size() != 4) continue;
    if (!AllDigits(parts[0]) || !AllDigits(parts[1]) || !AllDigits(parts[2])) return bad();
    if (parts[0].size() > 2 || parts[1].size() > 2) return bad();
    auto date = base::Date::FromParts(Number(parts[2]), Number(parts[1]), Number(parts[0]));
    if (!date.ok()) return bad();
    return date->ToIso();
  }
  return bad();
}

}  // namespace

base::Result<std::string> NormalizeCell(ColumnType type, std::string_view text) {
  text = base::Trim(text);
  if (text.empty()) return std::string();
  switch (type) {
    case ColumnType::kText: return base::ToNfc(text);
    case ColumnType::kFlag: return NormalizeFlag(text);
    case ColumnType::kInteger: return NormalizeInteger(text);
    case ColumnType::kDecimal:
    case ColumnType::kMoney: return NormalizeNumber(type, text);
    case ColumnType::kDate: return NormalizeDate(text);
  }
  return base::Internal("column type");
}

}  // namespace care::shared
