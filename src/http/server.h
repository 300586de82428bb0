// The HTTP/1.1 server: a few I/O threads that never block and a pool of workers that run handlers.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/limits.h"
#include "base/result.h"
#include "base/time.h"
#include "http/metrics.h"
#include "http/router.h"

namespace http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  uint16_t port = 0;  // 0 = any free one, see Server::port()
  int io_threads = 1;
  int workers = 16;  // handlers wait for the disk, so more than there are cores
  size_t max_queued = 512;
  size_t max_connections = 1024;

  // PEM files; TLS (1.2 or newer) when both are given.
  std::string certificate_file = {};
  std::string key_file = {};

  // How long a body this request may bring, judged by its header alone on an I/O thread, so it must
  // be quick. Without it every body over kMaxAnonymousBodyBytes is refused.
  std::function<size_t(const Request&)> body_limit = {};

  std::chrono::milliseconds header_timeout{10'000};  // from the first byte to the last of the head
  std::chrono::milliseconds body_timeout{60'000};
  std::chrono::milliseconds idle_timeout{60'000};            // between requests
  std::chrono::milliseconds write_timeout{30'000};           // for each piece of an answer
  std::chrono::milliseconds linger_timeout{1'000};           // for the client to read a refusal
  std::chrono::milliseconds stop_timeout{10'000};            // then Stop closes what is still open
  std::chrono::milliseconds websocket_idle_timeout{60'000};  // pings go out at half of it
  size_t websocket_max_message = 4 * 1024;
  size_t websocket_max_queued_bytes = 1024 * 1024;

  bool access_log = true;
  Metrics* metrics = nullptr;          // may be null; outlives the server
  const base::Clock* clock = nullptr;  // for the Date header; the system's if null
};

class Server {
 public:
  // Listens when it returns.
  static base::Result<std::unique_ptr<Server>> Start(ServerOptions options, Router router);
  // Stops.
  ~Server();

  uint16_t port() const;
  // Takes no new connection, lets requests in progress finish, tells live channels goodbye, then
  // joins every thread. Safe to call twice.
  void Stop();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace http
