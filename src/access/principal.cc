#include "access/principal.h"

#include <algorithm>
#include <array>

namespace access_control {
namespace {

constexpr std::array<std::string_view, kRoleCount> kRoleNames = {
    "receptionist", "nurse",        "doctor",        "lab_technician", "pharmacist",
    "cashier",      "station_head", "administrator", "system",         "program"};

}  // namespace

std::string_view Name(Role role) { return kRoleNames.at(static_cast<size_t>(role)); }

base::Result<Role> ParseRole(std::string_view name) {
  const auto found = std::find(kRoleNames.begin(), kRoleNames.end(), name);
  if (found == kRoleNames.end()) return base::Invalid("Không có vai trò này.", "roles");
  return static_cast<Role>(found - kRoleNames.begin());
}

bool IsPersonal(Role role) { return role != Role::kSystem && role != Role::kProgram; }

std::string_view Name(Purpose purpose) {
  switch (purpose) {
    case Purpose::kTreatment: return "treatment";
    case Purpose::kPayment: return "payment";
    case Purpose::kOperations: return "operations";
    case Purpose::kRecordManagement: return "record_management";
    case Purpose::kEmergency: return "emergency";
  }
  return "";
}

// https://terminology.hl7.org/ValueSet-v3-PurposeOfUse.html
std::string_view PurposeCode(Purpose purpose) {
  switch (purpose) {
    case Purpose::kTreatment: return "TREAT";
    case Purpose::kPayment: return "HPAYMT";
    case Purpose::kOperations: return "HOPERAT";
    case Purpose::kRecordManagement: return "RECORDMGT";
    case Purpose::kEmergency: return "ETREAT";
  }
  return "";
}

bool Principal::Has(Role role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

std::string Principal::Reference() const {
  if (!program_id.empty()) return "Device/" + program_id;
  if (Has(Role::kSystem)) return "Device/tram";
  if (practitioner_id.empty()) return "Device/unknown";  // whoever tried to log in
  return "Practitioner/" + practitioner_id;
}

Principal SystemPrincipal(std::string station_id) {
  return {.practitioner_id = "system",
          .login = "system",
          .display_name = "Tram",
          .roles = {Role::kSystem},
          .station_id = std::move(station_id)};
}

}  // namespace access_control
