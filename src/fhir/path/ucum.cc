#include "fhir/path/ucum.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace fhir::path {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kAvogadro = 6.0221367e23;  // the value UCUM 2.1 prints

struct Atom {
  std::string_view code;
  bool metric;  // takes prefixes
  double factor;
  std::array<int8_t, 7> dimensions;
  double offset = 0;
};

using D = std::array<int8_t, 7>;
constexpr D kNone = {0, 0, 0, 0, 0, 0, 0};
constexpr D kLength = {1, 0, 0, 0, 0, 0, 0};
constexpr D kArea = {2, 0, 0, 0, 0, 0, 0};
constexpr D kVolume = {3, 0, 0, 0, 0, 0, 0};
constexpr D kTime = {0, 1, 0, 0, 0, 0, 0};
constexpr D kMass = {0, 0, 1, 0, 0, 0, 0};
constexpr D kAngle = {0, 0, 0, 1, 0, 0, 0};
constexpr D kTemperature = {0, 0, 0, 0, 1, 0, 0};
constexpr D kForce = {1, -2, 1, 0, 0, 0, 0};
constexpr D kPressure = {-1, -2, 1, 0, 0, 0, 0};
constexpr D kEnergy = {2, -2, 1, 0, 0, 0, 0};

// ucum-essence.xml, version 2.1; units in the gram-metre-second system.
constexpr Atom kAtoms[] = {
    // base units and numbers
    {"m", true, 1, kLength}, {"s", true, 1, kTime}, {"g", true, 1, kMass}, {"rad", true, 1, kAngle},
    {"K", true, 1, kTemperature}, {"C", true, 1, {0, 0, 0, 0, 0, 1, 0}}, {"cd", true, 1, {0, 0, 0, 0, 0, 0, 1}},
    {"10*", false, 10, kNone}, {"10^", false, 10, kNone}, {"[pi]", false, kPi, kNone}, {"%", false, 0.01, kNone},
    {"[ppth]", false, 1e-3, kNone}, {"[ppm]", false, 1e-6, kNone}, {"[ppb]", false, 1e-9, kNone},
    {"[pptr]", false, 1e-12, kNone},
    // SI
    {"mol", true, kAvogadro, kNone}, {"sr", true, 1, {0, 0, 0, 2, 0, 0, 0}}, {"Hz", true, 1, {0, -1, 0, 0, 0, 0, 0}},
    {"N", true, 1e3, kForce}, {"Pa", true, 1e3, kPressure}, {"J", true, 1e3, kEnergy},
    {"W", true, 1e3, {2, -3, 1, 0, 0, 0, 0}}, {"A", true, 1, {0, -1, 0, 0, 0, 1, 0}},
    {"V", true, 1e3, {2, -2, 1, 0, 0, -1, 0}}, {"F", true, 1e-3, {-2, 2, -1, 0, 0, 2, 0}},
    {"Ohm", true, 1e3, {2, -1, 1, 0, 0, -2, 0}}, {"S", true, 1e-3, {-2, 1, -1, 0, 0, 2, 0}},
    {"Wb", true, 1e3, {2, -1, 1, 0, 0, -1, 0}}, {"T", true, 1e3, {0, -1, 1, 0, 0, -1, 0}},
    {"H", true, 1e3, {2, 0, 1, 0, 0, -2, 0}}, {"lm", true, 1, {0, 0, 0, 2, 0, 0, 1}},
    {"lx", true, 1, {-2, 0, 0, 2, 0, 0, 1}}, {"Bq", true, 1, {0, -1, 0, 0, 0, 0, 0}},
    {"Gy", true, 1, {2, -2, 0, 0, 0, 0, 0}}, {"Sv", true, 1, {2, -2, 0, 0, 0, 0, 0}},
    {"Cel", true, 1, kTemperature, 273.15}, {"[degF]", false, 5.0 / 9, kTemperature, 459.67 * 5 / 9},
    {"kat", true, kAvogadro, {0, -1, 0, 0, 0, 0, 0}},
    // time; a year is the mean Julian one
    {"min", false, 60, kTime}, {"h", false, 3600, kTime}, {"d", false, 86400, kTime}, {"wk", false, 604800, kTime},
    {"mo", false, 2629800, kTime}, {"mo_s", false, 2551442.976, kTime}, {"mo_j", false, 2629800, kTime},
    {"mo_g", false, 2629746, kTime}, {"a", false, 31557600, kTime}, {"a_t", false, 31556925.216, kTime},
    {"a_j", false, 31557600, kTime}, {"a_g", false, 31556952, kTime},
    // volume, area, mass, length, pressure, energy
    {"l", true, 1e-3, kVolume}, {"L", true, 1e-3, kVolume}, {"ar", true, 100, kArea}, {"t", true, 1e6, kMass},
    {"u", true, 1.6605402e-24, kMass}, {"bar", true, 1e8, kPressure}, {"eV", true, 1.60217733e-16, kEnergy},
    {"Ao", false, 1e-10, kLength}, {"b", false, 1e-28, kArea}, {"atm", false, 101325e3, kPressure},
    {"m[H2O]", true, 9806.65e3, kPressure}, {"m[Hg]", true, 133322.387415e3, kPressure},
    {"cal", true, 4184, kEnergy}, {"cal_th", true, 4184, kEnergy}, {"[Cal]", false, 4184e3, kEnergy},
    {"dyn", true, 1e-2, kForce}, {"erg", true, 1e-4, kEnergy}, {"gf", true, 9.80665, kForce},
    {"P", true, 100, {-1, -1, 1, 0, 0, 0, 0}}, {"St", true, 1e-4, {2, -1, 0, 0, 0, 0, 0}},
    {"Ci", true, 3.7e10, {0, -1, 0, 0, 0, 0, 0}}, {"RAD", true, 1e-2, {2, -2, 0, 0, 0, 0, 0}},
    {"REM", true, 1e-2, {2, -2, 0, 0, 0, 0, 0}}, {"R", true, 2.58e-7, {0, 0, -1, 0, 0, 1, 0}},
    {"deg", false, kPi / 180, kAngle}, {"'", false, kPi / 10800, kAngle}, {"''", false, kPi / 648000, kAngle},
    {"gon", false, kPi / 200, kAngle}, {"[diop]", false, 1, {-1, 0, 0, 0, 0, 0, 0}},
    // customary
    {"[in_i]", false, 0.0254, kLength}, {"[ft_i]", false, 0.3048, kLength}, {"[yd_i]", false, 0.9144, kLength},
    {"[mi_i]", false, 1609.344, kLength}, {"[nmi_i]", false, 1852, kLength}, {"[fth_i]", false, 1.8288, kLength},
    {"[sin_i]", false, 6.4516e-4, kArea}, {"[sft_i]", false, 0.09290304, kArea}, {"[cin_i]", false, 1.6387064e-5, kVolume},
    {"[in_us]", false, 0.0254000508001016, kLength}, {"[ft_us]", false, 0.304800609601219, kLength},
    {"[gr]", false, 0.06479891, kMass}, {"[lb_av]", false, 453.59237, kMass}, {"[oz_av]", false, 28.349523125, kMass},
    {"[dr_av]", false, 1.7718451953125, kMass}, {"[stone_av]", false, 6350.29318, kMass},
    {"[ston_av]", false, 907184.74, kMass}, {"[lb_tr]", false, 373.2417216, kMass}, {"[oz_tr]", false, 31.1034768, kMass},
    {"[gal_us]", false, 3.785411784e-3, kVolume}, {"[qt_us]", false, 9.46352946e-4, kVolume},
    {"[pt_us]", false, 4.73176473e-4, kVolume}, {"[foz_us]", false, 2.95735295625e-5, kVolume},
    {"[tbs_us]", false, 1.478676478125e-5, kVolume}, {"[tsp_us]", false, 4.92892159375e-6, kVolume},
    {"[cup_us]", false, 2.365882365e-4, kVolume}, {"[foz_m]", false, 3e-5, kVolume}, {"[cup_m]", false, 2.4e-4, kVolume},
    {"[tsp_m]", false, 5e-6, kVolume}, {"[tbs_m]", false, 1.5e-5, kVolume}, {"[drp]", false, 5e-8, kVolume},
    {"[gal_br]", false, 4.54609e-3, kVolume}, {"[pt_br]", false, 5.6826125e-4, kVolume},
    {"[psi]", false, 6894.757293168e3, kPressure}, {"[lbf_av]", false, 4448.2216152605, kForce},
    {"[in_i'H2O]", false, 249.08891e3, kPressure},
    {"[in_i'Hg]", false, 3386.38864034e3, kPressure}, {"[Btu]", false, 1055056, kEnergy},
    {"[HP]", false, 745699.87158227, {2, -3, 1, 0, 0, 0, 0}}, {"[g]", true, 9.80665, {1, -2, 0, 0, 0, 0, 0}},
    {"[c]", true, 299792458, {1, -1, 0, 0, 0, 0, 0}}, {"[Ch]", false, 3.333e-4, kLength},
    // chemistry and the clinic
    {"eq", true, kAvogadro, kNone}, {"osm", true, kAvogadro, kNone}, {"U", true, kAvogadro * 1e-6 / 60, {0, -1, 0, 0, 0, 0, 0}},
    {"g%", true, 1e4, {-3, 0, 1, 0, 0, 0, 0}}, {"[iU]", true, 1, kNone}, {"[IU]", true, 1, kNone},
    {"[arb'U]", false, 1, kNone}, {"[USP'U]", false, 1, kNone}, {"[GPL'U]", false, 1, kNone}, {"[MPL'U]", false, 1, kNone},
    {"[APL'U]", false, 1, kNone}, {"[todd'U]", false, 1, kNone}, {"[dye'U]", false, 1, kNone},
    {"[smgy'U]", false, 1, kNone}, {"[bdsk'U]", false, 1, kNone}, {"[ka'U]", false, 1, kNone}, {"[knk'U]", false, 1, kNone},
    {"[mclg'U]", false, 1, kNone}, {"[tb'U]", false, 1, kNone}, {"[CCID_50]", false, 1, kNone}, {"[TCID_50]", false, 1, kNone},
    {"[EID_50]", false, 1, kNone}, {"[PFU]", false, 1, kNone}, {"[FFU]", false, 1, kNone}, {"[CFU]", false, 1, kNone},
    {"[IR]", false, 1, kNone}, {"[BAU]", false, 1, kNone}, {"[AU]", false, 1, kNone}, {"[Amb'a'1'U]", false, 1, kNone},
    {"[PNU]", false, 1, kNone}, {"[Lf]", false, 1, kNone}, {"[D'ag'U]", false, 1, kNone}, {"[FEU]", false, 1, kNone},
    {"[ELU]", false, 1, kNone}, {"[EU]", false, 1, kNone}, {"[HPF]", false, 1, kNone}, {"[LPF]", false, 100, kNone},
    {"[S]", false, 1e-13, kTime}, {"bit", false, 1, kNone}, {"By", true, 8, kNone}, {"Bd", true, 1, {0, -1, 0, 0, 0, 0, 0}},
    {"circ", false, 2 * kPi, kAngle},
};

