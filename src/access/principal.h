// Who acts, in which role and for what purpose.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// The namespace is not the folder's name: access() is a POSIX function.
namespace access_control {

enum class Role {
  kReceptionist,
  kNurse,
  kDoctor,
  kLabTechnician,
  kPharmacist,
  kCashier,
  kStationHead,
  kAdministrator,
  kSystem,  // jobs of the program itself (webhooks, timers); nobody can log in with it
};

// "receptionist", "lab_technician" …: as in the permission table, the API and `tram user add`.
std::string_view Name(Role role);
base::Result<Role> ParseRole(std::string_view name);

// Purpose of use (IHE BALP / HL7 v3 PurposeOfUse): every read and write carries one.
enum class Purpose { kTreatment, kPayment, kOperations, kRecordManagement, kEmergency };
std::string_view Name(Purpose purpose);

struct Principal {
  std::string practitioner_id;  // Practitioner resource of the person; "system" for kSystem
  std::string login;
  std::string display_name;
  std::vector<Role> roles;
  std::string station_id;       // Organization the person works for
  bool Has(Role role) const;
};

}  // namespace access_control
