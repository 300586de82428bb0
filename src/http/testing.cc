#include "http/testing.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include <gtest/gtest.h>

namespace http {

RawSocket::RawSocket(uint16_t port) : descriptor_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  // So that a broken server fails the test instead of hanging it.
  const timeval patience{.tv_sec = 20, .tv_usec = 0};
  setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

RawSocket::~RawSocket() {
  if (descriptor_ >= 0) close(descriptor_);
}

bool RawSocket::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

std::string RawSocket::ReadBytes(size_t count) {
  std::string out;
  while (out.size() < count) {
    char buffer[4096];
    const ssize_t got = recv(descriptor_, buffer, std::min(sizeof buffer, count - out.size()), 0);
    if (got <= 0) break;
    out.append(buffer, static_cast<size_t>(got));
  }
  return out;
}

std::string RawSocket::ReadAll() { return ReadBytes(static_cast<size_t>(-1)); }

std::string RawSocket::ReadUntil(std::string_view end) {
  std::string out;
  while (!out.ends_with(end)) {
    const std::string byte = ReadBytes(1);
    if (byte.empty()) break;
    out += byte;
  }
  return out;
}

std::string RawSocket::ReadAnswer() {
  const std::string head = ReadUntil("\r\n\r\n");
  const std::string field = "Content-Length: ";
  const size_t at = head.find(field);
  if (at == std::string::npos) return head;
  return head + ReadBytes(std::strtoul(head.c_str() + at + field.size(), nullptr, 10));
}

ServerOptions TestOptions() {
  ServerOptions options;
  options.workers = 4;
  options.access_log = false;
  options.linger_timeout = std::chrono::milliseconds(200);
  return options;
}

std::unique_ptr<Server> StartTestServer(ServerOptions options, Router router) {
  auto server = Server::Start(std::move(options), std::move(router));
  if (!server.ok()) {
    ADD_FAILURE() << server.error().message << " " << server.error().detail;
    return nullptr;
  }
  return std::move(server).value();
}

}  // namespace http
