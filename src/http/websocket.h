// Live channels: a session to send to, and a hub that tells everyone who listens to a topic.
#pragma once

#include <any>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/guarded.h"

namespace http {

class WebSocketSession {
 public:
  virtual ~WebSocketSession() = default;
  // Queues a text message. A client too slow to take its messages is dropped. From any thread.
  virtual void Send(std::string text) = 0;
  virtual void Close() = 0;
  // What the endpoint's authorise returned.
  virtual const std::any& owner() const = 0;
};

class WebSocketHub {
 public:
  void Subscribe(std::string_view topic, const std::shared_ptr<WebSocketSession>& session);
  void Unsubscribe(const std::shared_ptr<WebSocketSession>& session);
  // To how many sessions it was handed.
  size_t Broadcast(std::string_view topic, const std::string& text);

 private:
  using Listeners = std::vector<std::weak_ptr<WebSocketSession>>;
  base::Guarded<std::map<std::string, Listeners, std::less<>>> topics_;
};

}  // namespace http
