#include "fhir/path/moment.h"

#include <algorithm>
#include <array>

namespace fhir::path {
namespace {

using Wide = Moment::Wide;

constexpr int64_t kNanosPerSecond = 1'000'000'000;

bool IsLeap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int DaysInMonth(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[static_cast<size_t>(month - 1)];
}

// Reads fixed-width fields from the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool Done() const { return rest_.empty(); }
  bool Next(char c) const { return rest_.starts_with(c); }
  bool Take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // A field of exactly `width` digits within the bounds, else `ok` turns false.
  int Field(size_t width, int low, int high, bool& ok) {
    int value = 0;
    if (rest_.size() < width) return ok = false, low;
    for (size_t i = 0; i < width; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return ok = false, low;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(width);
    if (value < low || value > high) ok = false;
    return value;
  }
  // ".123" after the seconds.
  bool Fraction(Moment& moment) {
    int digits = 0;
    int32_t nanos = 0;
    while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9') {
      if (digits < 9) nanos = nanos * 10 + (rest_[0] - '0');
      ++digits;
      rest_.remove_prefix(1);
    }
    if (digits == 0) return false;
    for (int i = digits; i < 9; ++i) nanos *= 10;
    moment.nanos = nanos;
    moment.fraction_digits = static_cast<uint8_t>(std::min(digits, 9));
    moment.precision = Precision::kFraction;
    return true;
  }

 private:
  std::string_view rest_;
};

bool ReadDate(Reader& in, Moment& out) {
  bool ok = true;
  out.precision = Precision::kYear;
  out.year = in.Field(4, 1, 9999, ok);
  if (!ok || !in.Take('-')) return ok;
  out.precision = Precision::kMonth;
  out.month = in.Field(2, 1, 12, ok);
  if (!ok || !in.Take('-')) return ok;
  out.precision = Precision::kDay;
  out.day = in.Field(2, 1, 31, ok);
  return ok && out.day <= DaysInMonth(out.year, out.month);
}

bool ReadTimeOfDay(Reader& in, Moment& out) {
  bool ok = true;
  out.precision = Precision::kHour;
  out.hour = in.Field(2, 0, 24, ok);
  if (!ok || !in.Take(':')) return ok && out.hour < 24;
  out.precision = Precision::kMinute;
  out.minute = in.Field(2, 0, 59, ok);
  if (!ok || !in.Take(':')) return ok && out.hour < 24;
  out.precision = Precision::kSecond;
  out.second = in.Field(2, 0, 60, ok);  // 60: a leap second, which FHIR allows
  if (!ok || out.hour == 24) return false;
  return !in.Take('.') || in.Fraction(out);
}

bool ReadOffset(Reader& in, Moment& out) {
  if (in.Take('Z')) {
    out.offset_minutes = 0;
    return true;
  }
  const bool west = in.Next('-');
  if (!in.Take('+') && !in.Take('-')) return true;  // none
  bool ok = true;
  const int hours = in.Field(2, 0, 14, ok);
  if (!ok || !in.Take(':')) return false;
  const int minutes = in.Field(2, 0, 59, ok);
  out.offset_minutes = (hours * 60 + minutes) * (west ? -1 : 1);
  return ok;
}

void AppendDigits(std::string& out, int value, int width) {
  const std::string digits = std::to_string(value);
  out.append(static_cast<size_t>(std::max(0, width - static_cast<int>(digits.size()))), '0');
  out += digits;
}

}  // namespace

std::optional<Moment> Moment::ParseDate(std::string_view text) {
  Moment out{.kind = MomentKind::kDate};
  Reader in(text);
  if (!ReadDate(in, out) || !in.Done()) return std::nullopt;
  return out;
}

std::optional<Moment> Moment::ParseDateTime(std::string_view text) {
  Moment out{.kind = MomentKind::kDateTime};
  Reader in(text);
  if (!ReadDate(in, out)) return std::nullopt;
  if (in.Take('T') && !in.Done()) {
    if (out.precision != Precision::kDay || !ReadTimeOfDay(in, out) || !ReadOffset(in, out)) return std::nullopt;
  }
  if (!in.Done()) return std::nullopt;
  return out;
}

