// One accepted connection: reads requests, has workers answer them, writes the answers in order.
// Internal to http/.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <string>

#include "http/request_reader.h"
#include "http/server_core.h"

namespace http {

// Lives as long as an operation of its is pending: shared_ptr by design. Everything but the parts
// named On…Worker runs on the connection's strand.
class Connection final : public Stoppable, public std::enable_shared_from_this<Connection> {
 public:
  Connection(ServerCore& core, base::Gate::Pass pass, asio::ip::tcp::socket socket);
  ~Connection() override;

  void Start();
  // Over the limit of connections: says so and closes.
  void StartRefusing();
  void BeginStop() override;
  void Abort() override;

 private:
  using Millis = std::chrono::milliseconds;
  enum class After { kKeepOpen, kClose };

  template <class Function>
  void OnStrand(Function function);
  void SetDeadline(Millis timeout) { stream_->next_layer().expires_after(timeout); }

  void Handshake();
  void BeginRequest();
  void Advance();  // feeds what has been read, and goes where that leads
  void ReadMore();
  void JudgeHead();
  void SendContinue();
  void Dispatch();
  void AnswerOnWorker();
  void DispatchUpgrade(const WebSocketEndpoint& endpoint);
  void Upgrade(const WebSocketEndpoint& endpoint, std::any owner);
  void RefuseWith(int status);

  void Respond(Response response);
  std::string MakeHead(bool has_length);
  void WritePieces();
  void PullOnWorker();
  void WriteChunk(std::string chunk);
  void FinishResponse();
  void RecordRequest();
  void CloseGracefully();
  void Drain();

  ConnectionPass pass_;  // first: let go last
  ServerCore& core_;
  asio::any_io_executor executor_;  // the strand; stays when the stream moves on to a live channel
  std::unique_ptr<Stream> stream_;
  std::string peer_;
  std::unique_ptr<RequestReader> reader_;
  std::string in_;  // read but not used yet
  std::array<char, 16 * 1024> read_buffer_;
  bool request_begun_ = false;
  bool answering_ = false;
  bool stopping_ = false;

  Response response_;
  After after_ = After::kKeepOpen;
  bool is_head_ = false;
  bool is_chunked_ = false;
  std::string head_;
  std::string chunk_;
  size_t written_ = 0;
  size_t response_bytes_ = 0;
  size_t drained_ = 0;
  std::chrono::steady_clock::time_point began_;
};

}  // namespace http
