// VietQR: the QR code by which any Vietnamese bank application transfers money to an account or
// card, written and read strictly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace exchange::payment_qr {

enum class AccountKind { kAccount, kCard };

struct PaymentQr {
  std::string bin;      // 6 digits: the bank
  std::string account;  // account or card number
  AccountKind account_kind = AccountKind::kAccount;
  bool dynamic = false;           // made for one payment; carries an amount
  std::optional<int64_t> amount;  // dong, whole
  std::string bill;
  std::string reference;
  std::string terminal;
  std::string purpose;  // what the bank copies into the transfer's content
  // Read when a code carries them, written when set.
  std::string merchant_name;
  std::string merchant_city;
};

inline constexpr int64_t kMaxAmount = 9'999'999'999'999;  // 13 characters of field 54

base::Result<std::string> Encode(const PaymentQr& qr);

// Refuses a wrong CRC, any length that does not add up, a repeated field, text that is not ASCII,
// a foreign currency, and codes that are not NAPAS transfers. Unknown fields are skipped.
base::Result<PaymentQr> Parse(std::string_view text);

// Whether a scanned string has the shape of this QR code (damaged ones included).
bool LooksLikePaymentQr(std::string_view text);

}  // namespace exchange::payment_qr
