#include "app/demo/people.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace app::demo {
namespace {

struct Weighted {
  std::string_view text;
  int weight;  // tenths of a per cent
};

// Surnames: weights of an open list of names (MIT, vietnamese-name-generator), rounded; the rest
// shared among the surnames that follow.
constexpr Weighted kSurnames[] = {
    {"Nguyễn", 315}, {"Trần", 109}, {"Lê", 89},  {"Phạm", 59},  {"Hoàng", 51}, {"Vũ", 49},
    {"Phan", 28},    {"Trương", 22}, {"Bùi", 21}, {"Đặng", 19},  {"Đỗ", 19},    {"Ngô", 17},
    {"Hồ", 15},      {"Dương", 14},  {"Đinh", 12}, {"Lý", 10},    {"Đào", 10},   {"Mai", 9},
    {"Lương", 9},    {"Trịnh", 9},   {"Hà", 8},   {"Cao", 8},    {"Tạ", 7},     {"Chu", 7},
    {"Tô", 6},       {"Kiều", 5},    {"Quách", 4}, {"La", 3},     {"Thái", 3},   {"Phùng", 9}};

constexpr Weighted kMaleMiddles[] = {{"Văn", 420}, {"Đức", 110}, {"Hữu", 70}, {"Quang", 70},
                                     {"Minh", 80}, {"Xuân", 50}, {"Đình", 50}, {"Công", 40},
                                     {"Anh", 30},  {"Thanh", 30}, {"Ngọc", 30}, {"Trọng", 20}};
constexpr Weighted kFemaleMiddles[] = {{"Thị", 520},  {"Thu", 70},   {"Ngọc", 90}, {"Thanh", 60},
                                       {"Minh", 50},  {"Phương", 50}, {"Hồng", 50}, {"Kim", 40},
                                       {"Thùy", 40},  {"Bích", 30}};
constexpr Weighted kMaleGivens[] = {
    {"Hùng", 50}, {"Dũng", 48}, {"Tuấn", 52}, {"Minh", 50}, {"Anh", 40},  {"Nam", 40},  {"Long", 36},
    {"Hải", 38},  {"Sơn", 36},  {"Cường", 34}, {"Thắng", 34}, {"Đức", 38}, {"Huy", 36},  {"Khánh", 24},
    {"Phúc", 28}, {"Quân", 28}, {"Hiếu", 30}, {"Trung", 32}, {"Thành", 36}, {"Việt", 24}, {"Bình", 28},
    {"Hoàng", 28}, {"Kiên", 26}, {"Lâm", 20},  {"Đạt", 26},  {"Toàn", 22}, {"Vinh", 22}, {"Tùng", 26}};
constexpr Weighted kFemaleGivens[] = {
    {"Hương", 46}, {"Lan", 44},  {"Hà", 42},   {"Linh", 44}, {"Mai", 38},  {"Hoa", 38},  {"Thảo", 36},
    {"Trang", 40}, {"Nga", 34},  {"Hạnh", 32}, {"Thủy", 36}, {"Yến", 30},  {"Ngọc", 32}, {"Phương", 36},
    {"Anh", 40},   {"Dung", 28}, {"Huyền", 32}, {"Loan", 26}, {"Oanh", 24}, {"Vân", 32},  {"Nhung", 26},
    {"Tâm", 26},   {"Liên", 24}, {"Hiền", 30}, {"Chi", 24},  {"My", 20},   {"Bích", 16}, {"Thu", 28}};

// Share of the city's people by decade of life, from the 2019 census, rounded.
constexpr std::array<int, 9> kDecades = {170, 145, 150, 170, 130, 105, 75, 35, 20};

constexpr std::string_view kStreets[] = {"Bồ Đề",       "Lâm Du",      "Phú Viên",  "Ái Mộ",
                                         "Hồng Tiến",   "Nguyễn Sơn",  "Ngọc Lâm",  "Ngọc Thụy",
                                         "Nguyễn Văn Cừ", "Gia Quất",   "Bắc Cầu",   "Phú Hựu"};

template <size_t N>
std::string_view Pick(base::Random& random, const Weighted (&table)[N]) {
  uint64_t total = 0;
  for (const Weighted& row : table) total += static_cast<uint64_t>(row.weight);
  uint64_t at = random.Below(total);
  for (const Weighted& row : table) {
    if (at < static_cast<uint64_t>(row.weight)) return row.text;
    at -= static_cast<uint64_t>(row.weight);
  }
  return table[0].text;
}

base::Date PickBirth(base::Random& random, base::Date today) {
  uint64_t at = random.Below(1000);
  size_t decade = 0;
  while (decade + 1 < kDecades.size() && at >= static_cast<uint64_t>(kDecades[decade])) {
    at -= static_cast<uint64_t>(kDecades[decade]);
    ++decade;
  }
  const uint64_t days = decade * 3652 + random.Below(3652) + 30;
  return today.AddDays(-static_cast<int64_t>(days));
}

std::string Digits(base::Random& random, int count) {
  std::string digits;
  for (int i = 0; i < count; ++i) digits += static_cast<char>('0' + random.Below(10));
  return digits;
}

// NĐ 137/2015: province, century and sex, year, six random digits.
std::string PersonalNumber(base::Random& random, const Resident& resident) {
  const int century = resident.birth.year >= 2000 ? 2 : 0;
  return fmt::format("001{}{:02}{}", century + (resident.male ? 0 : 1), resident.birth.year % 100,
                     Digits(random, 6));
}

// Who has which card: children TE, pensioners HT, workers DN, households GD; nine in ten insured.
std::string Card(base::Random& random, int age) {
  if (random.Below(100) < 8) return {};
  const std::string number = "01" + Digits(random, 10);
  if (age < 6) return "TE1" + number;
  if (age < 22) return "HS4" + number;
  if (age >= 60) return (random.Below(2) == 0 ? "HT3" : "GD4") + number;
  return (random.Below(3) == 0 ? "GD4" : "DN4") + number;
}

}  // namespace

Resident MakeResident(base::Random& random, base::Date today) {
  Resident resident;
  resident.male = random.Below(100) < 49;
  resident.birth = PickBirth(random, today);
  resident.name = fmt::format("{} {} {}", Pick(random, kSurnames),
                              resident.male ? Pick(random, kMaleMiddles) : Pick(random, kFemaleMiddles),
                              resident.male ? Pick(random, kMaleGivens) : Pick(random, kFemaleGivens));
  resident.personal_number = PersonalNumber(random, resident);
  resident.address = fmt::format("Số {}, ngõ {} {}, phường Bồ Đề, Hà Nội", 1 + random.Below(180),
                                 1 + random.Below(400), kStreets[random.Below(std::size(kStreets))]);
  const int age = base::AgeInYears(resident.birth, today);
  if (age >= 16 && random.Below(10) > 0) resident.phone = "09" + Digits(random, 8);
  resident.card = Card(random, age);
  resident.occupation = "00000";
  return resident;
}

std::string CitizenCardQr(const Resident& resident) {
  return fmt::format("{}||{}|{:02}{:02}{:04}|{}|{}|01012022", resident.personal_number,
                     resident.name, resident.birth.day, resident.birth.month, resident.birth.year,
                     resident.male ? "Nam" : "Nữ", resident.address);
}

}  // namespace app::demo
