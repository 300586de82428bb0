#include "http/server.h"

#include <condition_variable>
#include <future>
#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/client.h"
#include "http/compression.h"
#include "http/testing.h"

namespace http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// Holds a handler until the test lets it go.
class Barrier {
 public:
  void Arrive() {
    std::unique_lock lock(mutex_);
    ++arrived_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void WaitForArrivals(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return arrived_ >= count; });
  }
  void Open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int arrived_ = 0;
  bool open_ = false;
};

Router Echo() {
  Router router;
  router.Add(Method::kGet, "/hello/{id}", [](const Request& request) {
    return Response::Text("hello " + std::string(request.PathParameter("id")));
  });
  router.Add(Method::kPost, "/echo",
             [](const Request& request) { return Response::Text(request.body); });
  return router;
}

Client ClientOf(const Server& server) {
  return Client({.port = server.port(), .allowed = {"127.0.0.1:" + std::to_string(server.port())}});
}

TEST(Server, AnswersSeveralRequestsOnOneConnection) {
  const auto server = StartTestServer(TestOptions(), Echo());
  RawSocket socket(server->port());
  for (int i = 0; i < 3; ++i) {
    socket.Send("GET /hello/lan HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(socket.ReadAnswer(), testing::EndsWith("\r\n\r\nhello lan"));
  }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  const auto server = StartTestServer(TestOptions(), Echo());
  RawSocket socket(server->port());
  socket.Send(
      "GET /hello/1 HTTP/1.1\r\nHost: a\r\n\r\n"
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\ntwo"
      "GET /hello/3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(socket.ReadAnswer(), HasSubstr("hello 1"));
  EXPECT_THAT(socket.ReadAnswer(), HasSubstr("two"));
  EXPECT_THAT(socket.ReadAll(), HasSubstr("hello 3"));
}

TEST(Server, AnswersHeadWithTheLengthButNoBody) {
  const auto server = StartTestServer(TestOptions(), Echo());
  RawSocket socket(server->port());
  socket.Send("HEAD /hello/lan HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const std::string answer = socket.ReadAll();
  EXPECT_THAT(answer, HasSubstr("Content-Length: 9\r\n"));
  EXPECT_THAT(answer, testing::EndsWith("\r\n\r\n"));
}

TEST(Server, InvitesABodyThatAsksFirst) {
  const auto server = StartTestServer(TestOptions(), Echo());
  RawSocket socket(server->port());
  socket.Send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(socket.ReadUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  socket.Send("hi");
  EXPECT_THAT(socket.ReadAnswer(), testing::EndsWith("hi"));
}

TEST(Server, ClosesAnOldClientAfterItsAnswer) {
  const auto server = StartTestServer(TestOptions(), Echo());
  RawSocket socket(server->port());
  socket.Send("GET /hello/1 HTTP/1.0\r\n\r\n");
  EXPECT_THAT(socket.ReadAll(), HasSubstr("Connection: close"));
}

TEST(Server, StreamsALongBodyInChunks) {
  Router router;
  router.Add(Method::kGet, "/long", [](const Request&) {
    Response response;
    response.source = [count = 0]() mutable -> base::Result<std::string> {
      return ++count > 100 ? std::string() : std::string(10'000, 'x');
    };
    return response;
  });
  const auto server = StartTestServer(TestOptions(), std::move(router));
  Client client = ClientOf(*server);
  for (int i = 0; i < 2; ++i) {
    const auto response = client.Get("/long");
    ASSERT_TRUE(response.ok()) << response.error().detail;
    EXPECT_EQ(response->body, std::string(1'000'000, 'x'));
  }
}

TEST(Server, BreaksOffAStreamThatFails) {
  Router router;
  router.Add(Method::kGet, "/broken", [](const Request&) {
    Response response;
    response.source = [count = 0]() mutable -> base::Result<std::string> {
      if (++count > 3) return base::Internal("the disk is gone");
      return std::string("piece");
    };
    return response;
  });
  const auto server = StartTestServer(TestOptions(), std::move(router));
  EXPECT_FALSE(ClientOf(*server).Get("/broken").ok());
}

TEST(Server, WritesALongBodyWhole) {
  const std::string body(3'000'000, 'y');
  Router router;
  router.Add(Method::kGet, "/big", [&](const Request&) { return Response::Text(body); });
  const auto server = StartTestServer(TestOptions(), std::move(router));
  EXPECT_EQ(ClientOf(*server).Get("/big")->body, body);
}

TEST(Server, CompressesForAClientThatAsks) {
  Router router;
  router.Add(Method::kGet, "/json", [](const Request&) {
    return Response::Json(base::Json::Obj({{"text", std::string(5000, 'z')}}));
  });
  const auto server = StartTestServer(TestOptions(), std::move(router));
  Headers headers;
  headers.Add("Accept-Encoding", "gzip");
  const auto response = ClientOf(*server).Get("/json", headers);
  EXPECT_LT(response->body.size(), 500U);
  EXPECT_EQ(Gunzip(response->body)->size(), 5011U);
}

TEST(Server, KeepsTheConnectionWhenAHandlerThrows) {
  Router router = Echo();
  router.Add(Method::kGet, "/throw",
             [](const Request&) -> Response { throw std::runtime_error("no"); });
  const auto server = StartTestServer(TestOptions(), std::move(router));
  RawSocket socket(server->port());
  socket.Send("GET /throw HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(socket.ReadAnswer(), StartsWith("HTTP/1.1 500 "));
  socket.Send("GET /hello/1 HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(socket.ReadAnswer(), StartsWith("HTTP/1.1 200 "));
}

TEST(Server, DropsAHeaderThatWouldEndTheHead) {
  Router router;
  router.Add(Method::kGet, "/inject", [](const Request&) {
    Response response;
    response.headers.Add("X-Evil", "a\r\n\r\n<script>");
    return response;
  });
  const auto server = StartTestServer(TestOptions(), std::move(router));
  RawSocket socket(server->port());
  socket.Send("GET /inject HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(socket.ReadAll(), testing::Not(HasSubstr("script")));
}

TEST(Server, SaysItIsBusyWhenTheQueueIsFullAndRecovers) {
  Barrier barrier;
  Router router = Echo();
  router.Add(Method::kGet, "/slow", [&](const Request&) {
    barrier.Arrive();
    return Response::Text("done");
  });
  ServerOptions options = TestOptions();
  options.workers = 1;
  options.max_queued = 1;
  const auto server = StartTestServer(options, std::move(router));
  RawSocket running(server->port());
  running.Send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  barrier.WaitForArrivals(1);
  // One of these waits in the queue; of two sent on two connections at least one is refused.
  RawSocket first(server->port());
  RawSocket second(server->port());
  RawSocket third(server->port());
  for (RawSocket* socket : {&first, &second, &third}) {
    socket->Send("GET /hello/1 HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  auto answers = std::async(std::launch::async, [&] {
    return std::vector<std::string>{first.ReadAnswer(), second.ReadAnswer(), third.ReadAnswer()};
  });
  RawSocket probe(server->port());
  probe.Send("GET /hello/1 HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string refused = probe.ReadUntil("\r\n\r\n");
  barrier.Open();
  int busy = refused.starts_with("HTTP/1.1 503") ? 1 : 0;
  EXPECT_THAT(running.ReadAnswer(), HasSubstr("done"));
  for (const std::string& answer : answers.get()) {
    if (!answer.starts_with("HTTP/1.1 503")) continue;
    ++busy;
    EXPECT_THAT(answer, HasSubstr("Retry-After: 1\r\n"));
  }
  EXPECT_EQ(busy, 3);
  first.Send("GET /hello/2 HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(first.ReadAnswer(), HasSubstr("hello 2"));
}

TEST(Server, FinishesRequestsInProgressWhenItStops) {
  Barrier barrier;
  Router router;
  router.Add(Method::kGet, "/slow", [&](const Request&) {
    barrier.Arrive();
    return Response::Text("done");
  });
  const auto server = StartTestServer(TestOptions(), std::move(router));
  RawSocket idle(server->port());
  RawSocket busy(server->port());
  busy.Send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  barrier.WaitForArrivals(1);
  auto stopped = std::async(std::launch::async, [&] { server->Stop(); });
  EXPECT_EQ(idle.ReadAll(), "");  // closed at once
  barrier.Open();
  EXPECT_THAT(busy.ReadAll(), testing::EndsWith("done"));
  stopped.get();
}

TEST(Server, CutsOffAClientThatWillNotEndWhenItStops) {
  ServerOptions options = TestOptions();
  options.stop_timeout = std::chrono::milliseconds(20);
  const auto server = StartTestServer(options, Echo());
  RawSocket half(server->port());
  half.Send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n");
  half.ReadUntil("\r\n\r\n");
  server->Stop();
  EXPECT_EQ(half.ReadAll(), "");
}

TEST(Server, CountsRequestsByPatternAndNeverByPath) {
  Metrics metrics;
  ServerOptions options = TestOptions();
  options.metrics = &metrics;
  {
    const auto server = StartTestServer(options, Echo());
    EXPECT_EQ(ClientOf(*server).Get("/hello/0190-secret?name=Lan")->status, 200);
  }
  const std::string text = metrics.Write();
  EXPECT_THAT(
      text,
      HasSubstr("tram_http_requests_total{method=\"GET\",route=\"/hello/{id}\",status=\"200\"} 1"));
  EXPECT_THAT(text, testing::Not(HasSubstr("secret")));
  EXPECT_THAT(text, HasSubstr("tram_http_connections 0\n"));
}

TEST(Server, SaysWhenThePortIsTaken) {
  const auto server = StartTestServer(TestOptions(), Echo());
  ServerOptions options = TestOptions();
  options.port = server->port();
  const auto second = Server::Start(options, Echo());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, base::ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace http
