// TOTP (RFC 6238): the six digits of an authenticator app, 30-second steps, SHA-1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/time.h"

namespace security {

// 20 random bytes, as RFC 4226 recommends.
std::string MakeTotpSecret(base::Random& random);
// RFC 4648 base32 without padding, as authenticator apps want it.
std::string ToBase32(std::string_view bytes);
// "otpauth://totp/…" for the QR code of enrolment. Issuer and account in ASCII.
std::string TotpUri(std::string_view secret, std::string_view issuer, std::string_view account);

std::string TotpCode(std::string_view secret, int64_t step, int digits = 6);

// The step whose code this is: now, one before or one after. Only steps after `last_used` count,
// so that a code seen over a shoulder opens nothing; store the returned step as the next last_used.
std::optional<int64_t> CheckTotp(std::string_view secret, std::string_view code, base::Instant now,
                                 int64_t last_used);

}  // namespace security
