// The QR code of a health insurance (BHYT) card, in the layout before and after April 2021.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "exchange/insurance/card_number.h"

namespace exchange::insurance {

enum class CardLayout { kOld, kNew };
enum class CardSex { kMale, kFemale };

struct CardQr {
  CardLayout layout = CardLayout::kNew;
  CardNumber number;
  std::string name;
  std::string birth_date;  // ISO, "1990-02-01" or only "1990"
  CardSex sex = CardSex::kMale;
  std::string address;              // old layout only
  std::string registered_facility;  // "01028", or empty
  std::optional<base::Date> valid_from;
  std::optional<base::Date> valid_to;  // empty on new cards: valid until the fund says no
  std::optional<base::Date> issued_on;
  std::string issuing_code;
  std::optional<base::Date> five_years_from;  // day on which five insured years in a row are full
  std::string issuing_place;
  std::vector<std::string> warnings;
};

// `text` has passed scan_text::Clean.
base::Result<CardQr> ParseCardQr(std::string_view text);

// Whether a scanned string has the shape of this QR code (damaged ones included).
bool LooksLikeCardQr(std::string_view text);

}  // namespace exchange::insurance
