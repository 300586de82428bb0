// What a new password must be: long, and not one that others would try first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace security {

struct PasswordOwner {
  std::string login;
  std::string name;
  bool second_factor = false;
};

// kUnprocessable with a sentence for the person, field "password". Length per TCVN 14423:2026: 14
// characters, 8 with a second factor. No demand for kinds of characters (NIST SP 800-63B §5.1.1.2).
base::Status CheckPassword(std::string_view password, const PasswordOwner& owner);

}  // namespace security
