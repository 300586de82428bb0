#include "testkit/principals.h"

namespace testkit {

base::Instant Morning() { return {1'795'219'500'000}; }

access_control::Principal Someone(access_control::Role role, std::string_view station_id) {
  const std::string name(access_control::Name(role));
  access_control::Principal person{.practitioner_id = name + "-1",
                                   .login = name,
                                   .display_name = "Người thử nghiệm " + name,
                                   .roles = {role},
                                   .station_id = std::string(station_id)};
  if (role == access_control::Role::kSystem) {
    return access_control::SystemPrincipal(std::string(station_id));
  }
  if (role == access_control::Role::kProgram) {
    person.practitioner_id.clear();
    person.program_id = "program-1";
  }
  return person;
}

}  // namespace testkit
