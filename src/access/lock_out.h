// LockOut: counts wrong passwords and makes guessers wait, without shutting out the one doctor of
// the station: a device that guesses waits by itself long before the account does.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/guarded.h"
#include "base/time.h"

namespace access_control {

// ASVS 5.0 and robustness.md §6.2: five tries in 15 minutes; each further lock-out doubles the
// wait.
class LockOut {
 public:
  static constexpr int64_t kWindowMillis = 15 * 60'000;
  static constexpr size_t kTriesPerDevice = 5;
  // From all devices together: then the account itself is locked, and only then must somebody with
  // users.manage or `tram user unlock` help, or 15 minutes pass.
  static constexpr size_t kTriesPerAccount = 20;
  static constexpr int64_t kLongestWaitMillis = 4 * kWindowMillis;

  // Until when this device may not try this login; unset = it may. Logins nobody has wait alike.
  std::optional<base::Instant> WaitUntil(const std::string& login, const std::string& device,
                                         base::Instant now);

  // Counts a wrong password. The moment until which the account is locked for every device, when
  // this failure locked it.
  std::optional<base::Instant> CountFailure(const std::string& login, const std::string& device,
                                            base::Instant now);

  // A right password, or an unlock by somebody who may.
  void Forgive(const std::string& login);

 private:
  struct Device {
    std::vector<base::Instant> failures;
    std::optional<base::Instant> until;
    int lock_outs = 0;
  };
  struct Account {
    std::vector<base::Instant> failures;
    std::optional<base::Instant> until;
    int lock_outs = 0;
    std::map<std::string, Device> devices;
    base::Instant last;
  };
  using Accounts = std::map<std::string, Account>;

  static void MakeRoom(Accounts& accounts);

  base::Guarded<Accounts> accounts_;
};

}  // namespace access_control
