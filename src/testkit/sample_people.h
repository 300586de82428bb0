// Bodies of the resources that nearly every test needs. None is a real person.
#pragma once

#include <string>
#include <string_view>

#include "access/record_scope.h"
#include "base/json.h"

namespace testkit {

base::Json MakePatient(std::string_view name, std::string_view birth_date, std::string_view gender,
                       std::string_view personal_number = "");
// A valid card of that number ("DN4010123456789") through the whole of 2026.
base::Json MakeCoverage(const access_control::Record& patient, std::string_view card_number,
                        std::string_view registered_facility = "01234");
// A visit checked in on the morning of testkit::Morning(); stage as in docs/record.md.
base::Json MakeEncounter(const access_control::Record& patient,
                         std::string_view stage = "waiting-nurse");

}  // namespace testkit
