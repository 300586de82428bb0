// Walks JSON text under the limits contract and hands each token to a handler, numbers as their
// own text. simdjson judges validity first, so the walk itself sees only well-formed JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace base {

// Strings handed over are unescaped and valid only during the call. Every method may stop the walk
// by returning an error.
class JsonHandler {
 public:
  virtual ~JsonHandler() = default;
  virtual Status OnNull() = 0;
  virtual Status OnBool(bool value) = 0;
  virtual Status OnNumber(std::string_view text) = 0;
  virtual Status OnString(std::string_view text) = 0;
  virtual Status OnKey(std::string_view key) = 0;  // duplicates in one object never get here
  virtual Status OnBeginObject() = 0;
  virtual Status OnEndObject() = 0;
  virtual Status OnBeginArray() = 0;
  virtual Status OnEndArray() = 0;
};

// kInvalid: not JSON, too deep, duplicate key, NUL or lone surrogate in a string, byte order mark,
// integer of more than 20 digits. kTooLarge: over max_bytes or max_string_bytes.
Status WalkJson(std::string_view text, const JsonLimits& limits, JsonHandler& handler);

}  // namespace base
