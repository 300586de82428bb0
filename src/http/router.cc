#include "http/router.h"

#include <map>

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "http/url.h"

namespace http {
namespace {

struct Target {
  Handler handler;
  std::string pattern;
  std::vector<std::string> parameters;
};

struct Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::map<Method, Target> methods;
  std::unique_ptr<Target> prefix;
  std::unique_ptr<WebSocketEndpoint> websocket;
  std::string websocket_pattern;
  std::vector<std::string> websocket_parameters;

  bool HasRoutes() const { return !methods.empty() || prefix || websocket; }
};

struct Match {
  const Node* node = nullptr;
  std::vector<std::string> values;
};

// Depth first: the literal branch, then the parameter, then the nearest prefix above.
bool Find(const Node& node, const std::vector<std::string>& segments, size_t index, Match& match) {
  if (index == segments.size()) {
    if (!node.HasRoutes()) return false;
    match.node = &node;
    return true;
  }
  const auto literal = node.literals.find(segments[index]);
  if (literal != node.literals.end() && Find(*literal->second, segments, index + 1, match)) {
    return true;
  }
  if (node.parameter) {
    match.values.push_back(segments[index]);
    if (Find(*node.parameter, segments, index + 1, match)) return true;
    match.values.pop_back();
  }
  if (!node.prefix) return false;
  match.node = &node;
  return true;
}

std::vector<std::string_view> PatternSegments(std::string_view pattern) {
  CHECK(!pattern.empty() && pattern.front() == '/');
  pattern.remove_prefix(1);
  if (pattern.empty()) return {};
  return base::Split(pattern, '/');
}

std::string AllowOf(const Node& node) {
  std::vector<std::string> names;
  for (const auto& [method, target] : node.methods) names.emplace_back(Name(method));
  if (node.methods.contains(Method::kGet) && !node.methods.contains(Method::kHead)) {
    names.emplace_back("HEAD");
  }
  names.emplace_back("OPTIONS");
  return base::Join(names, ", ");
}

void Bind(Request& request, const std::string& pattern, const std::vector<std::string>& names,
          std::vector<std::string> values) {
  request.route = pattern;
  request.path_parameters.clear();
  for (size_t i = 0; i < names.size() && i < values.size(); ++i) {
    request.path_parameters.emplace_back(names[i], std::move(values[i]));
  }
}

Response MethodNotAllowed(const Node& node, const Request& request) {
  if (request.method == Method::kOptions) {
    Response response{.status = 204};
    response.headers.Add("Allow", AllowOf(node));
    return response;
  }
  Response response =
      ErrorResponse(base::Invalid("Thao tác này không được hỗ trợ ở địa chỉ này."), request.id);
  response.status = 405;
  response.headers.Add("Allow", AllowOf(node));
  return response;
}

Response NoSuchRoute(const Request& request) {
  return ErrorResponse(base::NotFound("Không có trang hoặc dịch vụ nào ở địa chỉ này."),
                       request.id);
}

}  // namespace

struct Router::Impl {
  Node root;
  Handler fallback;
  std::vector<Wrapper> wrappers;
  std::vector<Route> routes;

  Node& NodeAt(std::string_view pattern, std::vector<std::string>& parameters) {
    Node* node = &root;
    for (const std::string_view segment : PatternSegments(pattern)) {
      if (segment.size() > 2 && segment.front() == '{' && segment.back() == '}') {
        parameters.emplace_back(segment.substr(1, segment.size() - 2));
        if (!node->parameter) node->parameter = std::make_unique<Node>();
        node = node->parameter.get();
      } else {
        CHECK(!segment.empty());
        auto& child = node->literals[std::string(segment)];
        if (!child) child = std::make_unique<Node>();
        node = child.get();
      }
    }
    return *node;
  }

  Response RunWrapped(const Request& request, const Handler& handler, size_t depth) const {
    if (depth == 0) return handler(request);
    const Handler next = [&, depth](const Request& inner) {
      return RunWrapped(inner, handler, depth - 1);
    };
    return wrappers[depth - 1](request, next);
  }

