// Randomness, handed in: the system's for life, a seeded one for tests and simulations.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"

namespace base {

class Random {
 public:
  virtual ~Random() = default;
  virtual void Fill(char* bytes, size_t count) = 0;
  std::string Bytes(size_t count);
  uint64_t Next();
  // Uniform in [0, bound), bound > 0, without modulo bias.
  uint64_t Below(uint64_t bound);
};

// getrandom(2): cryptographic quality. Safe from any thread.
class SystemRandom final : public Random {
 public:
  void Fill(char* bytes, size_t count) override;
};

// Deterministic (splitmix64); never for secrets. Not thread safe.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(uint64_t seed) : state_(seed) {}
  void Fill(char* bytes, size_t count) override;

 private:
  uint64_t state_;
};

// RFC 9562 UUID version 7: 48 bits of Unix milliseconds, then randomness. Lower-case text.
std::string MakeUuid7(Instant now, Random& random);

}  // namespace base
