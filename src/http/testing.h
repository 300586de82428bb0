// A raw socket for tests: sends any bytes, however wrong, and reads what comes back.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "http/server.h"

namespace http {

class RawSocket {
 public:
  explicit RawSocket(uint16_t port);
  RawSocket(RawSocket&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  RawSocket& operator=(RawSocket&&) = delete;
  ~RawSocket();

  // False when the peer has closed.
  bool Send(std::string_view bytes);
  // Up to the end of the connection.
  std::string ReadAll();
  // One answer with Content-Length (or none), as head and body together.
  std::string ReadAnswer();
  // Exactly so many bytes, fewer at the end of the connection.
  std::string ReadBytes(size_t count);
  // Up to and including `end`.
  std::string ReadUntil(std::string_view end);

 private:
  int descriptor_;
};

// A quick server for tests: one I/O thread, no access log.
ServerOptions TestOptions();
std::unique_ptr<Server> StartTestServer(ServerOptions options, Router router);

}  // namespace http
