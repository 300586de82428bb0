// Station: what the program knows about the place it runs in. Read from the station's Organization
// at start; rooms only read it.
#pragma once

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
  BankAccount bank;
  std::vector<std::string> desks;  // "Phòng khám 1", …
};

}  // namespace care::shared
