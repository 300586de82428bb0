#include "security/password_hasher.h"

#include <argon2.h>

#include <algorithm>
#include <thread>

#include "base/text.h"

namespace security {
namespace {

constexpr size_t kSaltBytes = 16;
constexpr size_t kHashBytes = 32;
constexpr size_t kMaxPasswordBytes = 1024;
constexpr int kWaitingPerCore = 16;

int Cores() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

std::string Prefix(const PasswordCost& cost) {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) +
         ",t=" + std::to_string(cost.passes) + ",p=1$";
}

// One person's keyboard may send composed letters, another's decomposed ones.
std::string Normal(std::string_view password) {
  return base::ToNfc(password.substr(0, kMaxPasswordBytes));
}

}  // namespace

// One of the places in which a computation may run.
class PasswordHasher::Turn {
 public:
  explicit Turn(PasswordHasher& hasher) : hasher_(hasher) {
    std::unique_lock lock(hasher_.mutex_);
    if (hasher_.waiting_ >= hasher_.at_once_ * kWaitingPerCore) return;
    ++hasher_.waiting_;
    hasher_.free_.wait(lock, [this] { return hasher_.running_ < hasher_.at_once_; });
    --hasher_.waiting_;
    ++hasher_.running_;
    taken_ = true;
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    if (!taken_) return;
    const std::lock_guard lock(hasher_.mutex_);
    --hasher_.running_;
    hasher_.free_.notify_one();
  }
  bool taken() const { return taken_; }

 private:
  PasswordHasher& hasher_;
  bool taken_ = false;
};

PasswordHasher::PasswordHasher(base::Random& random, PasswordCost cost, int at_once)
    : random_(random), cost_(cost), at_once_(at_once > 0 ? at_once : Cores()) {}

base::Result<std::string> PasswordHasher::Hash(std::string_view password) {
  const Turn turn(*this);
  if (!turn.taken())
    return base::Unavailable("Có quá nhiều người đăng nhập cùng lúc. Hãy thử lại.");
  const std::string normal = Normal(password);
  const std::string salt = random_.Bytes(kSaltBytes);
  std::string encoded(
      argon2_encodedlen(cost_.passes, cost_.memory_kib, 1, kSaltBytes, kHashBytes, Argon2_id),
      '\0');
  const int outcome =
      argon2id_hash_encoded(cost_.passes, cost_.memory_kib, 1, normal.data(), normal.size(),
                            salt.data(), salt.size(), kHashBytes, encoded.data(), encoded.size());
  if (outcome != ARGON2_OK) return base::Internal(argon2_error_message(outcome));
  encoded.resize(std::string_view(encoded.data()).size());
  return encoded;
}

base::Result<bool> PasswordHasher::Verify(std::string_view password, std::string_view hash) {
  // The work of a wrong account must look like the work of a wrong password.
  static constexpr std::string_view kNobodySalt = "AAAAAAAAAAAAAAAAAAAAAA";
  static constexpr std::string_view kNobodyHash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  const bool real = hash.starts_with("$argon2id$");
  std::string encoded(hash);
  if (!real) {
    encoded = Prefix(cost_);
    encoded.append(kNobodySalt).append("$").append(kNobodyHash);
  }
  const Turn turn(*this);
  if (!turn.taken())
    return base::Unavailable("Có quá nhiều người đăng nhập cùng lúc. Hãy thử lại.");
  const std::string normal = Normal(password);
  const int outcome = argon2id_verify(encoded.c_str(), normal.data(), normal.size());
  if (outcome != ARGON2_OK && outcome != ARGON2_VERIFY_MISMATCH) {
    return base::Internal(argon2_error_message(outcome));
  }
  return real && outcome == ARGON2_OK;
}

bool PasswordHasher::IsOutdated(std::string_view hash) const {
  return !hash.starts_with(Prefix(cost_));
}

}  // namespace security
