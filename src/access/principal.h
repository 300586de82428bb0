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
  kSystem,   // jobs of the program itself (webhooks, timers); nobody can log in with it
  kProgram,  // another program with a bearer token that speaks FHIR; never a person
};
inline constexpr size_t kRoleCount = 10;

// "receptionist", "lab_technician" …: as in the permission table, the API and `tram user add`.
std::string_view Name(Role role);
base::Result<Role> ParseRole(std::string_view name);

// Purpose of use (IHE BALP / HL7 v3 PurposeOfUse): every read and write carries one.
// Roles a person may be given.
bool IsPersonal(Role role);

enum class Purpose { kTreatment, kPayment, kOperations, kRecordManagement, kEmergency };
std::string_view Name(Purpose purpose);         // "treatment" …
std::string_view PurposeCode(Purpose purpose);  // "TREAT" …, of v3-ActReason

struct Principal {
  std::string practitioner_id;  // Practitioner resource of the person; "system" for kSystem
  std::string login;
  std::string display_name;
  std::vector<Role> roles;
  std::string station_id;  // Organization the person works for
  std::string program_id =
      {};  // Device resource of a program with a bearer token; then no practitioner
  bool Has(Role role) const;
  // "Practitioner/0190…", "Device/…": who the audit trail names.
  std::string Reference() const;
};

// The program itself, acting for a station.
Principal SystemPrincipal(std::string station_id);

}  // namespace access_control
