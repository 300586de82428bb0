#include "http/server.h"

#include <thread>
#include <vector>

#include <openssl/ssl.h>

#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "http/connection.h"
#include "http/server_core.h"

namespace http {
namespace {

using asio::ip::tcp;

// Refusals in progress beyond the limit of connections; above that, sockets are just closed.
constexpr size_t kRefusing = 64;

base::Error CannotStart(std::string_view what, const beast::error_code& error) {
  return base::Unavailable("Máy chủ không khởi động được: " + std::string(what) + ".",
                           error.message());
}

base::Result<std::unique_ptr<asio::ssl::context>> MakeTls(const ServerOptions& options) {
  if (options.certificate_file.empty() && options.key_file.empty()) {
    return std::unique_ptr<asio::ssl::context>();
  }
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                                    SSL_OP_CIPHER_SERVER_PREFERENCE);
  // TLS 1.2 with forward secrecy and authenticated encryption only (ASVS 5.0 V12).
  SSL_CTX_set_cipher_list(context->native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20");
  beast::error_code error;
  context->use_certificate_chain_file(options.certificate_file, error);
  if (error) return CannotStart("không đọc được chứng chỉ TLS", error);
  context->use_private_key_file(options.key_file, asio::ssl::context::pem, error);
  if (error) return CannotStart("không đọc được khóa TLS", error);
  return context;
}

}  // namespace

struct Server::Impl {
  Impl(ServerOptions options, Router router)
      : core(std::move(options), std::move(router)),
        acceptor(core.io),
        deadline(core.io),
        work(core.io.get_executor()) {}

  base::Status Listen();
  void Accept();
  void OnAccepted(tcp::socket socket);
  std::vector<std::shared_ptr<Stoppable>> Open();
  void Stop();

  ServerCore core;
  base::SystemClock system_clock;
  tcp::acceptor acceptor;
  asio::steady_timer deadline;
  // A request may be with a worker only, and then nothing else keeps the I/O threads running.
  asio::executor_work_guard<asio::io_context::executor_type> work;
  uint16_t port = 0;
  std::vector<std::thread> threads;
  bool stopped = false;
};

base::Status Server::Impl::Listen() {
  beast::error_code error;
  const auto address = asio::ip::make_address(core.options.address, error);
  if (error) return CannotStart("địa chỉ lắng nghe không hợp lệ", error);
  const tcp::endpoint endpoint(address, core.options.port);
  acceptor.open(endpoint.protocol(), error);
  if (error) return CannotStart("không mở được cổng", error);
  acceptor.set_option(asio::socket_base::reuse_address(true), error);
  acceptor.bind(endpoint, error);
  if (error) return CannotStart("cổng đang được chương trình khác dùng", error);
  acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return CannotStart("không lắng nghe được", error);
  port = acceptor.local_endpoint(error).port();
  TRY_ASSIGN(core.tls, MakeTls(core.options));

  base::SystemRandom random;
  core.boot_id = base::ToHex(random.Bytes(4)) + "-";
  core.clock = core.options.clock != nullptr ? core.options.clock : &system_clock;
  if (Metrics* metrics = core.options.metrics; metrics != nullptr) {
    core.connection_gauge = &metrics->GaugeOf("tram_http_connections", "Open connections.");
    core.websocket_gauge = &metrics->GaugeOf("tram_http_websockets", "Open live channels.");
  }
  asio::post(acceptor.get_executor(), [this] { Accept(); });
  for (int i = 0; i < std::max(core.options.io_threads, 1); ++i) {
    threads.emplace_back([this] { core.io.run(); });
  }
  return base::Ok();
}

void Server::Impl::Accept() {
  acceptor.async_accept(asio::make_strand(core.io),
                        [this](beast::error_code error, tcp::socket socket) {
                          if (core.stopping || error == asio::error::operation_aborted) return;
                          if (!error) {
                            OnAccepted(std::move(socket));
                          } else {
                            base::LogWarning("http_accept_failed", {{"code", error.value()}});
                          }
                          Accept();
                        });
}

void Server::Impl::OnAccepted(tcp::socket socket) {
  const size_t open = core.connections;
  if (open >= core.options.max_connections + kRefusing) return;
  auto pass = core.gate.Enter();
  if (!pass) return;
  auto connection = std::make_shared<Connection>(core, std::move(pass), std::move(socket));
  if (open >= core.options.max_connections) {
    connection->StartRefusing();
  } else {
    connection->Start();
  }
}

// Copied out of the lock: letting go of the last reference takes the lock again.
std::vector<std::shared_ptr<Stoppable>> Server::Impl::Open() {
  std::vector<std::shared_ptr<Stoppable>> items;
  auto open = core.open.Lock();
  for (const auto& [key, item] : *open) {
    if (auto alive = item.lock()) items.push_back(std::move(alive));
  }
  return items;
}

void Server::Impl::Stop() {
  if (stopped) return;
  stopped = true;
  core.stopping = true;
  asio::post(core.io, [this] {
    beast::error_code ignored;
    acceptor.close(ignored);
    for (const auto& item : Open()) item->BeginStop();
    deadline.expires_after(core.options.stop_timeout);
    deadline.async_wait([this](beast::error_code error) {
      if (error) return;
      for (const auto& item : Open()) item->Abort();
    });
  });
  core.gate.CloseAndWait();
  core.workers.Stop();
  core.io.stop();
  for (std::thread& thread : threads) thread.join();
  threads.clear();
}

base::Result<std::unique_ptr<Server>> Server::Start(ServerOptions options, Router router) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(router));
  TRY(impl->Listen());
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {
  if (Metrics* metrics = impl_->core.options.metrics; metrics != nullptr) {
    metrics->AddProbe("process_resident_memory_bytes", "Resident memory.",
                      [] { return static_cast<double>(ResidentBytes()); });
  }
}

Server::~Server() { Stop(); }

uint16_t Server::port() const { return impl_->port; }

void Server::Stop() { impl_->Stop(); }

}  // namespace http