struct Prefix {
  std::string_view code;
  double factor;
};
constexpr Prefix kPrefixes[] = {
    {"da", 1e1}, {"Ki", 1024}, {"Mi", 1048576}, {"Gi", 1073741824}, {"Y", 1e24}, {"Z", 1e21}, {"E", 1e18},
    {"P", 1e15}, {"T", 1e12}, {"G", 1e9}, {"M", 1e6}, {"k", 1e3}, {"h", 1e2}, {"d", 1e-1}, {"c", 1e-2},
    {"m", 1e-3}, {"u", 1e-6}, {"n", 1e-9}, {"p", 1e-12}, {"f", 1e-15}, {"a", 1e-18}, {"z", 1e-21}, {"y", 1e-24},
};

const Atom* FindAtom(std::string_view code) {
  const auto* found = std::find_if(std::begin(kAtoms), std::end(kAtoms), [&](const Atom& a) { return a.code == code; });
  return found == std::end(kAtoms) ? nullptr : found;
}

UcumUnit FromAtom(const Atom& atom, double prefix) {
  return {.dimensions = atom.dimensions, .factor = atom.factor * prefix, .offset = atom.offset};
}

std::optional<UcumUnit> FindSymbol(std::string_view code) {
  if (const Atom* atom = FindAtom(code)) return FromAtom(*atom, 1);
  for (const Prefix& prefix : kPrefixes) {
    if (!code.starts_with(prefix.code)) continue;
    const Atom* atom = FindAtom(code.substr(prefix.code.size()));
    if (atom != nullptr && atom->metric) return FromAtom(*atom, prefix.factor);
  }
  return std::nullopt;
}

