#include "care/shared/person.h"

#include <algorithm>

#include "base/text.h"
#include "care/shared/resource.h"
#include "care/shared/systems.h"

namespace care::shared {

using base::Json;

std::string AgeText(std::string_view birth_date, base::Date today) {
  const auto birth = DateOf(birth_date);
  if (!birth) return {};
  const int months = base::AgeInMonths(*birth, today);
  if (birth_date.size() == 4) return std::to_string(today.year - birth->year) + " tuổi";
  if (months < 1) return std::to_string(std::max<int64_t>(0, today.ToDays() - birth->ToDays())) + " ngày";
  if (months < 72) return std::to_string(months) + " tháng";
  return std::to_string(months / 12) + " tuổi";
}

std::string PublicName(std::string_view name) {
  const auto words = base::Split(base::Trim(name), ' ');
  std::string out;
  bool first = true;
  for (std::string_view word : words) {
    if (word.empty()) continue;
    if (first) {
      out = word;
      first = false;
      continue;
    }
    // The first character, however many bytes it has.
    size_t length = 1;
    while (length < word.size() && (static_cast<unsigned char>(word[length]) & 0xC0) == 0x80) ++length;
    out += " ";
    out += word.substr(0, length);
    out += ".";
  }
  return out;
}

std::string NameOf(const Json& patient) {
  const Json& name = patient["name"][0];
  if (!name["text"].String().empty()) return name["text"].String();
  std::string full = name["family"].String();
  for (const Json& given : name["given"].Items()) {
    if (!full.empty()) full += ' ';
    full += given.String();
  }
  return full;
}

Person PersonOf(const Json& patient, base::Date today) {
  Person person;
  person.id = patient["id"].String();
  person.name = NameOf(patient);
  person.birth_date = patient["birthDate"].String();
  person.gender = patient["gender"].String();
  person.age_text = AgeText(person.birth_date, today);
  person.personal_number = IdentifierValue(patient, sid::kPersonalNumber);
  person.insurance_number = IdentifierValue(patient, sid::kInsuranceCard);
  person.patient_number = IdentifierValue(patient, sid::kPatientNumber);
  person.temporary = !IdentifierValue(patient, sid::kTemporary).empty();
  for (const Json& telecom : patient["telecom"].Items()) {
    if (telecom["system"].String() == "phone") person.phone = telecom["value"].String();
  }
  const Json& address = patient["address"][0];
  person.address = address["text"].String();
  person.commune = ExtensionText(address, ext::kCommune);
  if (person.temporary && person.personal_number.empty()) {
    person.warnings.emplace_back("Định danh tạm, cần bổ sung giấy tờ");
  }
  return person;
}

InsuranceCard InsuranceOf(const Json& coverage, base::Date on) {
  InsuranceCard card;
  card.number = IdentifierValue(coverage, sid::kInsuranceCard);
  card.valid_from = coverage["period"]["start"].String().substr(0, 10);
  card.valid_to = coverage["period"]["end"].String().substr(0, 10);
  card.level = ExtensionText(coverage, ext::kBenefitLevel);
  card.registered_facility = ExtensionText(coverage, ext::kRegisteredFacility);
  const std::string today = on.ToIso();
  if (!card.valid_to.empty() && card.valid_to < today) card.state = InsuranceCard::State::kExpired;
  if (!card.valid_from.empty() && card.valid_from > today) card.state = InsuranceCard::State::kNotYet;
  return card;
}

namespace {
void AddAllergy(const Json& allergy, Person& person) {
  if (CodeIn(allergy["clinicalStatus"], code_system::kAllergyClinical) == "inactive") return;
  person.allergies.push_back(allergy["code"]["text"].String());
}
}  // namespace

base::Result<access_control::Record> FindCoverage(access_control::RecordScope& record, std::string_view patient_id,
                                          base::Date on) {
  TRY_ASSIGN(const auto cards,
             record.SearchAll("Coverage?beneficiary=Patient/" + std::string(patient_id) +
                                  "&status=active&_sort=-_lastUpdated",
                              50));
  for (const access_control::Record& card : cards) {
    if (InsuranceOf(card.body, on).state == InsuranceCard::State::kValid) return card;
  }
  if (!cards.empty()) return cards.front();
  return access_control::Record{};
}

base::Result<Person> ReadPerson(access_control::RecordScope& record, const Json& patient,
                                base::Date today) {
  Person person = PersonOf(patient, today);
  TRY_ASSIGN(const access_control::Record coverage, FindCoverage(record, person.id, today));
  if (coverage.version > 0) person.insurance.push_back(InsuranceOf(coverage.body, today));
  TRY_ASSIGN(const auto allergies,
             record.SearchAll("AllergyIntolerance?patient=" + person.id, 50));
  for (const access_control::Record& allergy : allergies) {
    AddAllergy(allergy.body, person);
  }
  return person;
}

std::map<std::string, Person> PeopleAmong(const std::vector<access_control::Record>& included,
                                          base::Date today) {
  std::map<std::string, Person> people;
  for (const access_control::Record& record : included) {
    if (record.type() == "Patient") people[record.id()] = PersonOf(record.body, today);
  }
  for (const access_control::Record& record : included) {
    const bool card = record.type() == "Coverage";
    const std::string patient =
        ReferenceId(ReferenceOf(record[card ? "beneficiary" : "patient"]));
    const auto person = people.find(patient);
    if (person == people.end()) continue;
    if (record.type() == "AllergyIntolerance") AddAllergy(record.body, person->second);
    if (card && record["status"].String() == "active") {
      person->second.insurance.push_back(InsuranceOf(record.body, today));
    }
  }
  // A valid card first, then the one that runs longest.
  for (auto& [id, person] : people) {
    std::stable_sort(person.insurance.begin(), person.insurance.end(),
                     [](const InsuranceCard& a, const InsuranceCard& b) {
                       const bool a_valid = a.state == InsuranceCard::State::kValid;
                       const bool b_valid = b.state == InsuranceCard::State::kValid;
                       return a_valid != b_valid ? a_valid : a.valid_from > b.valid_from;
                     });
  }
  return people;
}

namespace {

std::string_view Name(InsuranceCard::State state) {
  switch (state) {
    case InsuranceCard::State::kValid: return "valid";
    case InsuranceCard::State::kExpired: return "expired";
    case InsuranceCard::State::kNotYet: return "not_yet";
  }
  return "valid";
}

Json Texts(const std::vector<std::string>& texts) {
  Json list = Json::Arr();
  for (const std::string& text : texts) list.Push(text);
  return list;
}

}  // namespace

Json ToJson(const Person& person) {
  Json insurance;
  if (!person.insurance.empty()) {
    const InsuranceCard& card = person.insurance.front();
    insurance = Json::Obj({{"number", card.number},
                           {"state", Name(card.state)},
                           {"validFrom", card.valid_from},
                           {"validTo", card.valid_to},
                           {"level", card.level},
                           {"registeredFacility", card.registered_facility}});
  }
  return Json::Obj({{"id", person.id},
                    {"name", person.name},
                    {"birthDate", person.birth_date},
                    {"gender", person.gender},
                    {"ageText", person.age_text},
                    {"personalNumber", person.personal_number},
                    {"insuranceNumber", person.insurance_number},
                    {"patientNumber", person.patient_number},
                    {"phone", person.phone},
                    {"address", person.address},
                    {"commune", person.commune},
                    {"temporary", person.temporary},
                    {"allergies", Texts(person.allergies)},
                    {"insurance", insurance},
                    {"warnings", Texts(person.warnings)}});
}

}  // namespace care::shared
