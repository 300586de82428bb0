// What strangers send to an open port.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/testing.h"

namespace http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Router Echo() {
  Router router;
  router.Add(Method::kPost, "/echo",
             [](const Request& request) { return Response::Text(request.body); });
  return router;
}

TEST(HostileClient, WithASlowHeaderIsClosed) {
  ServerOptions options = TestOptions();
  options.header_timeout = std::chrono::milliseconds(30);
  const auto server = StartTestServer(options, Echo());
  RawSocket socket(server->port());
  socket.Send("GET / HTTP/1.1\r\nHost:");
  EXPECT_EQ(socket.ReadAll(), "");
}

TEST(HostileClient, WithASlowBodyIsClosed) {
  ServerOptions options = TestOptions();
  options.body_timeout = std::chrono::milliseconds(30);
  const auto server = StartTestServer(options, Echo());
  RawSocket socket(server->port());
  socket.Send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_EQ(socket.ReadAll(), "");
}

TEST(HostileClient, ThatSaysNothingIsClosed) {
  ServerOptions options = TestOptions();
  options.idle_timeout = std::chrono::milliseconds(30);
  const auto server = StartTestServer(options, Echo());
  RawSocket socket(server->port());
  EXPECT_EQ(socket.ReadAll(), "");
}

TEST(HostileClient, WithAHundredMegabytesIsRefusedBeforeTheyAreRead) {
  const auto server = StartTestServer(TestOptions(), Echo());
  RawSocket socket(server->port());
  socket.Send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 104857600\r\n\r\n");
  const std::string answer = socket.ReadAnswer();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(answer, HasSubstr("Connection: close"));
  // Sending on ends in an error long before all of it has gone out.
  const std::string piece(1 << 20, 'x');
  int sent = 0;
  while (sent < 100 && socket.Send(piece)) ++sent;
  EXPECT_LT(sent, 100);
}

TEST(HostileClient, WithEndlessChunksIsRefusedAtTheLimit) {
  ServerOptions options = TestOptions();
  options.body_limit = [](const Request&) -> size_t { return 10'000; };
  const auto server = StartTestServer(options, Echo());
  RawSocket socket(server->port());
  socket.Send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "3e8\r\n" + std::string(1000, 'x') + "\r\n";
  for (int i = 0; i < 11; ++i) socket.Send(chunk);
  EXPECT_THAT(socket.ReadAll(), StartsWith("HTTP/1.1 413 "));
}

TEST(HostileClient, GetsABodyLimitByWhoItIs) {
  ServerOptions options = TestOptions();
  options.body_limit = [](const Request& request) -> size_t {
    return request.headers.Has("Authorization") ? 100'000 : 10;
  };
  const auto server = StartTestServer(options, Echo());
  const std::string body(20'000, 'b');
  const std::string length = "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  RawSocket stranger(server->port());
  stranger.Send("POST /echo HTTP/1.1\r\nHost: a\r\n" + length);
  EXPECT_THAT(stranger.ReadAnswer(), StartsWith("HTTP/1.1 413 "));
  RawSocket known(server->port());
  known.Send("POST /echo HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\n" + length + body);
  EXPECT_THAT(known.ReadAnswer(), testing::EndsWith(body));
}

TEST(HostileClient, CannotSmuggleASecondRequest) {
  const auto server = StartTestServer(TestOptions(), Echo());
  RawSocket socket(server->port());
  socket.Send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
      "0\r\n\r\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string answers = socket.ReadAll();
  EXPECT_THAT(answers, StartsWith("HTTP/1.1 400 "));
  EXPECT_EQ(answers.find("HTTP/1.1", 1), std::string::npos);  // one answer, then the end
}

TEST(HostileClient, WithAHugeHeaderGets431) {
  const auto server = StartTestServer(TestOptions(), Echo());
  RawSocket socket(server->port());
  socket.Send("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(17'000, 'x'));
  EXPECT_THAT(socket.ReadAnswer(), StartsWith("HTTP/1.1 431 "));
}

TEST(HostileClient, OneTooManyIsToldSo) {
  ServerOptions options = TestOptions();
  options.max_connections = 3;
  const auto server = StartTestServer(options, Echo());
  std::vector<RawSocket> open;
  for (int i = 0; i < 3; ++i) {
    open.emplace_back(server->port());
    open.back().Send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    EXPECT_THAT(open.back().ReadAnswer(), StartsWith("HTTP/1.1 200 "));
  }
  RawSocket extra(server->port());
  const std::string answer = extra.ReadAnswer();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(answer, HasSubstr("Retry-After: 1"));
  open.front().Send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\ny");
  EXPECT_THAT(open.front().ReadAnswer(), StartsWith("HTTP/1.1 200 "));
}

}  // namespace
}  // namespace http
