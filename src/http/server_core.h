// What connections and live channels share. Internal to http/.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>

#include "base/gate.h"
#include "base/guarded.h"
#include "http/server.h"
#include "http/stream.h"
#include "http/worker_pool.h"

namespace http {

// Something with a socket that Stop must reach.
class Stoppable {
 public:
  virtual ~Stoppable() = default;
  virtual void BeginStop() = 0;  // finish what is in progress, then close
  virtual void Abort() = 0;      // close now
};

struct ServerCore {
  ServerCore(ServerOptions server_options, Router server_router)
      : options(std::move(server_options)),
        router(std::move(server_router)),
        workers(options.workers, options.max_queued),
        io(std::max(options.io_threads, 1)) {}

  const ServerOptions options;
  const Router router;
  WorkerPool workers;
  asio::io_context io;
  std::unique_ptr<asio::ssl::context> tls;
  const base::Clock* clock = nullptr;

  base::Gate gate;  // one pass for each open connection
  std::atomic<bool> stopping = false;
  std::atomic<size_t> connections = 0;
  std::atomic<uint64_t> next_request = 1;
  std::string boot_id;  // makes request ids of different runs different
  base::Guarded<std::map<const Stoppable*, std::weak_ptr<Stoppable>>> open;

  Gauge* connection_gauge = nullptr;
  Gauge* websocket_gauge = nullptr;

  void Register(const std::shared_ptr<Stoppable>& item) { (*open.Lock())[item.get()] = item; }
  void Forget(const Stoppable* item) { open.Lock()->erase(item); }
};

// Counts a connection for as long as it lives. Must be the first member of its owner, so that it is
// let go last.
class ConnectionPass {
 public:
  ConnectionPass(ServerCore& core, base::Gate::Pass pass) : core_(&core), pass_(std::move(pass)) {
    ++core_->connections;
    if (core_->connection_gauge != nullptr) core_->connection_gauge->Add(1);
  }
  ConnectionPass(const ConnectionPass&) = delete;
  ConnectionPass& operator=(const ConnectionPass&) = delete;
  ~ConnectionPass() {
    --core_->connections;
    if (core_->connection_gauge != nullptr) core_->connection_gauge->Add(-1);
  }

 private:
  ServerCore* core_;
  base::Gate::Pass pass_;
};

}  // namespace http
