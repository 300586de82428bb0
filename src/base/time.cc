#include "base/time.h"

#include <chrono>

#include <fmt/format.h>

namespace base {
namespace {

// days_from_civil / civil_from_days: http://howardhinnant.github.io/date_algorithms.html
int64_t DaysFromCivil(int64_t y, unsigned m, unsigned d) {
  y -= m <= 2 ? 1 : 0;
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const auto yoe = static_cast<unsigned>(y - era * 400);
  const unsigned doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  const unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + static_cast<int64_t>(doe) - 719468;
}

bool IsLeap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int DaysInMonth(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

// Reads exactly `count` digits at `at`; -1 when there are none.
int Digits(std::string_view text, size_t at, size_t count) {
  if (text.size() < at + count) return -1;
  int value = 0;
  for (size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

int64_t FloorDiv(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

std::string FormatCivil(int64_t millis, std::string_view zone) {
  const int64_t days = FloorDiv(millis, 86'400'000);
  const int64_t rest = millis - days * 86'400'000;
  const Date date = Date::FromDays(days);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}{}", date.year, date.month, date.day,
                     rest / 3'600'000, rest / 60'000 % 60, rest / 1000 % 60, rest % 1000, zone);
}

Error BadInstant() {
  return Invalid("Thời điểm không hợp lệ: cần dạng 2026-11-21T07:05:00+07:00.");
}

}  // namespace

Result<Date> Date::FromParts(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
      day > DaysInMonth(year, month)) {
    return Invalid("Ngày không có thật trên lịch.");
  }
  return Date{year, month, day};
}

Result<Date> Date::ParseIso(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
    return Invalid("Ngày không hợp lệ: cần dạng năm-tháng-ngày, ví dụ 2026-11-21.");
  }
  return FromParts(Digits(text, 0, 4), Digits(text, 5, 2), Digits(text, 8, 2));
}

Date Date::FromDays(int64_t z) {
  z += 719468;
  const int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const auto doe = static_cast<unsigned>(z - era * 146097);
  const unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int64_t y = static_cast<int64_t>(yoe) + era * 400;
  const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const unsigned mp = (5 * doy + 2) / 153;
  const auto d = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  const auto m = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {static_cast<int>(m <= 2 ? y + 1 : y), m, d};
}

int64_t Date::ToDays() const {
  return DaysFromCivil(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

std::string Date::ToIso() const { return fmt::format("{:04}-{:02}-{:02}", year, month, day); }

Result<Instant> Instant::Parse(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':') return BadInstant();
  TRY_ASSIGN(const Date date, Date::ParseIso(text.substr(0, 10)));
  const int hour = Digits(text, 11, 2);
  const int minute = Digits(text, 14, 2);
  const int second = Digits(text, 17, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return BadInstant();
  }
  size_t at = 19;
  int64_t fraction = 0;
  if (text[at] == '.') {
    int64_t unit = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10) {
      fraction += (text[at] - '0') * unit;
    }
  }
  int64_t offset = 0;
  const std::string_view zone = text.substr(at);
  if (zone != "Z") {
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return BadInstant();
    const int zone_hour = Digits(zone, 1, 2);
    const int zone_minute = Digits(zone, 4, 2);
    if (zone_hour < 0 || zone_hour > 14 || zone_minute < 0 || zone_minute > 59) return BadInstant();
    offset = (zone_hour * 60 + zone_minute) * 60'000LL * (zone[0] == '-' ? -1 : 1);
  }
  const int64_t of_day = ((hour * 60 + minute) * 60LL + second) * 1000 + fraction;
  return Instant{date.ToDays() * 86'400'000 + of_day - offset};
}

std::string Instant::ToUtc() const { return FormatCivil(millis, "Z"); }
std::string Instant::ToLocal() const { return FormatCivil(millis + kVietnamOffsetMillis, "+07:00"); }

Date Instant::LocalDate() const {
  return Date::FromDays(FloorDiv(millis + kVietnamOffsetMillis, 86'400'000));
}

int Instant::LocalMinuteOfDay() const {
  const int64_t local = millis + kVietnamOffsetMillis;
  return static_cast<int>((local - FloorDiv(local, 86'400'000) * 86'400'000) / 60'000);
}

Instant LocalMidnight(Date date) { return {date.ToDays() * 86'400'000 - kVietnamOffsetMillis}; }

int AgeInMonths(Date birth, Date on) {
  int months = (on.year - birth.year) * 12 + on.month - birth.month;
  if (on.day < birth.day) --months;
  return months < 0 ? 0 : months;
}

int AgeInYears(Date birth, Date on) { return AgeInMonths(birth, on) / 12; }

Instant SystemClock::Now() const {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  return {duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

int64_t MonotonicMillis() {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  return duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace base
