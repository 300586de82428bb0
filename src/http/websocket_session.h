// Turns an HTTP connection into a live channel. Internal to http/.
#pragma once

#include <any>
#include <memory>

#include "http/server_core.h"
#include "http/websocket.h"

namespace http {

// `endpoint` belongs to the router and outlives the session.
void StartWebSocket(ServerCore& core, base::Gate::Pass pass, std::unique_ptr<Stream> stream,
                    const WebSocketEndpoint& endpoint, const Request& request, std::any owner);

}  // namespace http