constexpr int kMaxExponent = 20;

bool Raise(UcumUnit& unit, int exponent) {
  unit.factor = std::pow(unit.factor, exponent);
  for (int8_t& dimension : unit.dimensions) {
    const int raised = dimension * exponent;
    if (raised > 100 || raised < -100) return false;
    dimension = static_cast<int8_t>(raised);
  }
  return true;
}

// term: ["/"] component {("." | "/") component}; component: "(" term ")" | symbol [exponent] | number,
// each with an optional {annotation}.
class UcumParser {
 public:
  explicit UcumParser(std::string_view text) : text_(text) {}

  std::optional<UcumUnit> Parse() {
    auto unit = Term(0);
    if (!unit || at_ != text_.size()) return std::nullopt;
    return unit;
  }

 private:
  bool Take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::optional<UcumUnit> Term(int depth) {
    if (depth > 8) return std::nullopt;
    UcumUnit product;
    bool divide = Take('/');
    bool single = !divide;
    for (bool first = true;; first = false) {
      auto factor = Component(depth);
      if (!factor) return std::nullopt;
      if (!first) single = false;
      if (divide && !Raise(*factor, -1)) return std::nullopt;
      for (size_t i = 0; i < product.dimensions.size(); ++i) {
        const int sum = product.dimensions[i] + factor->dimensions[i];
        if (sum > 100 || sum < -100) return std::nullopt;
        product.dimensions[i] = static_cast<int8_t>(sum);
      }
      product.factor *= factor->factor;
      // Degrees have an offset only alone; in a product they are differences.
      product.offset = single ? factor->offset : 0;
      if (Take('/')) {
        divide = true;
      } else if (Take('.')) {
        divide = false;
      } else {
        return product;
      }
    }
  }