std::optional<Moment> Moment::ParseTime(std::string_view text) {
  Moment out{.kind = MomentKind::kTime};
  Reader in(text);
  in.Take('T');
  if (!ReadTimeOfDay(in, out) || !in.Done()) return std::nullopt;
  return out;
}

Moment Moment::FromInstant(base::Instant instant, int offset_minutes) {
  const int64_t local = instant.millis + int64_t{offset_minutes} * 60'000;
  int64_t days = local / 86'400'000;
  int64_t rest = local % 86'400'000;
  if (rest < 0) {
    rest += 86'400'000;
    --days;
  }
  const base::Date date = base::Date::FromDays(days);
  return {.kind = MomentKind::kDateTime,
          .precision = Precision::kFraction,
          .year = date.year,
          .month = date.month,
          .day = date.day,
          .hour = static_cast<int>(rest / 3'600'000),
          .minute = static_cast<int>(rest / 60'000 % 60),
          .second = static_cast<int>(rest / 1000 % 60),
          .nanos = static_cast<int32_t>(rest % 1000 * 1'000'000),
          .fraction_digits = 3,
          .offset_minutes = offset_minutes};
}

std::string Moment::ToString() const {
  std::string out;
  if (kind != MomentKind::kTime) {
    AppendDigits(out, year, 4);
    if (precision >= Precision::kMonth) AppendDigits(out += '-', month, 2);
    if (precision >= Precision::kDay) AppendDigits(out += '-', day, 2);
    if (precision < Precision::kHour) return out;
    out += 'T';
  }
  AppendDigits(out, hour, 2);
  if (precision >= Precision::kMinute) AppendDigits(out += ':', minute, 2);
  if (precision >= Precision::kSecond) AppendDigits(out += ':', second, 2);
  if (precision == Precision::kFraction) {
    std::string digits;
    AppendDigits(digits, nanos, 9);
    out += '.' + digits.substr(0, fraction_digits);
  }
  if (!offset_minutes) return out;
  if (*offset_minutes == 0) return out += 'Z';
  const int minutes = std::abs(*offset_minutes);
  out += *offset_minutes < 0 ? '-' : '+';
  AppendDigits(out, minutes / 60, 2);
  AppendDigits(out += ':', minutes % 60, 2);
  return out;
}

Moment::Wide Moment::NanosSinceEpoch() const {
  const int64_t days = kind == MomentKind::kTime ? 0 : base::Date{year, month, day}.ToDays();
  const int64_t seconds =
      days * 86'400 + hour * 3600 + (minute - offset_minutes.value_or(0)) * 60 + second;
  return static_cast<Wide>(seconds) * kNanosPerSecond + nanos;
}

std::optional<std::strong_ordering> Moment::Compare(const Moment& a, const Moment& b) {
  if ((a.kind == MomentKind::kTime) != (b.kind == MomentKind::kTime)) return std::nullopt;
  const auto precise = [](const Moment& m) { return std::min(m.precision, Precision::kSecond); };
  const Precision common = std::min(precise(a), precise(b));
  const bool both_offsets = a.offset_minutes && b.offset_minutes;
  Moment x = a;
  Moment y = b;
  if (both_offsets && *a.offset_minutes != *b.offset_minutes) {
    const auto shifted = a.AddNanos(static_cast<Wide>(*b.offset_minutes - *a.offset_minutes) * 60 * kNanosPerSecond);
    if (!shifted) return a.NanosSinceEpoch() <=> b.NanosSinceEpoch();
    x = *shifted;
  }
  // One offset missing: the other could be up to 14 hours away, so only a clear gap tells.
  if (a.offset_minutes.has_value() != b.offset_minutes.has_value() && common >= Precision::kHour) {
    x.offset_minutes = y.offset_minutes = std::nullopt;
    const Wide gap = x.NanosSinceEpoch() - y.NanosSinceEpoch();
    const Wide widest = static_cast<Wide>(26) * 3600 * kNanosPerSecond;
    if (gap > -widest && gap < widest) return std::nullopt;
    return gap <=> 0;
  }
  const std::array<std::pair<int, int>, 6> fields = {
      {{x.year, y.year}, {x.month, y.month}, {x.day, y.day}, {x.hour, y.hour}, {x.minute, y.minute},
       {x.second, y.second}}};
  const size_t first = a.kind == MomentKind::kTime ? 3 : 0;
  for (size_t i = first; i <= static_cast<size_t>(common); ++i) {
    if (fields[i].first != fields[i].second) return fields[i].first <=> fields[i].second;
  }
  if (precise(a) != precise(b)) return std::nullopt;
  if (common == Precision::kSecond && x.nanos != y.nanos) return x.nanos <=> y.nanos;
  return std::strong_ordering::equal;
}

bool Moment::Equivalent(const Moment& a, const Moment& b) {
  const auto order = Compare(a, b);
  return order && *order == std::strong_ordering::equal;
}

std::optional<Moment> Moment::AddMonths(int64_t months) const {
  if (kind == MomentKind::kTime || months > 200'000 || months < -200'000) return std::nullopt;
  const int64_t total = int64_t{year} * 12 + (month - 1) + months;
  if (total < 12 || total >= 120'000) return std::nullopt;
  Moment out = *this;
  out.year = static_cast<int>(total / 12);
  out.month = static_cast<int>(total % 12) + 1;
  out.day = std::min(out.day, DaysInMonth(out.year, out.month));
  return out;
}

std::optional<Moment> Moment::AddNanos(Wide nanoseconds) const {
  constexpr Wide kNanosPerDay = static_cast<Wide>(86'400) * kNanosPerSecond;
  Moment local = *this;
  local.offset_minutes = std::nullopt;
  Wide total = local.NanosSinceEpoch() + nanoseconds;
  Wide days = total / kNanosPerDay;
  Wide rest = total % kNanosPerDay;
  if (rest < 0) {
    rest += kNanosPerDay;
    --days;
  }
  Moment out = *this;
  if (kind != MomentKind::kTime) {
    if (days < -719'162 || days > 2'932'896) return std::nullopt;  // years 1 to 9999
    const base::Date date = base::Date::FromDays(static_cast<int64_t>(days));
    out.year = date.year;
    if (precision >= Precision::kMonth) out.month = date.month;
    if (precision >= Precision::kDay) out.day = date.day;
  }
  const auto seconds = static_cast<int64_t>(rest / kNanosPerSecond);
  if (precision >= Precision::kHour) out.hour = static_cast<int>(seconds / 3600);
  if (precision >= Precision::kMinute) out.minute = static_cast<int>(seconds / 60 % 60);
  if (precision >= Precision::kSecond) out.second = static_cast<int>(seconds % 60);
  if (precision >= Precision::kSecond) {
    out.nanos = static_cast<int32_t>(rest % kNanosPerSecond);
    if (out.nanos != 0 && out.precision == Precision::kSecond) {
      out.precision = Precision::kFraction;
      out.fraction_digits = 3;
    }
  }
  return out;
}

Moment Moment::Earliest() const {
  Moment out = *this;
  out.precision = kind == MomentKind::kDate ? Precision::kDay : Precision::kFraction;
  out.fraction_digits = std::max<uint8_t>(fraction_digits, 3);
  // The place on earth where it was this time first.
  if (kind == MomentKind::kDateTime && !offset_minutes) out.offset_minutes = 14 * 60;
  return out;
}

Moment Moment::Latest() const {
  Moment out = Earliest();
  if (kind == MomentKind::kDateTime && !offset_minutes) out.offset_minutes = -12 * 60;
  if (precision < Precision::kMonth) out.month = 12;
  if (precision < Precision::kDay) out.day = DaysInMonth(out.year, out.month);
  if (kind == MomentKind::kDate) return out;
  if (precision < Precision::kHour) out.hour = 23;
  if (precision < Precision::kMinute) out.minute = 59;
  if (precision < Precision::kSecond) out.second = 59;
  if (precision < Precision::kFraction) out.nanos = 999'000'000;
  return out;
}

}  // namespace fhir::path
