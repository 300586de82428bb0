// Validity: the days on which a row of a dated list counts. Every list is read by the day of the
// event, never by today (vietnam.md §0).
#pragma once

#include <optional>

#include "base/time.h"

namespace care::shared {

struct Validity {
  base::Date from;
  std::optional<base::Date> to;  // the last valid day; none = still valid

  bool Covers(base::Date day) const { return from <= day && (!to || day <= *to); }
  bool operator==(const Validity&) const = default;
};

}  // namespace care::shared
