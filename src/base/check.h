// CHECK: a broken invariant ends this request, never the server. Input is never CHECKed.
#pragma once

#include <stdexcept>
#include <string>

namespace base {

// Thrown by CHECK, caught once at the worker's edge, where it becomes ErrorCode::kInternal.
class InvariantBroken : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void FailCheck(const char* condition, const char* file, int line) {
  throw InvariantBroken(std::string(file) + ":" + std::to_string(line) + ": " + condition);
}

}  // namespace base

#define CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::base::FailCheck(#condition, __FILE__, __LINE__))
#ifdef NDEBUG
#define DCHECK(condition) static_cast<void>(0)
#else
#define DCHECK(condition) CHECK(condition)
#endif
