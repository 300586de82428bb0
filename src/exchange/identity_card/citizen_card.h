// The QR code on the back of a citizen identity card (CCCD, Căn cước): seven fields, no more trust
// than a printed label deserves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "exchange/identity_card/personal_number.h"

namespace exchange::identity_card {

struct CitizenCard {
  std::string personal_number;  // 12 digits
  std::string old_id;           // the earlier CMND (9 or 12 digits), or empty
  std::string name;             // as written on the card, NFC
  base::Date birth_date;
  Sex sex = Sex::kMale;
  std::string address;
  base::Date issue_date;
  // Vietnamese sentences for the person at the desk; none of them is a reason to refuse the card.
  std::vector<std::string> warnings;
};

// `text` has passed scan_text::Clean.
base::Result<CitizenCard> ParseCitizenCard(std::string_view text);

// Whether a scanned string has the shape of this QR code (damaged ones included).
bool LooksLikeCitizenCard(std::string_view text);

}  // namespace exchange::identity_card
