// A request as handlers see it: everything decoded and checked, nothing of the socket.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/headers.h"

namespace http {

enum class Method { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions };

std::string_view Name(Method method);
std::optional<Method> ParseMethod(std::string_view name);

// Query or form parameters in their order, percent-decoded, valid UTF-8.
class Parameters {
 public:
  using Item = std::pair<std::string, std::string>;

  void Add(std::string name, std::string value);
  // The first value; nullptr if absent.
  const std::string* Find(std::string_view name) const;
  // The first value or "".
  std::string_view Get(std::string_view name) const;
  std::vector<std::string_view> FindAll(std::string_view name) const;
  const std::vector<Item>& items() const { return items_; }
  bool empty() const { return items_.empty(); }

 private:
  std::vector<Item> items_;
};

struct Request {
  Method method = Method::kGet;
  std::string path;                   // raw, without the query; holds ids, so never log it
  std::string raw_query;              // as sent; never log it
  std::vector<std::string> segments;  // the path decoded: "/a/b%20c" -> {"a", "b c"}
  Parameters query;
  Headers headers;
  std::string body;
  std::string peer;  // address without port
  std::string id;    // names this request in logs and error answers
  bool secure = false;

  // Filled in by the router.
  std::string route;  // the pattern that matched: "/api/visits/{id}"
  std::vector<std::pair<std::string, std::string>> path_parameters;

  // The value of {name} in the route's pattern; "" if there is none.
  std::string_view PathParameter(std::string_view name) const;
  // The value of one cookie, or "".
  std::string_view Cookie(std::string_view name) const;
};

}  // namespace http