  bool Annotation() {
    if (!Take('{')) return true;
    const size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) return false;
    at_ = end + 1;
    return true;
  }

  std::optional<UcumUnit> Component(int depth) {
    UcumUnit unit;
    if (Take('(')) {
      auto inner = Term(depth + 1);
      if (!inner || !Take(')')) return std::nullopt;
      unit = *inner;
    } else if (at_ < text_.size() && text_[at_] != '{') {
      auto symbol = Symbol();
      if (!symbol) return std::nullopt;
      unit = *symbol;
    } else if (at_ >= text_.size()) {
      return std::nullopt;
    }
    if (!Annotation()) return std::nullopt;
    return unit;
  }

  std::optional<UcumUnit> Symbol() {
    const size_t begin = at_;
    int brackets = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '[') ++brackets;
      if (c == ']') --brackets;
      if (brackets == 0 && (c == '.' || c == '/' || c == '(' || c == ')' || c == '{')) break;
      ++at_;
    }
    std::string_view word = text_.substr(begin, at_ - begin);
    if (word.empty()) return std::nullopt;
    if (std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; })) {
      if (word.size() > 15) return std::nullopt;
      double number = 0;
      for (const char c : word) number = number * 10 + (c - '0');
      return UcumUnit{.factor = number};
    }
    if (auto plain = FindSymbol(word)) return plain;
    return Powered(word);
  }

  static std::optional<UcumUnit> Powered(std::string_view word) {
    size_t digits = word.size();
    while (digits > 0 && word[digits - 1] >= '0' && word[digits - 1] <= '9') --digits;
    if (digits == word.size() || word.size() - digits > 2) return std::nullopt;
    int exponent = 0;
    for (const char c : word.substr(digits)) exponent = exponent * 10 + (c - '0');
    if (digits > 0 && (word[digits - 1] == '-' || word[digits - 1] == '+')) {
      --digits;
      if (word[digits] == '-') exponent = -exponent;
    }
    auto unit = FindSymbol(word.substr(0, digits));
    if (!unit || exponent > kMaxExponent || exponent < -kMaxExponent || !Raise(*unit, exponent)) return std::nullopt;
    unit->offset = 0;
    return unit;
  }

  std::string_view text_;
  size_t at_ = 0;
};

struct CalendarWord {
  std::string_view plural;
  std::string_view singular;
  std::string_view ucum;
};
constexpr CalendarWord kCalendar[] = {
    {"years", "year", "a"},       {"months", "month", "mo"},   {"weeks", "week", "wk"},
    {"days", "day", "d"},         {"hours", "hour", "h"},      {"minutes", "minute", "min"},
    {"seconds", "second", "s"},   {"milliseconds", "millisecond", "ms"},
};

}  // namespace

std::optional<UcumUnit> ParseUcum(std::string_view code) {
  if (code.empty() || code.size() > 200) return std::nullopt;
  return UcumParser(code).Parse();
}

std::optional<double> ConvertUcum(double value, const UcumUnit& from, const UcumUnit& to) {
  if (!from.SameDimensions(to)) return std::nullopt;
  return (value * from.factor + from.offset - to.offset) / to.factor;
}

std::string_view CalendarToUcum(std::string_view word) {
  for (const CalendarWord& entry : kCalendar) {
    if (word == entry.plural || word == entry.singular) return entry.ucum;
  }
  return {};
}

std::string_view CalendarSingular(std::string_view word) {
  for (const CalendarWord& entry : kCalendar) {
    if (word == entry.plural || word == entry.singular) return entry.singular;
  }
  return {};
}

}  // namespace fhir::path
