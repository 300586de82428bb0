#include "care/visit/record_vital_signs.h"

#include <algorithm>
#include <map>

#include "care/shared/events/events.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"

namespace care::visit {

using access_control::Change;
using access_control::Record;
using base::Decimal;
using base::Json;
namespace code_system = shared::code_system;

namespace {

constexpr std::string_view kBloodPressure = "85354-9";
constexpr std::string_view kBmi = "39156-5";

// 41.9 -> "41,9": sentences are read, not parsed.
std::string InVietnamese(const Decimal& value) {
  std::string text = value.ToString();
  std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

base::Status CheckPlausible(const RecordVitalSignsInput& input, int age_months) {
  for (const VitalSignDefinition& definition : VitalSignDefinitions()) {
    const auto& value = input.values.at(definition.sign);
    if (!value) continue;
    const VitalSignLimits limits = LimitsFor(definition.sign, age_months);
    const std::string field(definition.field);
    if (!limits.possible.Holds(*value)) {
      return base::Invalid("Giá trị " + std::string(definition.label) + " không thể có: chỉ nhận từ " +
                               InVietnamese(limits.possible.low) + " đến " +
                               InVietnamese(limits.possible.high) + " " + std::string(definition.unit) +
                               ".",
                           field);
    }
    const bool confirmed =
        std::find(input.confirmed.begin(), input.confirmed.end(), field) != input.confirmed.end();
    if (!limits.probable.Holds(*value) && !confirmed) {
      return base::Unprocessable("Giá trị " + std::string(definition.label) +
                                     " rất khác thường. Đo lại, hoặc xác nhận nếu đúng.",
                                 field);
    }
  }
  const auto& systolic = input.values.at(VitalSign::kSystolic);
  const auto& diastolic = input.values.at(VitalSign::kDiastolic);
  if (systolic.has_value() != diastolic.has_value()) {
    return base::Invalid("Huyết áp cần cả hai số tối đa và tối thiểu.",
                         systolic ? "diastolic" : "systolic");
  }
  if (systolic && *systolic <= *diastolic) {
    return base::Invalid("Huyết áp tối đa phải lớn hơn tối thiểu.", "systolic");
  }
  return base::Ok();
}

Json MakeObservation(const Json& encounter, std::string_view loinc, std::string_view display,
                     const std::string& at, shared::Context& context) {
  Json observation = Json::Obj({{"resourceType", "Observation"}, {"status", "final"}});
  observation.Set("category", Json::Arr({shared::Concept(code_system::kObservationCategory,
                                                         "vital-signs")}));
  observation.Set("code", shared::Concept(code_system::kLoinc, loinc, display));
  observation.Set("subject", encounter["subject"]);
  observation.Set("encounter", shared::Reference("Encounter/" + encounter["id"].String()));
  observation.Set("effectiveDateTime", at);
  const auto& who = context.record.principal();
  observation.Set("performer", Json::Arr({shared::Reference("Practitioner/" + who.practitioner_id,
                                                            who.display_name)}));
  return observation;
}

// All at the same moment `at`: it is what holds them together as one measurement.
void CreateObservations(const VitalSignValues& values, const Json& encounter,
                        const std::string& at, shared::Context& context, Change& change) {
  for (const VitalSignDefinition& definition : VitalSignDefinitions()) {
    const auto& value = values.at(definition.sign);
    if (!value || definition.sign == VitalSign::kSystolic ||
        definition.sign == VitalSign::kDiastolic) {
      continue;
    }
    Json observation = MakeObservation(encounter, definition.loinc, definition.label, at, context);
    observation.Set("valueQuantity",
                    shared::Quantity(value->ToString(), definition.unit, definition.ucum));
    change.Create(std::move(observation));
  }
  if (values.at(VitalSign::kSystolic)) {
    Json pressure = MakeObservation(encounter, kBloodPressure, "huyết áp", at, context);
    Json components = Json::Arr();
    for (VitalSign sign : {VitalSign::kSystolic, VitalSign::kDiastolic}) {
      const VitalSignDefinition& definition = VitalSignDefinitions()[static_cast<size_t>(sign)];
      components.Push(
          Json::Obj({{"code", shared::Concept(code_system::kLoinc, definition.loinc, definition.label)},
                     {"valueQuantity", shared::Quantity(values.at(sign)->ToString(),
                                                        definition.unit, definition.ucum)}}));
    }
    pressure.Set("component", std::move(components));
    change.Create(std::move(pressure));
  }
  if (const auto bmi = BodyMassIndex(values.at(VitalSign::kWeight), values.at(VitalSign::kHeight))) {
    Json observation = MakeObservation(encounter, kBmi, "BMI", at, context);
    observation.Set("valueQuantity", shared::Quantity(bmi->ToString(), "kg/m2"));
    change.Create(std::move(observation));
  }
}

std::vector<VitalSignFlag> FlagsFor(const VitalSignValues& values, int age_months) {
  std::vector<VitalSignFlag> flags;
  for (const VitalSignDefinition& definition : VitalSignDefinitions()) {
    const auto& value = values.at(definition.sign);
    if (!value) continue;
    const VitalSignLimits limits = LimitsFor(definition.sign, age_months);
    if (limits.critical.Holds(*value)) continue;
    const bool low = *value < limits.critical.low;
    flags.push_back({std::string(definition.field), true,
                     "Cần báo bác sĩ ngay: " + std::string(definition.label) + " " +
                         InVietnamese(*value) + " " + std::string(definition.unit) +
                         (low ? " (thấp)" : " (cao)")});
  }
  return flags;
}

// Puts one observation into the set it belongs to.
void Collect(const Json& observation, VitalSignSet& set) {
  const std::string code = shared::CodeIn(observation["code"], code_system::kLoinc);
  if (code == kBmi) {
    set.bmi = shared::DecimalOf(observation.At("valueQuantity.value"));
    return;
  }
  for (const VitalSignDefinition& definition : VitalSignDefinitions()) {
    if (code == definition.loinc) {
      set.values.at(definition.sign) = shared::DecimalOf(observation.At("valueQuantity.value"));
    }
    for (const Json& component : observation["component"].Items()) {
      if (shared::CodeIn(component["code"], code_system::kLoinc) == definition.loinc) {
        set.values.at(definition.sign) = shared::DecimalOf(component.At("valueQuantity.value"));
      }
    }
  }
}

}  // namespace

bool VitalSignValues::empty() const {
  return std::none_of(values.begin(), values.end(), [](const auto& value) { return value.has_value(); });
}

int AgeInMonthsOf(const Json& patient, base::Date on) {
  const auto birth = shared::DateOf(patient["birthDate"].String());
  return birth ? base::AgeInMonths(*birth, on) : -1;
}

base::Result<VitalSignSet> RecordVitalSigns(const RecordVitalSignsInput& input,
                                            shared::Context& context) {
  if (input.values.empty()) return base::Invalid("Chưa nhập dấu hiệu sinh tồn nào.", "temperature");
  return access_control::RetryOnConflict([&]() -> base::Result<VitalSignSet> {
    TRY_ASSIGN(Record encounter, shared::ReadOpenVisit(context.record, input.encounter_id));
    TRY_ASSIGN(const Record patient,
               context.record.Read("Patient", shared::PatientIdOf(encounter.body)));
    const int age_months = AgeInMonthsOf(patient.body, context.clock.Today());
    TRY(CheckPlausible(input, age_months));
    Change change = context.record.NewChange();
    const std::string at = context.clock.Now().ToLocal();
    CreateObservations(input.values, encounter.body, at, context, change);
    const Json payload = shared::EventPayload(encounter.body);
    if (shared::StageOf(encounter.body) == shared::Stage::kWaitingNurse) {
      shared::SetStage(encounter.body, shared::Stage::kWaitingDoctor);
      change.Update(std::move(encounter));
    } else {
      change.Require(encounter);
    }
    change.Raise(std::string(shared::events::kVitalSignsRecorded), payload);
    TRY(context.record.Commit(std::move(change)));
    VitalSignSet set{at, context.record.principal().display_name,
                     input.values,
                     BodyMassIndex(input.values.at(VitalSign::kWeight),
                                   input.values.at(VitalSign::kHeight)),
                     FlagsFor(input.values, age_months)};
    return set;
  });
}

base::Result<std::vector<VitalSignSet>> ReadVitalSigns(shared::Context& context,
                                                       const std::string& encounter_id,
                                                       int age_months) {
  TRY_ASSIGN(const auto observations,
             context.record.SearchAll("Observation?encounter=Encounter/" + encounter_id +
                                          "&category=vital-signs&_sort=-date",
                                      500));
  // Signs taken together share their moment.
  std::map<std::string, VitalSignSet, std::greater<>> sets;
  for (const Record& observation : observations) {
    VitalSignSet& set = sets[observation["effectiveDateTime"].String()];
    set.at = observation["effectiveDateTime"].String();
    set.by = observation.body.At("performer.0.display").String();
    Collect(observation.body, set);
  }
  std::vector<VitalSignSet> newest_first;
  for (auto& [at, set] : sets) {
    set.flags = FlagsFor(set.values, age_months);
    newest_first.push_back(std::move(set));
  }
  return newest_first;
}

Json ToJson(const VitalSignSet& set) {
  Json json = Json::Obj({{"at", set.at}, {"by", set.by}});
  for (const VitalSignDefinition& definition : VitalSignDefinitions()) {
    const auto& value = set.values.at(definition.sign);
    json.Set(definition.field, value ? Json(*value) : Json());
  }
  json.Set("bmi", set.bmi ? Json(*set.bmi) : Json());
  Json flags = Json::Arr();
  for (const VitalSignFlag& flag : set.flags) {
    flags.Push(Json::Obj({{"field", flag.field},
                          {"level", flag.critical ? "critical" : "warning"},
                          {"text", flag.text}}));
  }
  json.Set("flags", std::move(flags));
  return json;
}

}  // namespace care::visit
