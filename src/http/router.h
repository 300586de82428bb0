// The table of routes: which handler answers which method and path.
#pragma once

#include <any>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/request.h"
#include "http/response.h"

namespace http {

class WebSocketSession;

using Handler = std::function<Response(const Request&)>;
// Runs around every routed handler; wiring puts sign-in, CSRF and security headers here.
using Wrapper = std::function<Response(const Request&, const Handler& next)>;

// A live channel. Callbacks run on worker threads, one at a time for each session.
struct WebSocketEndpoint {
  // Judges the upgrade request; the value travels with the session as its owner. Required.
  std::function<base::Result<std::any>(const Request&)> authorise;
  std::function<void(const std::shared_ptr<WebSocketSession>&)> on_open;
  std::function<void(const std::shared_ptr<WebSocketSession>&, std::string_view)> on_message;
  std::function<void(const std::shared_ptr<WebSocketSession>&)> on_close;
};

class Router {
 public:
  struct Route {
    std::string method;  // "GET", "*" for a prefix, "WEBSOCKET"
    std::string pattern;
    std::string summary;  // for the printed API reference
  };

  Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;
  ~Router();

  // "/api/visits/{id}"; a literal segment wins over {name}, and both over a prefix. Registering
  // the same method and shape twice CHECKs.
  void Add(Method method, std::string_view pattern, Handler handler, std::string summary = {});
  // Everything below "/fhir", and "/fhir" itself, whatever the method.
  void AddPrefix(std::string_view prefix, Handler handler, std::string summary = {});
  void AddWebSocket(std::string_view pattern, WebSocketEndpoint endpoint, std::string summary = {});
  // Answers GET and HEAD where no route matches (the web app); without it: 404.
  void SetFallback(Handler handler);
  // The last one added runs outermost.
  void Wrap(Wrapper wrapper);

  const std::vector<Route>& routes() const;

  // Finds the handler, runs it and makes an answer of every failure: 404, 405 with Allow, 500 for
  // an exception. Safe from many threads at once.
  Response Answer(Request& request) const;
  // nullptr if no live channel is registered there.
  const WebSocketEndpoint* FindWebSocket(Request& request) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Calls the router as the server would, without a socket. For tests and for `tram` itself.
// `target` is a path with an optional query.
Response CallInMemory(const Router& router, Method method, std::string_view target,
                      std::string body = {}, Headers headers = {});

}  // namespace http
