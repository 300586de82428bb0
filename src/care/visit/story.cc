#include "care/visit/story.h"

#include <map>
#include <set>

#include "care/shared/resource.h"
#include "care/shared/systems.h"
#include "care/shared/visit.h"
#include "care/visit/examination.h"
#include "care/visit/prescribe.h"
#include "care/visit/record_vital_signs.h"

namespace care::visit {

using access_control::Record;
using base::Json;
namespace code_system = shared::code_system;
namespace ext = shared::ext;

namespace {

constexpr size_t kPastVisits = 8;

Json ResultRow(const Record& observation) {
  const Json& quantity = observation["valueQuantity"];
  const Json& range = observation["referenceRange"][0];
  const Json& interpretation = observation["interpretation"][0];
  std::string value(quantity["value"].NumberText());
  if (value.empty()) value = observation["valueString"].String();
  const std::string flag = shared::CodeIn(interpretation, code_system::kInterpretation);
  return Json::Obj({{"code", shared::CodeIn(observation["code"], code_system::kAnalyte)},
                    {"name", observation["code"]["text"]},
                    {"value", value},
                    {"unit", quantity["unit"]},
                    {"range", range["text"]},
                    {"flag", flag},
                    {"status", observation["status"]},
                    {"at", observation["effectiveDateTime"]}});
}

// Past visits with what was found and given; three searches however many visits there are.
base::Result<Json> ReadHistory(const Json& encounter, shared::Context& context) {
  const std::string patient = shared::ReferenceOf(encounter["subject"]);
  TRY_ASSIGN(const auto visits,
             context.record.Search("Encounter?patient=" + patient +
                                   "&status=finished&_sort=-date&_count=" +
                                   std::to_string(kPastVisits + 1)));
  TRY_ASSIGN(const auto lines,
             context.record.Search("MedicationRequest?patient=" + patient +
                                   "&status=active,completed&_sort=-authoredon&_count=200"));
  std::map<std::string, Json> medicines;
  for (const Record& line : lines.matches) {
    medicines[shared::ReferenceOf(line["encounter"])].Push(line.body.At("medicationCodeableConcept.text"));
  }
  // Verified results of those visits, abnormal ones marked: "Glucose 9.8 mmol/L (H)".
  TRY_ASSIGN(const auto observations,
             context.record.Search("Observation?patient=" + patient +
                                   "&category=laboratory&status=final,amended&_sort=-date&_count=200"));
  std::map<std::string, Json> results;
  for (const Record& observation : observations.matches) {
    const Json row = ResultRow(observation);
    std::string text = row["name"].String() + " " + row["value"].String();
    if (!row["unit"].String().empty()) text += " " + row["unit"].String();
    if (const std::string& flag = row["flag"].String(); !flag.empty() && flag != "N") {
      text += " (" + flag + ")";
    }
    results[shared::ReferenceOf(observation["encounter"])].Push(std::move(text));
  }
  Json history = Json::Arr();
  for (const Record& visit : visits.matches) {
    if (visit.id() == encounter["id"].String() || history.size() >= kPastVisits) continue;
    Json diagnoses = Json::Arr();
    for (const Json& line : visit["diagnosis"].Items()) {
      diagnoses.Push(line["condition"]["display"]);
    }
    Json& given = medicines[visit.Reference()];
    Json& measured = results[visit.Reference()];
    history.Push(Json::Obj({{"visitId", visit.id()},
                            {"date", visit["period"]["start"]},
                            {"doctor", visit.body.At("participant.0.individual.display")},
                            {"diagnoses", std::move(diagnoses)},
                            {"results", measured.IsNull() ? Json::Arr() : measured},
                            {"medicines", given.IsNull() ? Json::Arr() : given}}));
  }
  return history;
}

base::Result<Json> ReadTrends(const std::string& patient, shared::Context& context) {
  struct Trend {
    const char* name;
    const char* code;       // LOINC searched for
    const char* component;  // LOINC inside it, or nullptr
  };
  constexpr Trend kTrends[] = {{"weight", "29463-7", nullptr},
                               {"systolic", "85354-9", "8480-6"},
                               {"diastolic", "85354-9", "8462-4"},
                               {"glucose", "2345-7,14749-6,1558-6,14771-0", nullptr}};
  Json trends = Json::Obj();
  for (const Trend& trend : kTrends) {
    TRY_ASSIGN(const auto page,
               context.record.Search("Observation?patient=" + patient + "&code=" + trend.code +
                                     "&status=final,amended&_sort=-date&_count=24"));
    Json points = Json::Arr();
    for (auto it = page.matches.rbegin(); it != page.matches.rend(); ++it) {
      const Json* quantity = &(*it)["valueQuantity"];
      if (trend.component != nullptr) {
        for (const Json& part : (*it)["component"].Items()) {
          if (shared::CodeIn(part["code"], code_system::kLoinc) == trend.component) {
            quantity = &part["valueQuantity"];
          }
        }
      }
      if ((*quantity)["value"].IsNumber()) {
        points.Push(Json::Arr({(*it)["effectiveDateTime"], (*quantity)["value"]}));
      }
    }
    trends.Set(trend.name, std::move(points));
  }
  return trends;
}

base::Result<Json> ReadAllergies(const std::string& patient, shared::Context& context) {
  TRY_ASSIGN(const auto page,
             context.record.SearchAll("AllergyIntolerance?patient=" + patient, 100));
  Json allergies = Json::Arr();
  for (const Record& allergy : page) {
    if (shared::CodeIn(allergy["clinicalStatus"], code_system::kAllergyClinical) == "inactive") continue;
    allergies.Push(Json::Obj({{"id", allergy.id()},
                              {"text", allergy["code"]["text"]},
                              {"criticality", allergy["criticality"]}}));
  }
  return allergies;
}

// The draft's date while the visit is open, the appointment it became afterwards.
base::Result<Json> RevisitOf(const Record& encounter, const Draft& draft,
                             shared::Context& context) {
  if (!draft.revisit.date.empty()) {
    return Json::Obj({{"date", draft.revisit.date}, {"note", draft.revisit.note}});
  }
  if (encounter["status"].String() != "finished") return Json();
  TRY_ASSIGN(const auto appointments,
             context.record.SearchAll("Appointment?patient=" +
                                          shared::ReferenceOf(encounter["subject"]) +
                                          "&date=ge" + encounter.body.At("period.start").String().substr(0, 10),
                                      100));
  for (const Record& appointment : appointments) {
    const Json& given_at = shared::ExtensionValue(appointment.body, ext::kEncounter);
    if (shared::ReferenceOf(given_at) != encounter.Reference()) continue;
    return Json::Obj({{"date", appointment["start"].String().substr(0, 10)},
                      {"note", appointment["description"]},
                      {"booking", shared::IdentifierValue(appointment.body, shared::sid::kBooking)}});
  }
  return Json();
}

// A closed visit shows its Conditions; an open one what the doctor has picked so far.
base::Result<Json> DiagnosesOf(const Json& encounter, const Draft& draft,
                               shared::Context& context) {
  Json lines = Json::Arr();
  if (encounter["status"].String() != "finished") {
    for (const DiagnosisLine& line : draft.diagnoses) lines.Push(ToJson(line));
    return lines;
  }
  TRY_ASSIGN(const auto conditions,
             context.record.SearchAll("Condition?encounter=Encounter/" + encounter["id"].String(), 50));
  for (const Json& entry : encounter["diagnosis"].Items()) {
    for (const Record& condition : conditions) {
      if (condition.Reference() != shared::ReferenceOf(entry["condition"])) continue;
      lines.Push(ToJson(
          DiagnosisLine{shared::CodeIn(condition["code"], code_system::kIcd10),
                        shared::DisplayIn(condition["code"], code_system::kIcd10),
                        condition["code"]["text"].String(), entry["rank"].Int() == 1}));
    }
  }
  return lines;
}

Json FlagsOf(const std::vector<VitalSignSet>& vitals, const shared::Person& person) {
  Json flags = Json::Arr();
  for (const std::string& allergy : person.allergies) {
    flags.Push(Json::Obj({{"level", "critical"}, {"text", "Dị ứng: " + allergy}}));
  }
  if (!vitals.empty()) {
    for (const VitalSignFlag& flag : vitals.front().flags) {
      flags.Push(Json::Obj({{"level", "critical"}, {"text", flag.text}}));
    }
  }
  for (const std::string& warning : person.warnings) {
    flags.Push(Json::Obj({{"level", "warning"}, {"text", warning}}));
  }
  return flags;
}

}  // namespace

base::Result<OrdersAndResults> ReadOrders(const std::string& encounter_id,
                                          shared::Context& context) {
  TRY_ASSIGN(const auto requests,
             context.record.SearchAll("ServiceRequest?encounter=Encounter/" + encounter_id +
                                          "&status=active,completed&_sort=authored",
                                      200));
  TRY_ASSIGN(const auto observations,
             context.record.SearchAll("Observation?encounter=Encounter/" + encounter_id +
                                          "&category=laboratory&status=preliminary,final,amended",
                                      1000));
  std::map<std::string, Json> by_order;
  OrdersAndResults out{Json::Arr(), Json::Arr()};
  for (const Record& observation : observations) {
    Json row = ResultRow(observation);
    by_order[shared::ReferenceOf(observation["basedOn"][0])].Push(row);
    out.results.Push(std::move(row));
  }
  for (const Record& request : requests) {
    Json& results = by_order[request.Reference()];
    out.orders.Push(
        Json::Obj({{"id", request.id()},
                   {"code", shared::CodeIn(request["code"], code_system::kService)},
                   {"name", request["code"]["text"]},
                   {"room", shared::CodeIn(request["category"][0], code_system::kOrderCategory)},
                   {"status", request["status"]},
                   {"orderedAt", request["authoredOn"]},
                   {"results", results.IsNull() ? Json::Arr() : results}}));
  }
  return out;
}

base::Result<Json> ReadStory(const std::string& encounter_id, shared::Context& context) {
  TRY_ASSIGN(const Record encounter, context.record.Read("Encounter", encounter_id));
  TRY_ASSIGN(const Record patient,
             context.record.Read("Patient", shared::PatientIdOf(encounter.body)));
  TRY_ASSIGN(const shared::Person person,
             shared::ReadPerson(context.record, patient.body, context.clock.Today()));
  const std::string reference = patient.Reference();
  TRY_ASSIGN(const auto vitals,
             ReadVitalSigns(context, encounter_id, AgeInMonthsOf(patient.body, context.clock.Today())));
  TRY_ASSIGN(const SavedDraft saved, ReadDraft(context, encounter_id));
  TRY_ASSIGN(OrdersAndResults orders, ReadOrders(encounter_id, context));
  TRY_ASSIGN(Json prescription, ReadPrescription(encounter_id, context));
  TRY_ASSIGN(Json diagnoses, DiagnosesOf(encounter.body, saved.draft, context));
  TRY_ASSIGN(Json history, ReadHistory(encounter.body, context));
  TRY_ASSIGN(Json trends, ReadTrends(reference, context));
  TRY_ASSIGN(Json allergies, ReadAllergies(reference, context));
  Json vital_list = Json::Arr();
  for (const VitalSignSet& set : vitals) vital_list.Push(ToJson(set));
  TRY_ASSIGN(Json revisit, RevisitOf(encounter, saved.draft, context));
  const bool has_note = saved.impression.version > 0;
  const bool is_open = encounter["status"].String() != "finished";
  Json draft;
  if (has_note && is_open) {
    draft = ToJson(saved.draft);
    draft.Set("savedAt", saved.impression["date"]);
  }
  return Json::Obj(
      {{"visit", shared::ToJson(shared::VisitRowOf(encounter.body, person, context.clock.Now()))},
       {"version", saved.impression.version},
       {"vitals", std::move(vital_list)},
       {"examination", has_note ? ToJson(saved.draft.examination) : Json()},
       {"diagnoses", std::move(diagnoses)},
       {"orders", std::move(orders.orders)},
       {"results", std::move(orders.results)},
       {"prescription", std::move(prescription)},
       {"draft", std::move(draft)},
       {"revisit", std::move(revisit)},
       {"history", std::move(history)},
       {"trends", std::move(trends)},
       {"allergies", std::move(allergies)},
       {"flags", FlagsOf(vitals, person)}});
}

}  // namespace care::visit
