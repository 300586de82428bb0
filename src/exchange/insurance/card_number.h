// The number of a health insurance (BHYT) card in its three lawful forms.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace exchange::insurance {

enum class CardNumberKind {
  kPersonalNumber,   // 12 digits, accepted since 15/08/2025
  kSocialInsurance,  // 10 digits, printed since 01/04/2021
  kFull,             // 15 characters: group, level, province, social-insurance number
};

struct CardNumber {
  CardNumberKind kind = CardNumberKind::kSocialInsurance;
  std::string text;  // upper case
  // Only of the 15-character form; a shorter number says nothing about them.
  std::string group;             // "GD"
  std::optional<int> level;      // 1..5, see care/billing for what it pays
  std::string province;          // "01"
  std::string social_insurance;  // 10 digits; empty for a personal number
};

// vietnam.md §5.1 and §2.2. Spaces and hyphens inside are taken out, letters made upper case.
base::Result<CardNumber> ParseCardNumber(std::string_view text);

}  // namespace exchange::insurance
