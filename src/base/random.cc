#include "base/random.h"

#include <sys/random.h>

#include <cerrno>
#include <cstring>

#include "base/check.h"
#include "base/text.h"

namespace base {

std::string Random::Bytes(size_t count) {
  std::string bytes(count, '\0');
  Fill(bytes.data(), count);
  return bytes;
}

uint64_t Random::Next() {
  uint64_t value = 0;
  Fill(reinterpret_cast<char*>(&value), sizeof value);
  return value;
}

uint64_t Random::Below(uint64_t bound) {
  CHECK(bound > 0);
  const uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
  uint64_t value = Next();
  while (value >= limit) value = Next();
  return value % bound;
}

void SystemRandom::Fill(char* bytes, size_t count) {
  while (count > 0) {
    const ssize_t got = getrandom(bytes, count, 0);
    if (got < 0 && errno == EINTR) continue;
    CHECK(got > 0);
    bytes += got;
    count -= static_cast<size_t>(got);
  }
}

void SeededRandom::Fill(char* bytes, size_t count) {
  while (count > 0) {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    z ^= z >> 31;
    const size_t step = count < 8 ? count : 8;
    std::memcpy(bytes, &z, step);
    bytes += step;
    count -= step;
  }
}

std::string MakeUuid7(Instant now, Random& random) {
  std::string bytes = random.Bytes(16);
  const auto millis = static_cast<uint64_t>(now.millis);
  for (int i = 0; i < 6; ++i) bytes[static_cast<size_t>(i)] = static_cast<char>(millis >> (40 - 8 * i));
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x70);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  const std::string hex = ToHex(bytes);
  return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' +
         hex.substr(16, 4) + '-' + hex.substr(20);
}

}  // namespace base
