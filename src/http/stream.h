// One connection's bytes, with or without TLS. Internal to http/: the only headers with Asio in
// them are this one and those that include it.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket/teardown.hpp>

namespace http {
namespace asio = boost::asio;
namespace beast = boost::beast;

// An AsyncStream for Beast: one type for both, so that nothing above is compiled twice.
class Stream {
 public:
  using next_layer_type = beast::tcp_stream;
  using executor_type = beast::tcp_stream::executor_type;

  Stream(asio::ip::tcp::socket socket, asio::ssl::context* tls) : tcp_(std::move(socket)) {
    if (tls != nullptr) tls_ = std::make_unique<asio::ssl::stream<beast::tcp_stream&>>(tcp_, *tls);
  }

  executor_type get_executor() { return tcp_.get_executor(); }
  next_layer_type& next_layer() { return tcp_; }
  asio::ssl::stream<beast::tcp_stream&>* tls() { return tls_.get(); }

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    if (tls_) {
      tls_->async_read_some(buffers, std::forward<Handler>(handler));
    } else {
      tcp_.async_read_some(buffers, std::forward<Handler>(handler));
    }
  }

  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    if (tls_) {
      tls_->async_write_some(buffers, std::forward<Handler>(handler));
    } else {
      tcp_.async_write_some(buffers, std::forward<Handler>(handler));
    }
  }

 private:
  beast::tcp_stream tcp_;
  std::unique_ptr<asio::ssl::stream<beast::tcp_stream&>> tls_;
};

// Found by Beast's WebSocket when a channel ends: the socket closes; close_notify adds nothing
// after a WebSocket close frame.
inline void teardown(beast::role_type role, Stream& stream, beast::error_code& error) {
  beast::websocket::teardown(role, stream.next_layer().socket(), error);
}

template <class Handler>
void async_teardown(beast::role_type role, Stream& stream, Handler&& handler) {
  beast::websocket::async_teardown(role, stream.next_layer().socket(),
                                   std::forward<Handler>(handler));
}

}  // namespace http
