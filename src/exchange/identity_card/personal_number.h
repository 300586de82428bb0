// The 12-digit personal number (số định danh cá nhân) and what its digits say about its holder.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace exchange::identity_card {

enum class Sex { kMale, kFemale };

// What NĐ 137/2015 puts into the digits. Only a cross-check: the number is re-issued after a
// correction of sex or birth year, and old province codes stay in existing numbers.
struct PersonalNumber {
  std::string text;         // 12 digits
  std::string birth_place;  // 3 digits: province or country of birth registration
  int birth_year = 0;
  Sex sex = Sex::kMale;
};

base::Result<PersonalNumber> ParsePersonalNumber(std::string_view text);

}  // namespace exchange::identity_card
