// Moments, calendar dates and the clock. A Clock is always handed in; nobody asks the system.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace base {

// A calendar date; always valid (1 <= month <= 12, day exists). Years 1 to 9999.
struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;

  static Result<Date> FromParts(int year, int month, int day);
  static Result<Date> ParseIso(std::string_view text);    // "2026-11-21"
  static Date FromDays(int64_t days_since_epoch);
  int64_t ToDays() const;
  std::string ToIso() const;
  Date AddDays(int64_t days) const { return FromDays(ToDays() + days); }
  auto operator<=>(const Date&) const = default;
};

// Milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
  int64_t millis = 0;

  // FHIR instant/dateTime with seconds and offset: "2026-11-21T07:05:00.000+07:00", "…Z".
  static Result<Instant> Parse(std::string_view text);
  std::string ToUtc() const;                      // "2026-11-21T00:05:00.000Z"
  std::string ToLocal() const;                    // "2026-11-21T07:05:00.000+07:00"
  Date LocalDate() const;
  int LocalMinuteOfDay() const;                   // 0..1439
  Instant AddMillis(int64_t delta) const { return {millis + delta}; }
  Instant AddDays(int64_t days) const { return {millis + days * 86'400'000}; }
  auto operator<=>(const Instant&) const = default;
};

// Vietnam keeps UTC+7 all year.
inline constexpr int64_t kVietnamOffsetMillis = 7 * 3'600'000LL;
Instant LocalMidnight(Date date);

// Whole years and months between birth and a later day (a birthday counts from the day itself).
int AgeInYears(Date birth, Date on);
int AgeInMonths(Date birth, Date on);

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant Now() const = 0;
  Date Today() const { return Now().LocalDate(); }
};

class SystemClock final : public Clock {
 public:
  Instant Now() const override;
};

// For tests and simulations: stands still until told to move.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant now) : now_(now) {}
  Instant Now() const override { return now_; }
  void Set(Instant now) { now_ = now; }
  void Advance(int64_t millis) { now_.millis += millis; }

 private:
  Instant now_;
};

// Milliseconds of a clock that never goes back, for time-outs and measuring.
int64_t MonotonicMillis();

}  // namespace base
