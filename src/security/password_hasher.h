// PasswordHasher: argon2id behind a gate, so that a rush of log-ins cannot take all memory and
// processor time.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"

namespace security {

// OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane.
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
struct PasswordCost {
  uint32_t memory_kib = 19 * 1024;
  uint32_t passes = 2;
};

class PasswordHasher {
 public:
  // At most `at_once` computations run together (0 = one per core); 16 times as many may wait.
  explicit PasswordHasher(base::Random& random, PasswordCost cost = {}, int at_once = 0);

  // A PHC string: "$argon2id$v=19$m=19456,t=2,p=1$salt$hash". kUnavailable when too many wait.
  base::Result<std::string> Hash(std::string_view password);
  // Whether the password made this string; compared in constant time. A string that is no argon2id
  // hash matches nothing, after the same amount of work.
  base::Result<bool> Verify(std::string_view password, std::string_view hash);
  // True when the string was made at another cost: hash anew at the next log-in.
  bool IsOutdated(std::string_view hash) const;

 private:
  class Turn;

  base::Random& random_;
  const PasswordCost cost_;
  const int at_once_;
  std::mutex mutex_;
  std::condition_variable free_;
  int running_ = 0;
  int waiting_ = 0;
};

}  // namespace security