  Response Dispatch(Request& request) const {
    Match match;
    if (!Find(root, request.segments, 0, match)) {
      const bool is_read = request.method == Method::kGet || request.method == Method::kHead;
      if (fallback && is_read) {
        request.route = "(web)";
        return RunWrapped(request, fallback, wrappers.size());
      }
      request.route = "(none)";
      return NoSuchRoute(request);
    }
    auto found = match.node->methods.find(request.method);
    if (found == match.node->methods.end() && request.method == Method::kHead) {
      found = match.node->methods.find(Method::kGet);
    }
    const Target* target =
        found != match.node->methods.end() ? &found->second : match.node->prefix.get();
    if (target == nullptr) {
      request.route = match.node->methods.empty() ? match.node->websocket_pattern
                                                  : match.node->methods.begin()->second.pattern;
      return MethodNotAllowed(*match.node, request);
    }
    Bind(request, target->pattern, target->parameters, std::move(match.values));
    return RunWrapped(request, target->handler, wrappers.size());
  }
};

Router::Router() : impl_(std::make_unique<Impl>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

void Router::Add(Method method, std::string_view pattern, Handler handler, std::string summary) {
  Target target{std::move(handler), std::string(pattern), {}};
  Node& node = impl_->NodeAt(pattern, target.parameters);
  CHECK(!node.methods.contains(method));
  node.methods.emplace(method, std::move(target));
  impl_->routes.push_back({std::string(Name(method)), std::string(pattern), std::move(summary)});
}

void Router::AddPrefix(std::string_view prefix, Handler handler, std::string summary) {
  Target target{std::move(handler), std::string(prefix) + "/*", {}};
  Node& node = impl_->NodeAt(prefix, target.parameters);
  CHECK(!node.prefix);
  impl_->routes.push_back({"*", target.pattern, std::move(summary)});
  node.prefix = std::make_unique<Target>(std::move(target));
}

void Router::AddWebSocket(std::string_view pattern, WebSocketEndpoint endpoint,
                          std::string summary) {
  CHECK(endpoint.authorise);
  std::vector<std::string> parameters;
  Node& node = impl_->NodeAt(pattern, parameters);
  CHECK(!node.websocket);
  node.websocket = std::make_unique<WebSocketEndpoint>(std::move(endpoint));
  node.websocket_pattern = pattern;
  node.websocket_parameters = std::move(parameters);
  impl_->routes.push_back({"WEBSOCKET", std::string(pattern), std::move(summary)});
}

void Router::SetFallback(Handler handler) { impl_->fallback = std::move(handler); }
void Router::Wrap(Wrapper wrapper) { impl_->wrappers.push_back(std::move(wrapper)); }
const std::vector<Router::Route>& Router::routes() const { return impl_->routes; }

Response Router::Answer(Request& request) const {
  std::string what;
  try {
    return impl_->Dispatch(request);
  } catch (const base::InvariantBroken& broken) {
    what = broken.what();
  } catch (const std::bad_alloc&) {
    what = "out of memory";
  } catch (const std::exception& exception) {
    // what() of foreign exceptions may quote the input, so only its type is logged.
    what = typeid(exception).name();
  }
  base::LogError("http_handler_failed",
                 {{"route", request.route}, {"request", request.id}, {"what", what}});
  return ErrorResponse(base::Internal(what), request.id);
}

const WebSocketEndpoint* Router::FindWebSocket(Request& request) const {
  Match match;
  if (!Find(impl_->root, request.segments, 0, match) || !match.node->websocket) return nullptr;
  Bind(request, match.node->websocket_pattern, match.node->websocket_parameters,
       std::move(match.values));
  return match.node->websocket.get();
}

Response CallInMemory(const Router& router, Method method, std::string_view target,
                      std::string body, Headers headers) {
  Request request{.method = method, .headers = std::move(headers), .body = std::move(body)};
  request.peer = "127.0.0.1";
  request.id = "memory";
  const size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string_view::npos) request.raw_query = target.substr(question + 1);
  auto segments = SplitPath(request.path);
  if (!segments.ok()) return ErrorResponse(segments.error(), request.id);
  request.segments = std::move(segments).value();
  auto query = ParseForm(request.raw_query);
  if (!query.ok()) return ErrorResponse(query.error(), request.id);
  request.query = std::move(query).value();
  return router.Answer(request);
}

}  // namespace http
