#include "care/visit/prescription_rules.h"

#include <gtest/gtest.h>

#include <regex>

#include "care/visit/prescribe.h"

namespace care::visit {
namespace {

using base::Decimal;
using base::Json;

shared::Drug Paracetamol() {
  shared::Drug drug;
  drug.code = "TH0001";
  drug.active_substance = "Paracetamol";
  drug.strength = "500 mg";
  drug.brand = "Tramol 500";
  drug.unit = "viên";
  drug.dose_unit = "viên";
  drug.route_name = "Uống";
  drug.max_days = 30;
  return drug;
}

PrescriptionLine Line(const char* dose, int64_t times, int64_t days, const char* quantity) {
  PrescriptionLine line;
  line.drug = "TH0001";
  line.dose = *Decimal::Parse(dose);
  line.times = times;
  line.days = days;
  line.quantity = *Decimal::Parse(quantity);
  return line;
}

struct Row {
  const char* name;
  PrescriptionLine line;
  bool chronic;
  const char* field;  // nullptr = accepted
};

TEST(CheckLine, AsksThatTheQuantityFollowsFromDoseTimesAndDays) {
  const Row table[] = {
      {"exact", Line("1", 2, 5, "10"), false, nullptr},
      {"half tablets rounded up", Line("0.5", 3, 3, "5"), false, nullptr},
      {"too few", Line("1", 2, 5, "9"), false, "l.quantity"},
      {"too many", Line("1", 2, 5, "20"), false, "l.quantity"},
      {"thirty days", Line("1", 1, 30, "30"), false, nullptr},
      {"thirty-one days", Line("1", 1, 31, "31"), false, "l.days"},
      {"ninety days for a chronic disease", Line("1", 1, 90, "90"), true, nullptr},
  };
  for (const Row& row : table) {
    const auto status = CheckLine(row.line, Paracetamol(), row.chronic, "l");
    if (row.field == nullptr) {
      EXPECT_TRUE(status.ok()) << row.name;
    } else {
      ASSERT_FALSE(status.ok()) << row.name;
      EXPECT_EQ(status.error().field, row.field) << row.name;
    }
  }
}

TEST(CheckLine, KeepsNarcoticsOutOfAStationAndPsychotropicsShort) {
  shared::Drug drug = Paracetamol();
  drug.prescription_kind = shared::PrescriptionKind::kNarcotic;
  EXPECT_EQ(CheckLine(Line("1", 1, 3, "3"), drug, false, "l").error().field, "l.drug");
  drug.prescription_kind = shared::PrescriptionKind::kPsychotropic;
  EXPECT_TRUE(CheckLine(Line("1", 1, 10, "10"), drug, false, "l").ok());
  EXPECT_FALSE(CheckLine(Line("1", 1, 11, "11"), drug, false, "l").ok());
  EXPECT_TRUE(CheckLine(Line("1", 1, 30, "30"), drug, true, "l").ok());
}

TEST(ParsePrescriptionLine, RefusesAbsurdNumbersByField) {
  const auto parse = [](const char* json) { return ParsePrescriptionLine(*Json::Parse(json), "lines[0]"); };
  EXPECT_EQ(parse(R"({"drug":"A","dose":-1,"times":2,"days":5,"quantity":10})").error().field, "lines[0].dose");
  EXPECT_EQ(parse(R"({"drug":"A","dose":1,"times":99,"days":5,"quantity":10})").error().field, "lines[0].times");
  EXPECT_EQ(parse(R"({"drug":"A","dose":1,"times":2,"days":400,"quantity":10})").error().field, "lines[0].days");
  EXPECT_EQ(parse(R"({"drug":"A","dose":1,"times":2,"days":5,"quantity":1e9})").error().field, "lines[0].quantity");
  EXPECT_EQ(parse(R"({"dose":1,"times":2,"days":5,"quantity":10})").error().field, "lines[0].drug");
}

TEST(DoseText, ReadsAsAPharmacistWouldSayIt) {
  PrescriptionLine line = Line("1", 2, 5, "10");
  line.times_of_day = {"night", "morning"};
  line.meal = "after";
  EXPECT_EQ(DoseText(line, Paracetamol()),
            "Uống mỗi lần 1 viên, ngày 2 lần (sáng, tối), sau ăn, trong 5 ngày");
}

TEST(MakePrescriptionCode, HasTheNationalForm) {
  base::SystemRandom random;
  const std::string code =
      MakePrescriptionCode("01234", shared::PrescriptionKind::kOrdinary, random);
  EXPECT_TRUE(std::regex_match(code, std::regex("^[A-Za-z0-9]{5}[0-9a-z]{7}-[NHCT]$"))) << code;
  EXPECT_NE(code, MakePrescriptionCode("01234", shared::PrescriptionKind::kOrdinary, random));
}

}  // namespace
}  // namespace care::visit
