#include "http/request.h"

#include "base/text.h"

namespace http {

std::string_view Name(Method method) {
  switch (method) {
    case Method::kGet: return "GET";
    case Method::kHead: return "HEAD";
    case Method::kPost: return "POST";
    case Method::kPut: return "PUT";
    case Method::kPatch: return "PATCH";
    case Method::kDelete: return "DELETE";
    case Method::kOptions: return "OPTIONS";
  }
  return "GET";
}

std::optional<Method> ParseMethod(std::string_view name) {
  for (const Method method : {Method::kGet, Method::kHead, Method::kPost, Method::kPut,
                              Method::kPatch, Method::kDelete, Method::kOptions}) {
    if (Name(method) == name) return method;
  }
  return std::nullopt;
}

void Parameters::Add(std::string name, std::string value) {
  items_.emplace_back(std::move(name), std::move(value));
}

const std::string* Parameters::Find(std::string_view name) const {
  for (const Item& item : items_) {
    if (item.first == name) return &item.second;
  }
  return nullptr;
}

std::string_view Parameters::Get(std::string_view name) const {
  const std::string* value = Find(name);
  return value == nullptr ? std::string_view() : std::string_view(*value);
}

std::vector<std::string_view> Parameters::FindAll(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Item& item : items_) {
    if (item.first == name) values.emplace_back(item.second);
  }
  return values;
}

std::string_view Request::PathParameter(std::string_view name) const {
  for (const auto& [parameter, value] : path_parameters) {
    if (parameter == name) return value;
  }
  return {};
}

std::string_view Request::Cookie(std::string_view name) const {
  for (const auto& [field, value] : headers.fields()) {
    if (!EqualsIgnoringCase(field, "cookie")) continue;
    for (const std::string_view pair : base::Split(value, ';')) {
      const std::string_view trimmed = base::Trim(pair);
      const size_t equals = trimmed.find('=');
      if (equals != std::string_view::npos && trimmed.substr(0, equals) == name) {
        return trimmed.substr(equals + 1);
      }
    }
  }
  return {};
}

}  // namespace http
