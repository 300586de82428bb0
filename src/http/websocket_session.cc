#include "http/websocket_session.h"

#include <deque>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "base/log.h"

namespace http {
namespace {

namespace websocket = beast::websocket;

// Kept alive by its pending operations: shared_ptr by design. Runs on the connection's strand but
// for the endpoint's callbacks, which run on workers while nothing else is read.
class Session final : public WebSocketSession,
                      public Stoppable,
                      public std::enable_shared_from_this<Session> {
 public:
  Session(ServerCore& core, base::Gate::Pass pass, std::unique_ptr<Stream> stream,
          const WebSocketEndpoint& endpoint, std::any owner)
      : pass_(core, std::move(pass)),
        core_(core),
        endpoint_(endpoint),
        owner_(std::move(owner)),
        stream_(std::move(stream)),
        ws_(*stream_) {
    if (core_.websocket_gauge != nullptr) core_.websocket_gauge->Add(1);
  }

  ~Session() override {
    if (core_.websocket_gauge != nullptr) core_.websocket_gauge->Add(-1);
    core_.Forget(this);
  }

  void Start(const Request& request);
  void Send(std::string text) override;
  void Close() override { CloseWith(websocket::close_code::normal); }
  const std::any& owner() const override { return owner_; }
  void BeginStop() override { CloseWith(websocket::close_code::going_away); }
  void Abort() override {
    asio::post(ws_.get_executor(),
               [self = shared_from_this()] { self->stream_->next_layer().close(); });
  }

 private:
  void CloseWith(websocket::close_code code);
  void OnAccepted();
  void Read();
  void RunOnWorker(std::function<void()> work, std::function<void()> then);
  void Write();
  void End();

  ConnectionPass pass_;  // first: let go last
  ServerCore& core_;
  const WebSocketEndpoint& endpoint_;
  const std::any owner_;
  std::unique_ptr<Stream> stream_;
  websocket::stream<Stream&, false> ws_;  // false: compression is not even compiled in
  beast::http::request<beast::http::empty_body> upgrade_;
  beast::flat_buffer in_;
  std::deque<std::string> out_;
  size_t out_bytes_ = 0;
  bool is_open_ = false;
  bool is_closing_ = false;
  bool has_ended_ = false;
};

void Session::Start(const Request& request) {
  core_.Register(shared_from_this());
  stream_->next_layer().expires_never();
  websocket::stream_base::timeout timeouts{};
  timeouts.handshake_timeout = core_.options.header_timeout;
  timeouts.idle_timeout = core_.options.websocket_idle_timeout;
  timeouts.keep_alive_pings = true;
  ws_.set_option(timeouts);
  ws_.read_message_max(core_.options.websocket_max_message);
  ws_.text(true);

  upgrade_.method(beast::http::verb::get);
  upgrade_.target("/");
  upgrade_.version(11);
  for (const auto& [name, value] : request.headers.fields()) upgrade_.insert(name, value);
  asio::dispatch(ws_.get_executor(), [self = shared_from_this()] {
    self->ws_.async_accept(self->upgrade_, [self](beast::error_code error) {
      if (!error) self->OnAccepted();
    });
  });
}

void Session::OnAccepted() {
  is_open_ = true;
  if (!out_.empty()) Write();
  if (core_.stopping) return CloseWith(websocket::close_code::going_away);
  if (!endpoint_.on_open) return Read();
  RunOnWorker([self = shared_from_this()] { self->endpoint_.on_open(self); },
              [self = shared_from_this()] { self->Read(); });
}

void Session::Read() {
  ws_.async_read(in_, [self = shared_from_this()](beast::error_code error, size_t) {
    if (error) return self->End();
    std::string message(static_cast<const char*>(self->in_.data().data()), self->in_.size());
    self->in_.clear();
    if (!self->ws_.got_text()) return self->CloseWith(websocket::close_code::unknown_data);
    if (!self->endpoint_.on_message) return self->Read();
    self->RunOnWorker([self, text = std::move(message)] { self->endpoint_.on_message(self, text); },
                      [self] { self->Read(); });
  });
}

void Session::RunOnWorker(std::function<void()> work, std::function<void()> then) {
  core_.workers.Post([self = shared_from_this(), run = std::move(work), next = std::move(then)] {
    try {
      run();
    } catch (const std::exception& exception) {
      base::LogError("websocket_callback_failed", {{"what", typeid(exception).name()}});
    }
    asio::post(self->ws_.get_executor(), next);
  });
}

void Session::Send(std::string text) {
  asio::post(ws_.get_executor(), [self = shared_from_this(), message = std::move(text)]() mutable {
    if (self->has_ended_ || self->is_closing_) return;
    if (self->out_bytes_ + message.size() > self->core_.options.websocket_max_queued_bytes) {
      // A screen that stopped reading; it will reload everything when it comes back.
      base::LogWarning("websocket_slow_client_dropped");
      self->is_closing_ = true;
      return self->stream_->next_layer().close();
    }
    self->out_bytes_ += message.size();
    self->out_.push_back(std::move(message));
    if (self->is_open_ && self->out_.size() == 1) self->Write();
  });
}

void Session::Write() {
  ws_.async_write(asio::buffer(out_.front()),
                  [self = shared_from_this()](beast::error_code error, size_t) {
                    if (error) return;  // the pending read ends too and cleans up
                    self->out_bytes_ -= self->out_.front().size();
                    self->out_.pop_front();
                    if (!self->out_.empty() && !self->is_closing_) self->Write();
                  });
}

void Session::CloseWith(websocket::close_code code) {
  asio::post(ws_.get_executor(), [self = shared_from_this(), code] {
    if (self->is_closing_ || self->has_ended_) return;
    self->is_closing_ = true;
    if (!self->is_open_) return self->stream_->next_layer().close();
    // The pending read sees the answer, or the idle time-out ends it.
    self->ws_.async_close(code, [self](beast::error_code) { self->End(); });
  });
}

void Session::End() {
  if (has_ended_) return;
  has_ended_ = true;
  if (endpoint_.on_close) {
    core_.workers.Post([self = shared_from_this()] {
      try {
        self->endpoint_.on_close(self);
      } catch (const std::exception& exception) {
        base::LogError("websocket_callback_failed", {{"what", typeid(exception).name()}});
      }
    });
  }
}

}  // namespace

void StartWebSocket(ServerCore& core, base::Gate::Pass pass, std::unique_ptr<Stream> stream,
                    const WebSocketEndpoint& endpoint, const Request& request, std::any owner) {
  const auto session = std::make_shared<Session>(core, std::move(pass), std::move(stream), endpoint,
                                                 std::move(owner));
  session->Start(request);
}

}  // namespace http
