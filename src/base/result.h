// Result<T>: the value of an operation or the Error that stopped it, checked by the compiler.
// One closed set of error codes serves the whole program; each edge (HTTP, OperationOutcome,
// command line) maps it once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/check.h"

namespace base {

enum class ErrorCode {
  kInvalid,          // the input is malformed or breaks a rule the caller can see
  kUnauthenticated,  // nobody is logged in
  kForbidden,        // this person may not do this
  kNotFound,
  kGone,             // it existed and was deleted
  kConflict,         // somebody changed it first
  kUnprocessable,    // well formed, yet against a rule of the clinic or the law
  kTooLarge,         // over a limit of the limits contract
  kUnavailable,      // try again later (overload, disk full, peer away)
  kInternal,         // our fault
};

std::string_view Name(ErrorCode code);

// `message` may be shown to the person, in Vietnamese, saying what to do next. `detail` goes to
// the log only. `field` names the offending input ("birthDate", "lines[2].quantity"), if any.
// None of them ever holds patient data.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
  std::string field = {};
  std::string detail = {};
  // More for the client to act on, as the text of a JSON object whose members join the error:
  // {"missing": ["…"]}.
  std::string extra = {};
};

inline Error Invalid(std::string message, std::string field = {}, std::string detail = {}) {
  return {ErrorCode::kInvalid, std::move(message), std::move(field), std::move(detail), {}};
}
inline Error NotFound(std::string message, std::string field = {}) {
  return {ErrorCode::kNotFound, std::move(message), std::move(field), {}, {}};
}
inline Error Conflict(std::string message, std::string field = {}) {
  return {ErrorCode::kConflict, std::move(message), std::move(field), {}, {}};
}
inline Error Unprocessable(std::string message, std::string field = {}) {
  return {ErrorCode::kUnprocessable, std::move(message), std::move(field), {}, {}};
}
inline Error Forbidden(std::string message) {
  return {ErrorCode::kForbidden, std::move(message), {}, {}, {}};
}
inline Error Unavailable(std::string message, std::string detail = {}) {
  return {ErrorCode::kUnavailable, std::move(message), {}, std::move(detail), {}};
}
inline Error Internal(std::string detail) {
  return {ErrorCode::kInternal, "Hệ thống gặp lỗi. Hãy thử lại; nếu vẫn lỗi, báo người quản trị.", {},
          std::move(detail), {}};
}

template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // The value; on an error this request dies (CHECK), in release builds too.
  const T& value() const& {
    CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  T& value() & {
    CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    CHECK(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  const Error& error() const& {
    CHECK(!ok());
    return *std::get_if<1>(&state_);
  }
  Error&& error() && {
    CHECK(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const& {
    CHECK(!ok());
    return *error_;
  }
  Error&& error() && {
    CHECK(!ok());
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;
inline Status Ok() { return {}; }

}  // namespace base

#define TRAM_CONCAT_INNER(a, b) a##b
#define TRAM_CONCAT(a, b) TRAM_CONCAT_INNER(a, b)

// Evaluates a Result and returns its error from the enclosing function, if it is one.
#define TRY(expression)                                                              \
  do {                                                                               \
    if (auto try_result = (expression); !try_result.ok())                            \
      return std::move(try_result).error();                                          \
  } while (false)

// TRY_ASSIGN(Patient patient, Read(id)); declares or assigns the value, or returns the error.
// Several statements: never the body of an unbraced if.
#define TRY_ASSIGN(target, ...) \
  TRAM_TRY_ASSIGN(TRAM_CONCAT(try_result_, __COUNTER__), target, (__VA_ARGS__))
#define TRAM_TRY_ASSIGN(temporary, target, expression)              \
  auto temporary = expression;                                      \
  if (!temporary.ok()) return std::move(temporary).error();         \
  target = std::move(temporary).value()
