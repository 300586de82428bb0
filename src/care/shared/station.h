// Station: what the program knows about the place it runs in. Read from the station's Organization
// at start; rooms only read it.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace care::shared {

struct BankAccount {
  std::string bin;      // 6 digits of the bank, NAPAS
  std::string account;
  std::string holder;
};

class Station {
 public:
  std::string organization_id;
  std::string name;              // "Trạm Y tế phường Bồ Đề"
  std::string facility_code;     // MA_CSKCB, 5 characters (QĐ 384/2019)
  std::string facility_gln;      // 13 digits, may be empty
  std::string province_code = "01";
  std::string commune_code;
  std::string address;
  std::string phone;
  std::string head_of_station;   // printed on papers
  std::string head_social_insurance;  // 10 digits, MA_TTDV in claims
  // MA_MAY of the station's machines: by service code, else by cost group ("group:1").
  std::map<std::string, std::string> machines;
  BankAccount bank;
  std::vector<std::string> desks;  // "Phòng khám 1", …
};

}  // namespace care::shared
