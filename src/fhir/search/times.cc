// Partial dates and times as ranges.
#include "base/time.h"
#include "fhir/search/values.h"

namespace fhir::search {
namespace {

// Reads exactly `digits` digits from the front; -1 if they are not there.
int Take(std::string_view& text, size_t digits) {
  if (text.size() < digits) return -1;
  int value = 0;
  for (size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool Skip(std::string_view& text, char expected) {
  if (text.empty() || text[0] != expected) return false;
  text.remove_prefix(1);
  return true;
}

// Minutes east of Greenwich; nullopt when it is none.
std::optional<int> TakeZone(std::string_view& text) {
  if (text.empty()) return static_cast<int>(base::kVietnamOffsetMillis / 60'000);
  if (Skip(text, 'Z') || Skip(text, 'z')) return 0;
  // A plus sign that was not percent-encoded arrives as a space.
  const int sign = text[0] == '-' ? -1 : text[0] == '+' || text[0] == ' ' ? 1 : 0;
  if (sign == 0) return std::nullopt;
  text.remove_prefix(1);
  const int hours = Take(text, 2);
  if (hours < 0 || hours > 14 || !Skip(text, ':')) return std::nullopt;
  const int minutes = Take(text, 2);
  if (minutes < 0 || minutes > 59) return std::nullopt;
  return sign * (hours * 60 + minutes);
}

// What follows "T": hours and minutes, then maybe seconds and a fraction, then maybe a zone.
std::optional<TimeRange> TakeTime(base::Date date, std::string_view text) {
  const int hour = Take(text, 2);
  if (hour < 0 || hour > 24 || !Skip(text, ':')) return std::nullopt;
  const int minute = Take(text, 2);
  if (minute < 0 || minute > 59) return std::nullopt;
  int64_t width = 60'000, millis = 0;
  if (Skip(text, ':')) {
    int second = Take(text, 2);
    if (second < 0 || second > 60) return std::nullopt;
    if (second == 60) second = 59;  // a leap second has no place of its own
    millis = second * 1'000;
    width = 1'000;
    if (Skip(text, '.')) {
      int64_t scale = 100;
      size_t digits = 0;
      for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; ++digits, scale /= 10) {
        millis += (text[0] - '0') * scale;
        text.remove_prefix(1);
      }
      if (digits == 0) return std::nullopt;
      width = 1;
    }
  }
  const std::optional<int> zone = TakeZone(text);
  if (!zone || !text.empty()) return std::nullopt;
  const int64_t low =
      date.ToDays() * 86'400'000 + hour * 3'600'000LL + (minute - *zone) * 60'000LL + millis;
  return TimeRange{low, low + width};
}

}  // namespace

// https://hl7.org/fhir/R4/datatypes.html#dateTime
std::optional<TimeRange> ParseTimeRange(std::string_view text) {
  const int year = Take(text, 4);
  if (year < 1) return std::nullopt;
  const auto range = [](base::Date from, base::Date to) {
    return TimeRange{base::LocalMidnight(from).millis, base::LocalMidnight(to).millis};
  };
  if (text.empty()) {
    return TimeRange{base::LocalMidnight({year, 1, 1}).millis,
                     base::LocalMidnight(base::Date{year, 12, 31}.AddDays(1)).millis};
  }
  if (!Skip(text, '-')) return std::nullopt;
  const int month = Take(text, 2);
  if (month < 1 || month > 12) return std::nullopt;
  if (text.empty()) {
    const base::Date first{year, month, 1};
    base::Date next = first.AddDays(31);
    next.day = 1;
    return range(first, next);
  }
  if (!Skip(text, '-')) return std::nullopt;
  const int day = Take(text, 2);
  const auto date = base::Date::FromParts(year, month, day);
  if (!date.ok()) return std::nullopt;
  if (text.empty()) return range(*date, date->AddDays(1));
  if (!Skip(text, 'T')) return std::nullopt;
  return TakeTime(*date, text);
}

}  // namespace fhir::search
