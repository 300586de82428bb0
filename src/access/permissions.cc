#include "access/permissions.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace access_control {
namespace {

using fhir::model::ResourceType;

struct ResourceRow {
  ResourceType type;
  uint8_t granted[kRoleCount];
  uint8_t other_station;
};

struct UseCaseRow {
  std::string_view name;
  uint16_t roles;
};

#include "permissions_table.inc"

static_assert(kRoleColumns == kRoleCount, "permissions.toml must have one column per role");

constexpr uint8_t Bit(Interaction interaction) {
  switch (interaction) {
    case Interaction::kRead: return 1;
    case Interaction::kVersionRead: return 2;
    case Interaction::kHistory: return 2;
    case Interaction::kSearch: return 4;
    case Interaction::kCreate: return 8;
    case Interaction::kUpdate: return 16;
    case Interaction::kPatch: return 16;
    case Interaction::kDelete: return 32;
  }
  return 0;
}

// Columns of the table are found by name, so that their order there means nothing.
size_t ColumnOf(Role role) {
  static const std::array<size_t, kRoleCount> columns = [] {
    std::array<size_t, kRoleCount> found{};
    for (size_t role_index = 0; role_index < kRoleCount; ++role_index) {
      const auto* name = std::find(std::begin(kRoleColumnNames), std::end(kRoleColumnNames),
                                   Name(static_cast<Role>(role_index)));
      CHECK(name != std::end(kRoleColumnNames));
      found[role_index] = static_cast<size_t>(name - std::begin(kRoleColumnNames));
    }
    return found;
  }();
  return columns.at(static_cast<size_t>(role));
}

const ResourceRow* FindRow(ResourceType type) {
  const auto* row = std::find_if(std::begin(kResourceRows), std::end(kResourceRows),
                                 [type](const ResourceRow& r) { return r.type == type; });
  return row == std::end(kResourceRows) ? nullptr : row;
}

const UseCaseRow* FindUseCase(std::string_view name) {
  const auto* row = std::lower_bound(
      std::begin(kUseCaseRows), std::end(kUseCaseRows), name,
      [](const UseCaseRow& r, std::string_view wanted) { return r.name < wanted; });
  return row != std::end(kUseCaseRows) && row->name == name ? row : nullptr;
}

uint16_t ColumnMask(const std::vector<Role>& roles) {
  uint16_t mask = 0;
  for (const Role role : roles) mask = static_cast<uint16_t>(mask | (1U << ColumnOf(role)));
  return mask;
}

}  // namespace

std::string_view Name(Interaction interaction) {
  switch (interaction) {
    case Interaction::kRead: return "read";
    case Interaction::kVersionRead: return "vread";
    case Interaction::kHistory: return "history";
    case Interaction::kSearch: return "search";
    case Interaction::kCreate: return "create";
    case Interaction::kUpdate: return "update";
    case Interaction::kPatch: return "patch";
    case Interaction::kDelete: return "delete";
  }
  return "";
}

bool MayAccess(const std::vector<Role>& roles, ResourceType type, Interaction interaction,
               Relation relation) {
  const ResourceRow* row = FindRow(type);
  const uint8_t* granted = row != nullptr ? row->granted : kOtherTypes;
  const uint8_t elsewhere = row != nullptr ? row->other_station : 0;
  return std::any_of(roles.begin(), roles.end(), [&](Role role) {
    const size_t column = ColumnOf(role);
    uint8_t mask = granted[column];
    const bool unlimited = (kUnlimitedRoles >> column & 1U) != 0;
    if (relation == Relation::kOtherStation && !unlimited) mask &= elsewhere;
    return (mask & Bit(interaction)) != 0;
  });
}

bool MayCall(const std::vector<Role>& roles, std::string_view permission) {
  const UseCaseRow* row = FindUseCase(permission);
  return row != nullptr && (row->roles & ColumnMask(roles)) != 0;
}

std::vector<std::string_view> PermissionsOf(const std::vector<Role>& roles) {
  const uint16_t mask = ColumnMask(roles);
  std::vector<std::string_view> names;
  for (const UseCaseRow& row : kUseCaseRows) {
    if ((row.roles & mask) != 0) names.push_back(row.name);
  }
  return names;
}

bool IsPermission(std::string_view name) { return FindUseCase(name) != nullptr; }

}  // namespace access_control
