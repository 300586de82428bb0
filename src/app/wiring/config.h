// Config: what the administrator decides, in TOML; secrets only as files.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "exchange/payment_webhook/bank_transfer.h"

namespace app::wiring {

struct Config {
  std::string address = "127.0.0.1";
  uint16_t port = 8700;
  std::string certificate_file;
  std::string key_file;
  int workers = 16;
  exchange::payment_webhook::Secrets sepay;
  exchange::payment_webhook::Secrets casso;
};

// [http] address, port, certificate, key, workers; [sepay] and [casso] api_key_file, hmac_secret_file.
// kInvalid names the key that is unknown or of the wrong type. Relative files are beside the config.
base::Result<Config> ReadConfig(const std::string& path);

}  // namespace app::wiring
