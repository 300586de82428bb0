#include "http/websocket.h"

#include <condition_variable>
#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/testing.h"

namespace http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// A text frame as a client sends it: masked (RFC 6455 §5.2), here with a mask of zeros.
std::string Frame(std::string_view text, unsigned char opcode = 0x81) {
  std::string frame(1, static_cast<char>(opcode));
  if (text.size() < 126) {
    frame += static_cast<char>(0x80 | text.size());
  } else {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(text.size() >> 8);
    frame += static_cast<char>(text.size() & 255);
  }
  frame.append(4, '\0');
  return frame.append(text);
}

// The payload of the next short unmasked frame.
std::string ReadFrame(RawSocket& socket) {
  const std::string head = socket.ReadBytes(2);
  if (head.size() < 2) return "(end)";
  return socket.ReadBytes(static_cast<unsigned char>(head[1]) & 0x7f);
}

std::string Upgrade(uint16_t port, std::string_view origin, std::string_view path = "/ws/live") {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
         "\r\nOrigin: " + std::string(origin) +
         "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

std::string OwnOrigin(uint16_t port) { return "http://127.0.0.1:" + std::to_string(port); }

class WebSocketTest : public testing::Test {
 protected:
  void Start(ServerOptions options = TestOptions()) {
    Router router;
    router.AddWebSocket(
        "/ws/live", {.authorise = [](const Request& request) -> base::Result<std::any> {
                       if (request.query.Get("who") == "nobody") {
                         return base::Error{base::ErrorCode::kUnauthenticated, "Hãy đăng nhập."};
                       }
                       return std::any(std::string("lan"));
                     },
                     .on_open =
                         [this](const auto& session) {
                           hub_.Subscribe("queue", session);
                           Count(opened_);
                         },
                     .on_message =
                         [](const auto& session, std::string_view text) {
                           session->Send(std::any_cast<std::string>(session->owner()) + ": " +
                                         std::string(text));
                         },
                     .on_close =
                         [this](const auto& session) {
                           hub_.Unsubscribe(session);
                           Count(closed_);
                         }});
    server_ = StartTestServer(options, std::move(router));
  }

  RawSocket Connect() {
    RawSocket socket(server_->port());
    socket.Send(Upgrade(server_->port(), OwnOrigin(server_->port())));
    EXPECT_THAT(socket.ReadUntil("\r\n\r\n"), StartsWith("HTTP/1.1 101 "));
    return socket;
  }

  void Count(int& counter) {
    const std::lock_guard lock(mutex_);
    ++counter;
    changed_.notify_all();
  }
  void WaitFor(const int& counter, int value) {
    std::unique_lock lock(mutex_);
    ASSERT_TRUE(
        changed_.wait_for(lock, std::chrono::seconds(20), [&] { return counter >= value; }));
  }

  WebSocketHub hub_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int opened_ = 0;
  int closed_ = 0;
  std::unique_ptr<Server> server_;
};

TEST_F(WebSocketTest, AnswersMessagesInTheNameOfItsOwner) {
  Start();
  RawSocket socket = Connect();
  socket.Send(Frame("xin chào"));
  EXPECT_EQ(ReadFrame(socket), "lan: xin chào");
  socket.Send(Frame("2") + Frame("3"));
  EXPECT_EQ(ReadFrame(socket), "lan: 2");
  EXPECT_EQ(ReadFrame(socket), "lan: 3");
}

TEST_F(WebSocketTest, BroadcastsToEveryListenerOfATopic) {
  Start();
  RawSocket first = Connect();
  RawSocket second = Connect();
  WaitFor(opened_, 2);
  EXPECT_EQ(hub_.Broadcast("queue", "A012"), 2U);
  EXPECT_EQ(hub_.Broadcast("other", "x"), 0U);
  EXPECT_EQ(ReadFrame(first), "A012");
  EXPECT_EQ(ReadFrame(second), "A012");
}

TEST_F(WebSocketTest, ForgetsAClientThatLeft) {
  Start();
  {
    RawSocket socket = Connect();
    WaitFor(opened_, 1);
  }
  WaitFor(closed_, 1);
  EXPECT_EQ(hub_.Broadcast("queue", "x"), 0U);
}

TEST_F(WebSocketTest, IsRefusedToAPageOfAnotherSite) {
  Start();
  RawSocket socket(server_->port());
  socket.Send(Upgrade(server_->port(), "http://evil.example"));
  EXPECT_THAT(socket.ReadAnswer(), StartsWith("HTTP/1.1 403 "));
}

TEST_F(WebSocketTest, IsRefusedToWhomAuthoriseDoesNotKnow) {
  Start();
  RawSocket socket(server_->port());
  socket.Send(Upgrade(server_->port(), OwnOrigin(server_->port()), "/ws/live?who=nobody"));
  EXPECT_THAT(socket.ReadAnswer(), StartsWith("HTTP/1.1 401 "));
}

TEST_F(WebSocketTest, EndsForAMessageThatIsTooLong) {
  Start();
  RawSocket socket = Connect();
  socket.Send(Frame(std::string(5000, 'x')));
  socket.ReadAll();
  WaitFor(closed_, 1);
}

TEST_F(WebSocketTest, DropsAClientThatDoesNotRead) {
  ServerOptions options = TestOptions();
  options.websocket_max_queued_bytes = 100'000;
  Start(options);
  RawSocket socket = Connect();
  WaitFor(opened_, 1);
  const std::string message(50'000, 'x');
  // Far more than the kernel's buffers and ours together hold.
  for (int i = 0; i < 1000 && hub_.Broadcast("queue", message) > 0; ++i) {
  }
  WaitFor(closed_, 1);
}

TEST_F(WebSocketTest, EndsWhenTheClientFallsSilent) {
  ServerOptions options = TestOptions();
  options.websocket_idle_timeout = std::chrono::milliseconds(40);
  Start(options);
  RawSocket socket = Connect();
  socket.ReadAll();  // pings that nobody answers, then the end
  WaitFor(closed_, 1);
}

TEST_F(WebSocketTest, SaysGoodbyeWhenTheServerStops) {
  ServerOptions options = TestOptions();
  options.stop_timeout = std::chrono::milliseconds(50);
  Start(options);
  RawSocket socket = Connect();
  WaitFor(opened_, 1);
  server_->Stop();
  const std::string frame = socket.ReadBytes(4);
  ASSERT_EQ(frame.size(), 4U);
  EXPECT_EQ(frame.substr(0, 1), "\x88");                // close
  EXPECT_EQ(frame.substr(2), std::string("\x03\xe9"));  // 1001, going away
}

}  // namespace
}  // namespace http
