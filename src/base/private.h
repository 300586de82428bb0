// Private<T>: a value that identifies a person. It has no printer, so it cannot reach a log or an
// error text by accident; only fhir/ and exchange/ reveal it, to put it on the wire.
#pragma once

#include <utility>

namespace base {

template <class T>
class Private {
 public:
  Private() = default;
  explicit Private(T value) : value_(std::move(value)) {}
  const T& Reveal() const { return value_; }
  friend bool operator==(const Private&, const Private&) = default;

 private:
  T value_{};
};

}  // namespace base
