#include "http/connection.h"

#include <cstdio>

#include "base/log.h"
#include "http/compression.h"
#include "http/websocket_session.h"

namespace http {
namespace {

constexpr size_t kPiece = 256 * 1024;       // written under one deadline
constexpr size_t kMaxDrained = 256 * 1024;  // of a refused body, so that the refusal is read

base::Error RefusalOf(int status) {
  switch (status) {
    case 413: return {base::ErrorCode::kTooLarge, "Dữ liệu gửi lên quá lớn."};
    case 414: return {base::ErrorCode::kInvalid, "Địa chỉ yêu cầu quá dài."};
    case 431: return {base::ErrorCode::kInvalid, "Phần đầu của yêu cầu quá lớn."};
    case 501: return {base::ErrorCode::kInvalid, "Máy chủ không hỗ trợ thao tác này."};
    case 503: return base::Unavailable("Máy chủ đang bận. Hãy thử lại sau ít giây.");
    default: return base::Invalid("Yêu cầu không đúng quy cách HTTP.");
  }
}

Response MakeRefusal(int status, std::string_view request_id) {
  Response response = ErrorResponse(RefusalOf(status), request_id);
  response.status = status;
  return response;
}

// A header value with a line break would let data end the header: such a field is dropped.
bool IsSafeField(const Headers::Field& field) {
  return field.first.find_first_of("\r\n: ") == std::string::npos &&
         field.second.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
}

bool MayHaveBody(int status) { return status >= 200 && status != 204 && status != 304; }

}  // namespace

Connection::Connection(ServerCore& core, base::Gate::Pass pass, asio::ip::tcp::socket socket)
    : pass_(core, std::move(pass)), core_(core), executor_(socket.get_executor()) {
  beast::error_code error;
  const auto endpoint = socket.remote_endpoint(error);
  if (!error) peer_ = endpoint.address().to_string();
  socket.set_option(asio::ip::tcp::no_delay(true), error);
  stream_ = std::make_unique<Stream>(std::move(socket), core.tls.get());
}

Connection::~Connection() { core_.Forget(this); }

template <class Function>
void Connection::OnStrand(Function function) {
  asio::post(executor_, std::move(function));
}

void Connection::Start() {
  core_.Register(shared_from_this());
  asio::dispatch(executor_, [self = shared_from_this()] { self->Handshake(); });
}

void Connection::StartRefusing() {
  asio::dispatch(executor_, [self = shared_from_this()] {
    self->reader_ = std::make_unique<RequestReader>();
    self->began_ = std::chrono::steady_clock::now();
    // Over TLS a refusal would cost a handshake, which is what we cannot afford now.
    if (self->stream_->tls() != nullptr) return self->stream_->next_layer().close();
    self->RefuseWith(503);
  });
}

void Connection::BeginStop() {
  OnStrand([self = shared_from_this()] {
    self->stopping_ = true;
    if (!self->request_begun_ && !self->answering_ && self->stream_) {
      self->stream_->next_layer().close();
    }
  });
}

void Connection::Abort() {
  OnStrand([self = shared_from_this()] {
    if (self->stream_) self->stream_->next_layer().close();
  });
}

void Connection::Handshake() {
  if (stream_->tls() == nullptr) return BeginRequest();
  SetDeadline(core_.options.header_timeout);
  stream_->tls()->async_handshake(asio::ssl::stream_base::server,
                                  [self = shared_from_this()](beast::error_code error) {
                                    if (!error) self->BeginRequest();
                                  });
}

void Connection::BeginRequest() {
  reader_ = std::make_unique<RequestReader>();
  request_begun_ = !in_.empty();
  answering_ = false;
  if (stopping_ && !request_begun_) return CloseGracefully();
  SetDeadline(request_begun_ ? core_.options.header_timeout : core_.options.idle_timeout);
  began_ = std::chrono::steady_clock::now();
  Advance();
}

void Connection::Advance() {
  in_.erase(0, reader_->Feed(in_));
  switch (reader_->state()) {
    case RequestReader::State::kHead:
    case RequestReader::State::kBody: return ReadMore();
    case RequestReader::State::kHeadReady: return JudgeHead();
    case RequestReader::State::kDone: return Dispatch();
    case RequestReader::State::kRefused: return RefuseWith(reader_->refused_status());
  }
}

void Connection::ReadMore() {
  stream_->async_read_some(asio::buffer(read_buffer_),
                           [self = shared_from_this()](beast::error_code error, size_t count) {
                             if (error)
                               return;  // gone, or out of time: Beast has closed the socket
                             if (!self->request_begun_) {
                               self->request_begun_ = true;
                               self->began_ = std::chrono::steady_clock::now();
                               self->SetDeadline(self->core_.options.header_timeout);
                             }
                             self->in_.append(self->read_buffer_.data(), count);
                             self->Advance();
                           });
}

void Connection::JudgeHead() {
  Request& request = reader_->request();
  request.peer = peer_;
  request.secure = stream_->tls() != nullptr;
  request.id = core_.boot_id + std::to_string(core_.next_request.fetch_add(1));
  const auto& judge = core_.options.body_limit;
  reader_->AllowBody(judge ? judge(request) : base::kMaxAnonymousBodyBytes);
  if (reader_->state() != RequestReader::State::kBody) return Advance();
  SetDeadline(core_.options.body_timeout);
  if (reader_->expects_continue() && in_.empty()) return SendContinue();
  Advance();
}

void Connection::SendContinue() {
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  asio::async_write(*stream_, asio::buffer(kContinue.data(), kContinue.size()),
                    [self = shared_from_this()](beast::error_code error, size_t) {
                      if (!error) self->ReadMore();
                    });
}

void Connection::Dispatch() {
  answering_ = true;
  stream_->next_layer().expires_never();
  Request& request = reader_->request();
  if (request.headers.Has("Upgrade") && request.headers.HasToken("Connection", "upgrade")) {
    const WebSocketEndpoint* endpoint = core_.router.FindWebSocket(request);
    if (endpoint != nullptr) return DispatchUpgrade(*endpoint);
  }
  const bool taken = core_.workers.TryPost([self = shared_from_this()] { self->AnswerOnWorker(); });
  if (taken) return;
  request.route = "(overload)";
  Respond(MakeRefusal(503, request.id));
}

void Connection::AnswerOnWorker() {
  Request& request = reader_->request();
  auto response = std::make_shared<Response>(core_.router.Answer(request));
  CompressAnswer(request, *response);
  OnStrand([self = shared_from_this(), response] { self->Respond(std::move(*response)); });
}

void Connection::DispatchUpgrade(const WebSocketEndpoint& endpoint) {
  const Request& request = reader_->request();
  // A page of another site must not open a channel with this browser's cookie.
  const std::string expected =
      (request.secure ? "https://" : "http://") + std::string(request.headers.Get("Host"));
  if (!EqualsIgnoringCase(request.headers.Get("Origin"), expected)) {
    return Respond(
        ErrorResponse(base::Forbidden("Trang này không được mở kênh trực tiếp."), request.id));
  }
  if (request.method != Method::kGet || !in_.empty()) return RefuseWith(400);
  const bool taken = core_.workers.TryPost([self = shared_from_this(), &endpoint] {
    std::shared_ptr<base::Result<std::any>> owner;
    try {
      owner =
          std::make_shared<base::Result<std::any>>(endpoint.authorise(self->reader_->request()));
    } catch (const std::exception& exception) {
      base::LogError("websocket_authorise_failed", {{"what", typeid(exception).name()}});
      owner = std::make_shared<base::Result<std::any>>(base::Internal("authorise threw"));
    }
    self->OnStrand([self, owner, &endpoint] {
      if (!owner->ok()) {
        return self->Respond(ErrorResponse(owner->error(), self->reader_->request().id));
      }
      self->Upgrade(endpoint, std::move(*owner).value());
    });
  });
  if (!taken) Respond(MakeRefusal(503, request.id));
}

void Connection::Upgrade(const WebSocketEndpoint& endpoint, std::any owner) {
  if (stopping_) return RefuseWith(503);
  auto pass = core_.gate.Enter();
  if (!pass) return RefuseWith(503);
  response_.status = 101;
  RecordRequest();
  StartWebSocket(core_, std::move(pass), std::move(stream_), endpoint, reader_->request(),
                 std::move(owner));
}

void Connection::RefuseWith(int status) {
  answering_ = true;
  Request& request = reader_->request();
  if (request.route.empty()) request.route = "(refused)";
  after_ = After::kClose;
  Respond(MakeRefusal(status, request.id));
}

void Connection::Respond(Response response) {
  response_ = std::move(response);
  const bool refused = reader_->state() == RequestReader::State::kRefused;
  if (stopping_ || core_.stopping || !reader_->keep_alive() || refused) after_ = After::kClose;
  is_head_ = reader_->request().method == Method::kHead;
  const bool has_body = MayHaveBody(response_.status) && !is_head_;
  const bool streams = response_.source != nullptr;
  is_chunked_ = streams && !reader_->is_http_1_0();
  // HTTP/1.0 knows the end of a streamed body only by the end of the connection.
  if (streams && reader_->is_http_1_0()) after_ = After::kClose;
  head_ = MakeHead(!streams);
  written_ = 0;
  response_bytes_ = has_body && !streams ? response_.body.size() : 0;
  if (!has_body) {
    response_.body.clear();
    response_.source = nullptr;
  }
  WritePieces();
}

std::string Connection::MakeHead(bool has_length) {
  std::string head = "HTTP/1.1 " + std::to_string(response_.status) + " ";
  head += ReasonPhrase(response_.status);
  head += "\r\nDate: " + FormatHttpDate(core_.clock->Now()) + "\r\n";
  for (const auto& field : response_.headers.fields()) {
    if (!IsSafeField(field)) {
      base::LogError("http_unsafe_header", {{"route", reader_->request().route}});
      continue;
    }
    head += field.first + ": " + field.second + "\r\n";
  }
  if (MayHaveBody(response_.status)) {
    if (has_length) {
      head += "Content-Length: " + std::to_string(response_.body.size()) + "\r\n";
    } else if (is_chunked_) {
      head += "Transfer-Encoding: chunked\r\n";
    }
  }
  if (after_ == After::kClose) head += "Connection: close\r\n";
  return head + "\r\n";
}

void Connection::WritePieces() {
  SetDeadline(core_.options.write_timeout);
  const size_t piece = std::min(kPiece, response_.body.size() - written_);
  const std::array<asio::const_buffer, 2> buffers = {
      asio::buffer(head_), asio::buffer(response_.body.data() + written_, piece)};
  asio::async_write(*stream_, buffers,
                    [self = shared_from_this(), piece](beast::error_code error, size_t) {
                      if (error) return;
                      self->head_.clear();
                      self->written_ += piece;
                      if (self->written_ < self->response_.body.size()) return self->WritePieces();
                      if (!self->response_.source) return self->FinishResponse();
                      self->stream_->next_layer().expires_never();
                      self->core_.workers.Post([self] { self->PullOnWorker(); });
                    });
}

void Connection::PullOnWorker() {
  auto piece = std::make_shared<base::Result<std::string>>(std::string());
  try {
    *piece = response_.source();
  } catch (const std::exception& exception) {
    *piece = base::Internal(typeid(exception).name());
  }
  OnStrand([self = shared_from_this(), piece] {
    if (!piece->ok()) {
      base::LogError("http_stream_failed", {{"route", self->reader_->request().route},
                                            {"code", base::Name(piece->error().code)},
                                            {"detail", piece->error().detail}});
      return self->stream_->next_layer().close();
    }
    self->WriteChunk(std::move(*piece).value());
  });
}

void Connection::WriteChunk(std::string chunk) {
  const bool is_last = chunk.empty();
  response_bytes_ += chunk.size();
  chunk_ = std::move(chunk);
  head_.clear();
  std::string_view tail;
  if (is_chunked_) {
    std::array<char, 24> size{};
    const int length = std::snprintf(size.data(), size.size(), "%zx\r\n", chunk_.size());
    head_.assign(size.data(), static_cast<size_t>(length));
    tail = "\r\n";
  } else if (is_last) {
    return FinishResponse();
  }
  SetDeadline(core_.options.write_timeout);
  const std::array<asio::const_buffer, 3> buffers = {asio::buffer(head_), asio::buffer(chunk_),
                                                     asio::buffer(tail.data(), tail.size())};
  asio::async_write(*stream_, buffers,
                    [self = shared_from_this(), is_last](beast::error_code error, size_t) {
                      if (error) return;
                      if (is_last) return self->FinishResponse();
                      self->stream_->next_layer().expires_never();
                      self->core_.workers.Post([self] { self->PullOnWorker(); });
                    });
}

void Connection::FinishResponse() {
  RecordRequest();
  const bool refused = reader_->state() == RequestReader::State::kRefused;
  response_ = Response();
  if (after_ == After::kClose) {
    // A refused client may still be sending; closing at once would lose it the answer.
    return refused || !in_.empty() ? Drain() : CloseGracefully();
  }
  BeginRequest();
}

void Connection::RecordRequest() {
  const Request& request = reader_->request();
  const std::string& route = response_.route_label.empty() ? request.route : response_.route_label;
  const auto elapsed = std::chrono::steady_clock::now() - began_;
  const double seconds = std::chrono::duration<double>(elapsed).count();
  if (core_.options.metrics != nullptr) {
    core_.options.metrics
        ->CounterOf("tram_http_requests_total", "Answered HTTP requests.",
                    {{"method", std::string(Name(request.method))},
                     {"route", route},
                     {"status", std::to_string(response_.status)}})
        .Add();
    core_.options.metrics
        ->HistogramOf("tram_http_request_seconds", "Time from first byte to last written.",
                      {{"route", route}})
        .Observe(seconds);
  }
  if (!core_.options.access_log) return;
  // The pattern, never the path: paths and queries name people.
  base::LogInfo("http_request", {{"method", Name(request.method)},
                                 {"route", route},
                                 {"status", response_.status},
                                 {"bytes", response_bytes_},
                                 {"ms", static_cast<int64_t>(seconds * 1000)},
                                 {"request", request.id}});
}

void Connection::CloseGracefully() {
  if (stream_->tls() == nullptr) return Drain();
  SetDeadline(core_.options.linger_timeout);
  stream_->tls()->async_shutdown(
      [self = shared_from_this()](beast::error_code) { self->stream_->next_layer().close(); });
}

void Connection::Drain() {
  if (drained_ == 0) {
    beast::error_code ignored;
    stream_->next_layer().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    SetDeadline(core_.options.linger_timeout);
  }
  stream_->next_layer().async_read_some(
      asio::buffer(read_buffer_),
      [self = shared_from_this()](beast::error_code error, size_t count) {
        self->drained_ += count;
        if (!error && self->drained_ < kMaxDrained) return self->Drain();
        self->stream_->next_layer().close();
      });
}

}  // namespace http
