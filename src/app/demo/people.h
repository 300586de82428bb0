// Synthetic residents of a ward: names by real frequencies, ages by the city's pyramid, addresses of
// Bồ Đề. None is a real person; personal numbers use birth-registration code 001 and random digits.
#pragma once

#include <string>

#include "base/random.h"
#include "base/time.h"

namespace app::demo {

struct Resident {
  std::string name;
  base::Date birth;
  bool male = true;
  std::string personal_number;
  std::string address;
  std::string phone;       // "" for some
  std::string card;        // insurance card number, "" for the uninsured
  std::string occupation;  // 5 digits of the claims list
};

Resident MakeResident(base::Random& random, base::Date today);

// As a citizen card's QR code types it.
std::string CitizenCardQr(const Resident& resident);

}  // namespace app::demo
