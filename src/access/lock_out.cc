#include "access/lock_out.h"

#include <algorithm>

namespace access_control {
namespace {

// Names typed by a guesser must not fill the memory.
constexpr size_t kMostAccounts = 10'000;
constexpr size_t kMostDevices = 100;

void DropOld(std::vector<base::Instant>& failures, base::Instant now) {
  std::erase_if(failures, [now](base::Instant at) {
    return at.millis + LockOut::kWindowMillis <= now.millis;
  });
}

// 15 minutes, then 30, then 60 at most.
int64_t WaitMillis(int lock_outs_before) {
  return std::min(LockOut::kWindowMillis << std::min(lock_outs_before, 2),
                  LockOut::kLongestWaitMillis);
}

}  // namespace

std::optional<base::Instant> LockOut::WaitUntil(const std::string& login, const std::string& device,
                                                base::Instant now) {
  auto accounts = accounts_.Lock();
  const auto account = accounts->find(login);
  if (account == accounts->end()) return std::nullopt;
  std::optional<base::Instant> until = account->second.until;
  const auto found = account->second.devices.find(device);
  if (found != account->second.devices.end() && found->second.until > until) {
    until = found->second.until;
  }
  return until > now ? until : std::nullopt;
}

std::optional<base::Instant> LockOut::CountFailure(const std::string& login,
                                                   const std::string& device, base::Instant now) {
  auto accounts = accounts_.Lock();
  if (accounts->size() >= kMostAccounts && accounts->count(login) == 0) MakeRoom(*accounts);
  Account& account = (*accounts)[login];
  account.last = now;
  if (account.devices.size() >= kMostDevices && account.devices.count(device) == 0) {
    account.devices.erase(account.devices.begin());
  }
  Device& here = account.devices[device];
  DropOld(here.failures, now);
  here.failures.push_back(now);
  if (here.failures.size() >= kTriesPerDevice) {
    here.until = now.AddMillis(WaitMillis(here.lock_outs++));
    here.failures.clear();
  }
  DropOld(account.failures, now);
  account.failures.push_back(now);
  if (account.failures.size() < kTriesPerAccount) return std::nullopt;
  account.failures.clear();
  account.until = now.AddMillis(WaitMillis(account.lock_outs++));
  return account.until;
}

void LockOut::Forgive(const std::string& login) { accounts_.Lock()->erase(login); }

void LockOut::MakeRoom(Accounts& accounts) {
  const auto oldest = std::min_element(
      accounts.begin(), accounts.end(),
      [](const auto& left, const auto& right) { return left.second.last < right.second.last; });
  if (oldest != accounts.end()) accounts.erase(oldest);
}

}  // namespace access_control
