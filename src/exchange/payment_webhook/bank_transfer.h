// A bank transfer as a webhook provider reports it, and the provider's proof that it sent it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace exchange::payment_webhook {

enum class Provider { kSepay, kCasso };
enum class Direction { kIn, kOut };

std::string_view Name(Provider provider);  // "sepay", "casso"

struct BankTransfer {
  Provider provider = Provider::kSepay;
  std::string id;  // unique at the provider: what makes handling it twice harmless
  Direction direction = Direction::kIn;
  int64_t amount = 0;     // dong, always positive
  std::string content;    // the payer's words, and the bank's around them
  std::string account;    // ours; the virtual account when the provider names one
  std::string reference;  // the bank's own reference
  base::Instant at;
};

// What the HTTP layer hands over; a header that was not sent is empty.
struct Headers {
  std::string_view authorization;    // SePay "Apikey …"
  std::string_view sepay_timestamp;  // X-SePay-Timestamp
  std::string_view sepay_signature;  // X-SePay-Signature
  std::string_view secure_token;     // Casso v1
  std::string_view casso_signature;  // X-Casso-Signature, Casso v2
};

// What the station agreed with the provider. With an HMAC secret only HMAC is accepted; with
// neither, nothing is.
struct Secrets {
  std::string api_key;      // SePay API key, Casso v1 secure token
  std::string hmac_secret;  // SePay webhook secret, Casso v2 checksum key
};

// How far a signed timestamp may be from now. SePay repeats a failed call for about 33 minutes and
// does not say whether it signs anew; a replay inside the window is harmless, because a transfer's
// id is handled once.
inline constexpr int64_t kReplayWindowMillis = 40 * 60 * 1000;

// kUnauthenticated: the proof is missing, wrong or too old. kInvalid: the body is not what the
// provider documents. The proof is checked first, in constant time, on the raw body.
base::Result<std::vector<BankTransfer>> ReadSepay(std::string_view body, const Headers& headers,
                                                  const Secrets& secrets, base::Instant now);
base::Result<std::vector<BankTransfer>> ReadCasso(std::string_view body, const Headers& headers,
                                                  const Secrets& secrets, base::Instant now);

}  // namespace exchange::payment_webhook
