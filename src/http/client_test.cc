#include "http/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "http/testing.h"

namespace http {
namespace {

TEST(Client, RefusesAnAddressThatIsNotOnItsList) {
  Client client({.host = "127.0.0.1", .port = 80, .allowed = {"127.0.0.1:8080"}});
  EXPECT_EQ(client.Get("/").error().code, base::ErrorCode::kForbidden);
}

TEST(Client, FollowsNoRedirect) {
  Router router;
  router.Add(Method::kGet, "/", [](const Request&) {
    Response response{.status = 307};
    response.headers.Add("Location", "http://169.254.169.254/");
    return response;
  });
  const auto server = StartTestServer(TestOptions(), std::move(router));
  Client client(
      {.port = server->port(), .allowed = {"127.0.0.1:" + std::to_string(server->port())}});
  EXPECT_EQ(client.Get("/")->status, 307);
}

TEST(Client, GivesUpOnASilentPeer) {
  // The kernel completes the connection; nobody ever takes it.
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(listen(listener, 1), 0);
  socklen_t size = sizeof address;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  const uint16_t port = ntohs(address.sin_port);
  Client client({.port = port,
                 .allowed = {"127.0.0.1:" + std::to_string(port)},
                 .timeout = std::chrono::milliseconds(30)});
  const auto response = client.Get("/");
  close(listener);
  ASSERT_FALSE(response.ok());
  EXPECT_EQ(response.error().code, base::ErrorCode::kUnavailable);
}

TEST(Client, RefusesAnAnswerThatIsTooLong) {
  Router router;
  router.Add(Method::kGet, "/",
             [](const Request&) { return Response::Text(std::string(10'000, 'x')); });
  const auto server = StartTestServer(TestOptions(), std::move(router));
  Client client({.port = server->port(),
                 .allowed = {"127.0.0.1:" + std::to_string(server->port())},
                 .max_response_bytes = 1000});
  EXPECT_FALSE(client.Get("/").ok());
}

TEST(Client, ConnectsAgainWhenTheServerClosedTheKeptConnection) {
  ServerOptions options = TestOptions();
  options.idle_timeout = std::chrono::milliseconds(20);
  Router router;
  router.Add(Method::kGet, "/", [](const Request&) { return Response::Text("x"); });
  Metrics metrics;
  options.metrics = &metrics;
  const auto server = StartTestServer(options, std::move(router));
  Client client(
      {.port = server->port(), .allowed = {"127.0.0.1:" + std::to_string(server->port())}});
  EXPECT_EQ(client.Get("/")->status, 200);
  // Until the server has let the idle connection go.
  RawSocket other(server->port());
  other.ReadAll();
  EXPECT_EQ(client.Get("/")->status, 200);
}

}  // namespace
}  // namespace http
