// Fills an empty station for `tram demo`: staff, residents, stock and the visits of yesterday, the
// visits by the same use cases that people work with.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/wiring/node.h"
#include "base/result.h"

namespace app::demo {

struct StaffMember {
  std::string_view login;
  std::string_view name;
  access_control::Role role;
  std::string_view licence;
};

// One per chair; everybody's password is kDemoPassword.
const std::vector<StaffMember>& Staff();
inline constexpr std::string_view kDemoPassword = "TramDemo-2026-an-toan";

care::shared::Station DemoStation();

struct SeedOptions {
  int residents = 2000;
  int visits_yesterday = 40;
  uint64_t seed = 20261121;
};

// `progress` gets a Vietnamese line now and then.
base::Status Seed(wiring::Node& node, const SeedOptions& options,
                  const std::function<void(std::string_view)>& progress);

}  // namespace app::demo
