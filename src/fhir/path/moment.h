// Moment: a Date, DateTime or Time of FHIRPath, as precise as it was written.
// https://hl7.org/fhirpath/N1/#datetime-equality
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace fhir::path {

enum class MomentKind : uint8_t { kDate, kDateTime, kTime };
// Milliseconds are one precision with seconds when two values are compared.
enum class Precision : uint8_t { kYear, kMonth, kDay, kHour, kMinute, kSecond, kFraction };

struct Moment {
  __extension__ typedef __int128 Wide;

  MomentKind kind = MomentKind::kDate;
  Precision precision = Precision::kDay;
  int year = 1;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int32_t nanos = 0;
  uint8_t fraction_digits = 0;
  std::optional<int> offset_minutes = std::nullopt;  // DateTime with a time of day only

  // "2015", "2015-02", "2015-02-04"
  static std::optional<Moment> ParseDate(std::string_view text);
  // Also the dates above, "2015T", "2015-02-04T14", "…T14:34:28.123+10:00", "…Z"
  static std::optional<Moment> ParseDateTime(std::string_view text);
  // "14", "14:34", "14:34:28.123", a leading T allowed
  static std::optional<Moment> ParseTime(std::string_view text);
  static Moment FromInstant(base::Instant instant, int offset_minutes);

  std::string ToString() const;

  // Nothing when precisions differ before they decide, or just one has an offset and that matters.
  static std::optional<std::strong_ordering> Compare(const Moment& a, const Moment& b);
  // ~: false where Compare cannot tell.
  static bool Equivalent(const Moment& a, const Moment& b);

  // Calendar arithmetic: months and years keep the day of month where it exists, else the last one.
  std::optional<Moment> AddMonths(int64_t months) const;
  // A duration in nanoseconds, truncated to the precision of this value.
  std::optional<Moment> AddNanos(Wide nanoseconds) const;

  // The first and last moment this imprecise value may stand for, with all fields filled in.
  Moment Earliest() const;
  Moment Latest() const;
  // Days since 1970 times 86400 e9 plus time of day, offset applied: orders moments of one kind.
  Wide NanosSinceEpoch() const;
};

}  // namespace fhir::path
