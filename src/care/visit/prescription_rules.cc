#include "care/visit/prescription_rules.h"

#include <algorithm>

#include "care/shared/input.h"

namespace care::visit {

using base::Decimal;
using base::Json;

namespace {

struct TimeOfDay {
  std::string_view code;
  std::string_view text;
};
constexpr TimeOfDay kTimesOfDay[] = {
    {"morning", "sáng"}, {"noon", "trưa"}, {"evening", "chiều"}, {"night", "tối"}};

}  // namespace

base::Result<PrescriptionLine> ParsePrescriptionLine(const Json& json, const std::string& where) {
  shared::Input input(json, where);
  PrescriptionLine line;
  line.drug = input.RequiredText("drug", "thuốc", 40);
  line.dose = input.Number("dose", "liều mỗi lần").value_or(Decimal(0));
  line.dose_unit = input.Text("doseUnit", 30);
  line.times = input.Integer("times", "số lần mỗi ngày", 1, 24).value_or(0);
  line.days = input.Integer("days", "số ngày", 1, 90).value_or(0);
  line.quantity = input.Number("quantity", "số lượng").value_or(Decimal(0));
  line.times_of_day = input.Texts("timesOfDay", 4);
  for (const std::string& time : line.times_of_day) {
    const bool known = std::any_of(std::begin(kTimesOfDay), std::end(kTimesOfDay),
                                   [&](const TimeOfDay& entry) { return entry.code == time; });
    if (!known) input.Fail("timesOfDay", "Thời điểm dùng thuốc không hợp lệ.");
  }
  const Json& before_meal = input.Raw("beforeMeal");
  if (before_meal.IsBool()) line.meal = before_meal.Bool() ? "before" : "after";
  line.note = input.Text("note", 200);
  line.insured = input.Choice("payer", {"insurance", "self"}) == "insurance";
  if (line.dose <= Decimal(0) || line.dose > Decimal(10'000)) {
    input.Fail("dose", "Liều mỗi lần phải lớn hơn 0.");
  }
  if (line.times == 0) input.Fail("times", "Chưa nhập số lần mỗi ngày.");
  if (line.days == 0) input.Fail("days", "Chưa nhập số ngày.");
  if (line.quantity <= Decimal(0) || line.quantity > Decimal(10'000)) {
    input.Fail("quantity", "Số lượng phải lớn hơn 0 và không quá 10.000.");
  }
  TRY(input.status());
  return line;
}

Json ToJson(const PrescriptionLine& line, const shared::Drug& drug) {
  Json times = Json::Arr();
  for (const std::string& time : line.times_of_day) times.Push(time);
  return Json::Obj({{"drug", line.drug},
                    {"name", DrugText(drug)},
                    {"dose", line.dose},
                    {"doseUnit", line.dose_unit.empty() ? drug.dose_unit : line.dose_unit},
                    {"times", line.times},
                    {"days", line.days},
                    {"timesOfDay", std::move(times)},
                    {"beforeMeal", line.meal.empty() ? Json() : Json(line.meal == "before")},
                    {"quantity", line.quantity},
                    {"unit", drug.unit},
                    {"route", drug.route_name},
                    {"note", line.note},
                    {"payer", line.insured ? "insurance" : "self"}});
}

int64_t MostDays(const shared::Drug& drug, bool chronic_disease) {
  switch (drug.prescription_kind) {
    case shared::PrescriptionKind::kNarcotic: return 7;
    case shared::PrescriptionKind::kPsychotropic: return chronic_disease ? 30 : 10;
    case shared::PrescriptionKind::kTraditional: return 30;
    case shared::PrescriptionKind::kOrdinary: break;
  }
  // The drug's own limit (antibiotics, steroids …) holds unless the disease is chronic.
  return chronic_disease ? 90 : std::min<int64_t>(30, drug.max_days);
}

base::Status CheckLine(const PrescriptionLine& line, const shared::Drug& drug, bool chronic_disease,
                       const std::string& where) {
  if (drug.prescription_kind == shared::PrescriptionKind::kNarcotic) {
    return base::Unprocessable(
        "Cơ sở không có giường nội trú không được kê thuốc gây nghiện (Thông tư 26/2025).",
        where + ".drug");
  }
  const int64_t most = MostDays(drug, chronic_disease);
  if (line.days > most) {
    return base::Unprocessable(DrugText(drug) + ": kê tối đa " + std::to_string(most) + " ngày" +
                                   (chronic_disease ? "." : " (90 ngày chỉ cho bệnh mạn tính)."),
                               where + ".days");
  }
  const bool same_unit = line.dose_unit.empty() || line.dose_unit == drug.unit;
  if (same_unit && (drug.dose_unit.empty() || drug.dose_unit == drug.unit)) {
    const Decimal exact = line.dose * Decimal(line.times) * Decimal(line.days);
    // Whole tablets are handed out, so up to one more than the sum is right.
    if (line.quantity < exact || line.quantity >= exact + Decimal(1)) {
      return base::Unprocessable(DrugText(drug) + ": số lượng " + line.quantity.ToString() +
                                     " không khớp liều × số lần × số ngày = " + exact.ToString() + ".",
                                 where + ".quantity");
    }
  }
  return base::Ok();
}

std::string DrugText(const shared::Drug& drug) {
  std::string text = drug.active_substance;
  if (!drug.strength.empty()) text += " " + drug.strength;
  if (!drug.brand.empty()) text += " (" + drug.brand + ")";
  return text;
}

std::string DoseText(const PrescriptionLine& line, const shared::Drug& drug) {
  const std::string unit = line.dose_unit.empty() ? drug.dose_unit : line.dose_unit;
  std::string text = drug.route_name + " mỗi lần " + line.dose.ToString() + " " +
                     (unit.empty() ? drug.unit : unit) + ", ngày " + std::to_string(line.times) +
                     " lần";
  if (!line.times_of_day.empty()) {
    text += " (";
    bool first = true;
    for (const TimeOfDay& entry : kTimesOfDay) {
      if (std::find(line.times_of_day.begin(), line.times_of_day.end(), entry.code) ==
          line.times_of_day.end()) {
        continue;
      }
      text += (first ? "" : ", ") + std::string(entry.text);
      first = false;
    }
    text += ")";
  }
  if (line.meal == "before") text += ", trước ăn";
  if (line.meal == "after") text += ", sau ăn";
  text += ", trong " + std::to_string(line.days) + " ngày";
  if (!line.note.empty()) text += ". " + line.note;
  return text;
}

}  // namespace care::visit
