// Person: a patient as every screen shows one: banner, lists, search results.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "access/record_scope.h"
#include "base/json.h"
#include "base/result.h"
#include "base/time.h"

namespace care::shared {

struct InsuranceCard {
  std::string number;
  enum class State { kValid, kExpired, kNotYet } state = State::kValid;
  std::string valid_from;  // ISO dates, "" = open
  std::string valid_to;
  std::string level;  // 1..5, "" unknown
  std::string registered_facility;
};

struct Person {
  std::string id;
  std::string name;
  std::string birth_date;  // may be partial
  std::string gender;
  std::string age_text;
  std::string personal_number;
  std::string insurance_number;
  std::string patient_number;
  std::string phone;
  std::string address;
  std::string commune;
  bool temporary = false;
  std::vector<std::string> allergies;
  std::vector<InsuranceCard> insurance;  // the newest first; empty = none known
  std::vector<std::string> warnings;
};

// "36 tuổi"; months below six years (TT 26/2025 asks the age in months below 72 months), days below
// one month; "" for an unknown birth date.
std::string AgeText(std::string_view birth_date, base::Date today);

// The given name and middle letters for public screens: "Nguyễn Văn An" -> "Nguyễn V. A.".
std::string PublicName(std::string_view name);

std::string NameOf(const base::Json& patient);
Person PersonOf(const base::Json& patient, base::Date today);
InsuranceCard InsuranceOf(const base::Json& coverage, base::Date on);

// The newest active card valid on the day, else the newest; null body (version 0) when none.
base::Result<access_control::Record> FindCoverage(access_control::RecordScope& record, std::string_view patient_id,
                                          base::Date on);
// Adds cards and allergies to what PersonOf read.
base::Result<Person> ReadPerson(access_control::RecordScope& record, const base::Json& patient,
                                base::Date today);

// For lists: what to append to a search that includes Patients, so that cards and allergies come along…
inline constexpr std::string_view kPersonIncludes =
    "&_revinclude:iterate=Coverage:beneficiary&_revinclude:iterate=AllergyIntolerance:patient";
// … and the people among what it included, by patient id, each as ReadPerson would give them.
std::map<std::string, Person> PeopleAmong(const std::vector<access_control::Record>& included,
                                          base::Date today);

base::Json ToJson(const Person& person);

}  // namespace care::shared
