// Turns the bytes of a connection into requests, strictly: what two programs could read in two
// ways is refused. Knows no socket, so tests and the fuzzer feed it directly.
#pragma once

#include <memory>
#include <string_view>

#include "base/limits.h"
#include "http/request.h"

namespace http {

class RequestReader {
 public:
  enum class State {
    kHead,       // waiting for the rest of the request line and header
    kHeadReady,  // request() is filled but for its body: call AllowBody
    kBody,       // waiting for the rest of the body
    kDone,
    kRefused,  // answer refused_status() and close
  };

  RequestReader();
  ~RequestReader();

  // Uses what it can and says how much; the caller keeps the rest and offers it again, with more
  // behind it when the state still waits.
  size_t Feed(std::string_view bytes);
  State state() const { return state_; }

  // After kHeadReady: how many bytes of body this request may bring.
  void AllowBody(size_t limit);

  Request& request() { return request_; }
  int refused_status() const { return refused_status_; }
  bool keep_alive() const { return keep_alive_; }
  bool is_http_1_0() const { return is_http_1_0_; }
  bool expects_continue() const { return expects_continue_; }

 private:
  struct Parser;  // Beast's, kept out of this header
  size_t FeedHead(std::string_view bytes);
  size_t FeedBody(std::string_view bytes);
  // Looks at the bytes not seen before; the length of a complete head, or 0.
  size_t ScanHead(std::string_view bytes);
  void ParseHead(std::string_view head);
  void TakeTarget(std::string_view target);
  void CheckFraming();
  void Refuse(int status);

  std::unique_ptr<Parser> parser_;
  Request request_;
  State state_ = State::kHead;
  int refused_status_ = 0;
  bool keep_alive_ = false;
  bool is_http_1_0_ = false;
  bool expects_continue_ = false;
  bool skipped_blank_line_ = false;
  size_t scanned_ = 0;
  size_t line_start_ = 0;
  bool in_first_line_ = true;
};

}  // namespace http
