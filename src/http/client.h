// A small blocking HTTP client for loopback tests and for calls to a few known services: an
// explicit allow list, time-outs, no redirects.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/headers.h"
#include "http/request.h"

namespace http {

struct ClientOptions {
  std::string host = "127.0.0.1";
  uint16_t port = 0;
  bool tls = false;
  std::string trusted_file = {};  // PEM of the authorities to trust; "" = the system's
  // "host:port" exactly; a call to anything else is refused before a name is looked up.
  std::vector<std::string> allowed = {};
  std::chrono::milliseconds timeout{10'000};  // for the whole exchange
  size_t max_response_bytes = 64UL << 20;
};

struct ClientResponse {
  int status = 0;
  Headers headers;
  std::string body;
};

// One connection, kept open between calls. Not thread safe.
class Client {
 public:
  explicit Client(ClientOptions options);
  ~Client();

  // kUnavailable when the peer cannot be reached, is too slow, or answers nonsense; an answer of
  // any status is a success here.
  base::Result<ClientResponse> Send(Method method, std::string_view target, std::string body = {},
                                    Headers headers = {});
  base::Result<ClientResponse> Get(std::string_view target, Headers headers = {}) {
    return Send(Method::kGet, target, {}, std::move(headers));
  }

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace http
