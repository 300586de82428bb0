#include <algorithm>

#include "http/websocket.h"

namespace http {

void WebSocketHub::Subscribe(std::string_view topic,
                             const std::shared_ptr<WebSocketSession>& session) {
  (*topics_.Lock())[std::string(topic)].push_back(session);
}

void WebSocketHub::Unsubscribe(const std::shared_ptr<WebSocketSession>& session) {
  auto topics = topics_.Lock();
  for (auto& [topic, listeners] : *topics) {
    std::erase_if(listeners, [&](const std::weak_ptr<WebSocketSession>& listener) {
      const auto alive = listener.lock();
      return !alive || alive == session;
    });
  }
}

size_t WebSocketHub::Broadcast(std::string_view topic, const std::string& text) {
  std::vector<std::shared_ptr<WebSocketSession>> alive;
  {
    auto topics = topics_.Lock();
    const auto found = topics->find(topic);
    if (found == topics->end()) return 0;
    std::erase_if(found->second, [&](const std::weak_ptr<WebSocketSession>& listener) {
      auto session = listener.lock();
      if (!session) return true;
      alive.push_back(std::move(session));
      return false;
    });
  }
  for (const auto& session : alive) session->Send(text);
  return alive.size();
}

}  // namespace http
